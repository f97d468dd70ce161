"""Collecting from nbgrader's exchange, where students write and the grader reads.

Everybody may put folders there under any name, and owns what is in them. nbgrader copies what it
finds with the grader's rights: through links to solutions, and in another student's name.
"""

from __future__ import annotations

import os
import stat
from datetime import UTC, datetime
from typing import Any

from nbgrader.exchange.default import ExchangeCollect

from course_lib.grading.submissions.files import copy_ordinary_files, shown

NOBODY = ""  # the student of what is not collected
FORGED = 600  # seconds that handing in may take
SAME_ACCOUNT = "where all students share an account: c.ExchangeCollect.check_owner = False"


class CollectFromOwners(ExchangeCollect):
    """Takes from each student what is the student's own: ordinary files, in the own name.

    The rest is left where it is, with a warning, and stops nobody else's submission.
    """

    src_records: list[dict[str, Any]]

    def init_src(self) -> None:
        super().init_src()
        self.src_records = [one for one in self.src_records if one["username"] != NOBODY]

    def do_copy(self, src: str, dest: str, log: Any = None) -> None:
        student = os.path.basename(src).rsplit("+", 3)[0]
        for what in copy_ordinary_files(src, dest):
            self.log.warning("%s: %s: left out", shown(student), what)

    def _path_to_record(self, path: str) -> dict[str, Any]:
        name = shown(os.path.basename(path))
        try:
            record: dict[str, Any] = super()._path_to_record(path)
            about = os.lstat(path)
        except OSError as error:  # gone meanwhile
            return self._refused(f"can't be read ({error.strerror})", name)
        except Exception:  # of one of the parsers in nbgrader's reading of names
            return self._refused("has no time in its name", name)
        owner = _account(about.st_uid)
        if not stat.S_ISDIR(about.st_mode):
            return self._refused("is no folder", name)
        if self.check_owner and record["username"] != owner:
            return self._refused(f"belongs to {owner}", f"{name} ({SAME_ACCOUNT})")
        made = datetime.fromtimestamp(about.st_ctime, UTC).replace(tzinfo=None)
        if (made - record["timestamp"]).total_seconds() > FORGED:
            self.log.warning("Changed later than it says, at %s UTC: %s", f"{made:%F %T}", name)
        return record

    def _refused(self, why: str, name: str) -> dict[str, Any]:
        self.log.warning("Not collected, it %s: %s", why, name)
        return {"username": NOBODY, "filename": name, "timestamp": datetime.min}


def _account(user: int) -> str:
    import pwd  # Windows has none, and no exchange, but reads this file with the configuration

    try:
        return pwd.getpwuid(user).pw_name
    except KeyError:
        return f"user {user}"

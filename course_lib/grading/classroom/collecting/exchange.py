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
        for what in copy_ordinary_files(src, dest):
            self.log.warning("%s: %s: left out", shown(os.path.basename(src)), what)

    def _path_to_record(self, path: str) -> dict[str, Any]:
        name = shown(os.path.basename(path))
        try:
            record: dict[str, Any] = super()._path_to_record(path)
            about = os.lstat(path)
        except Exception as error:  # a name that is no time, or gone meanwhile
            return self._refused(name, f"can't be read ({error})")
        owner = _account(about.st_uid)
        if not stat.S_ISDIR(about.st_mode):
            return self._refused(name, f"is no folder; {owner} put it there")
        if self.check_owner and record["username"] != owner:
            return self._refused(name, f"belongs to {owner} ({SAME_ACCOUNT})")
        made = datetime.fromtimestamp(about.st_ctime, UTC).replace(tzinfo=None)
        if (made - record["timestamp"]).total_seconds() > FORGED:
            self.log.warning("%s: changed later than it says, at %s UTC", name, f"{made:%F %T}")
        return record

    def _refused(self, name: str, why: str) -> dict[str, Any]:
        self.log.warning("%s: %s: not collected", name, why)
        return {"username": NOBODY, "filename": name, "timestamp": datetime.min}


def _account(user: int) -> str:
    import pwd  # Windows has none, and no exchange, but reads this file with the configuration

    try:
        return pwd.getpwuid(user).pw_name
    except KeyError:
        return f"user {user}"

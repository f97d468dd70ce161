"""PDFs of the site's lectures, printed by a Chromium that this computer has."""

import os
import re
import shutil
import subprocess
import tempfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

FLAGS = ("--headless", "--disable-gpu", "--no-pdf-header-footer", "--disable-background-networking")
SECONDS = 120  # for a page, on a busy computer
AT_A_TIME = 2


def chromium() -> str | None:
    """The program that prints, if there is one."""
    return shutil.which("chromium") or shutil.which("chromium-browser")


def write(program: str, pages: list[Path]) -> None:
    """Print each page into the file of its name that ends in .pdf; answers are unfolded."""
    with ThreadPoolExecutor(AT_A_TIME) as threads:
        list(threads.map(lambda page: _print(program, page), pages))


def _print(program: str, page: Path) -> None:
    unfolded = re.sub(r"<details(?! open)", "<details open", page.read_text(encoding="utf-8"))
    copy = page.with_suffix(".print.html")
    copy.write_text(unfolded, encoding="utf-8")
    root = ["--no-sandbox"] if os.getuid() == 0 else []  # which Chromium asks for as root
    try:
        with tempfile.TemporaryDirectory() as profile:
            subprocess.run(
                [
                    *(program, *FLAGS, *root, f"--user-data-dir={profile}"),
                    *(f"--print-to-pdf={page.with_suffix('.pdf')}", copy.as_uri()),
                ],
                check=True,
                capture_output=True,
                timeout=SECONDS,
            )
    finally:
        copy.unlink()

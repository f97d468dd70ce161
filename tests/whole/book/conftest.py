"""The course's site, built once and served to this computer alone."""

import functools
import http.server
import os
import subprocess
import sys
import threading
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests import ROOT

BUILD = ROOT / "docs/book/build.py"
ADDRESSES = {
    "COURSE_REPOSITORY": "https://github.com/example/course",
    "COURSE_JUPYTERHUB": "https://hub.example.edu",
}


@dataclass(frozen=True)
class Site:
    """A built site: its folder, its address, and what the build had to say."""

    folder: Path
    url: str
    status: int
    said: str


class Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *_):
        pass


@pytest.fixture(scope="session")
def site(tmp_path_factory):
    pytest.importorskip("sphinx_book_theme", reason="the extra `book` is not installed")
    folder = tmp_path_factory.mktemp("book")
    done = subprocess.run(
        [sys.executable, str(BUILD), str(folder), "--no-pdf"],  # a test prints one
        env=os.environ | ADDRESSES, capture_output=True, text=True, timeout=600,
    )  # fmt: skip
    html = folder / "html"
    handler = functools.partial(Quiet, directory=html)
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        url = f"http://127.0.0.1:{server.server_address[1]}/"
        yield Site(html, url, done.returncode, done.stdout + done.stderr)
        server.shutdown()

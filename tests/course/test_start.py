"""`course start`, with real servers on loopback."""

from __future__ import annotations

import json
import os
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from course.learning.serve import serve
from course.learning.start import refresh_site, site_fingerprint

SCRIPT = "import sys, pathlib; from course.learning.start import start; start(pathlib.Path(sys.argv[1]), browser=False)"
linux = pytest.mark.skipif(sys.platform != "linux", reason="looks processes up in /proc, which Linux has")
NOTEBOOK = {"cells": [], "metadata": {}, "nbformat": 4, "nbformat_minor": 5}


class Running:
    """A started course: its process and the two addresses it printed."""

    def __init__(self, root: Path) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-u", "-c", SCRIPT, str(root)], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
        )
        assert self.process.stdout
        self.said = ""
        for line in self.process.stdout:
            self.said += line
            if "Ctrl-C" in line:
                break
        found = re.findall(r"http://\S+", self.said)
        assert len(found) == 2, self.said
        self.book, self.lab = found
        self.token = self.lab.partition("token=")[2]
        self.lab = self.lab.partition("lab?")[0]

    def end(self, number: int = signal.SIGINT) -> int:
        self.process.send_signal(number)
        assert self.process.stdout
        self.said += self.process.stdout.read()
        return self.process.wait(20)


def get(url: str, token: str = "") -> tuple[int, bytes]:
    request = urllib.request.Request(url, headers={"Authorization": f"token {token}"} if token else {})
    try:
        with urllib.request.urlopen(request, timeout=10) as reply:
            return reply.status, reply.read()
    except urllib.error.HTTPError as error:
        return error.code, error.read()


def listens(url: str) -> bool:
    port = int(url.split(":")[2].split("/")[0])
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


def processes_in(folder: Path) -> list[int]:
    """Return the processes that work in a folder: JupyterLab and its kernels do."""
    found = []
    for entry in Path("/proc").glob("[0-9]*/cwd"):
        try:
            if entry.readlink().is_relative_to(folder):
                found.append(int(entry.parent.name))
        except OSError:
            continue
    return found


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A course whose book is built and up to date."""
    notebook = tmp_path / "notebooks/01-core-python/01-gates.ipynb"
    notebook.parent.mkdir(parents=True)
    notebook.write_text(json.dumps(NOTEBOOK), encoding="utf-8")
    html = tmp_path / "_build/html"
    html.mkdir(parents=True)
    (html / "index.html").write_text("<p>the book</p>", encoding="utf-8")
    (html / "404.html").write_text("<p>not here</p>", encoding="utf-8")
    (tmp_path / "_build/site.sha256").write_text(site_fingerprint(tmp_path), encoding="utf-8")
    return tmp_path


@pytest.fixture
def started(root: Path) -> Iterator[Callable[[], Running]]:
    """Starts the course, as often as asked; ends what a test left running."""
    running: list[Running] = []

    def one() -> Running:
        running.append(Running(root))
        return running[-1]

    yield one
    for each in running:
        if each.process.poll() is None:
            each.end()
        if each.process.stdout:
            each.process.stdout.close()


@linux
def test_both_addresses_answer_and_ctrl_c_ends_both(root: Path, started: Callable[[], Running]) -> None:
    course = started()
    assert get(course.book) == (200, b"<p>the book</p>")
    status, body = get(f"{course.lab}api/contents/notebooks/01-core-python", course.token)
    assert status == 200
    assert [each["name"] for each in json.loads(body)["content"]] == ["01-gates.ipynb"]
    request = urllib.request.Request(
        f"{course.lab}api/kernels", b'{"name": "python3"}', {"Authorization": f"token {course.token}"}
    )
    with urllib.request.urlopen(request, timeout=20):
        pass
    assert len(processes_in(root)) >= 2
    assert course.end() == 0
    assert not listens(course.book)
    assert not listens(course.lab)
    deadline = time.monotonic() + 5
    while processes_in(root) and time.monotonic() < deadline:
        time.sleep(0.1)
    assert processes_in(root) == []


@linux
def test_jupyterlab_refuses_who_has_no_token_and_the_book_does_not_tell_it(started: Callable[[], Running]) -> None:
    course = started()
    assert get(f"{course.lab}api/contents")[0] == 403
    status, body = get(f"{course.book}lab.json")
    assert (status, json.loads(body)) == (200, {"lab": f"{course.lab}lab/tree/"})
    command = Path(f"/proc/{processes_in_lab(course)}/cmdline").read_bytes().decode()
    assert course.token not in command
    assert "127.0.0.1" in command


def processes_in_lab(course: Running) -> int:
    """Return the pid of JupyterLab, the child of the started course."""
    return int(Path(f"/proc/{course.process.pid}/task/{course.process.pid}/children").read_text().split()[0])


def test_a_second_start_beside_the_first_takes_the_next_ports(started: Callable[[], Running]) -> None:
    first, second = started(), started()
    assert first.book != second.book
    assert first.lab != second.lab
    assert get(second.book)[0] == get(first.book)[0] == 200
    assert second.end(signal.SIGTERM) == 0
    assert get(first.book)[0] == 200


def test_shutting_jupyterlab_down_ends_the_book_too(started: Callable[[], Running]) -> None:
    course = started()
    urllib.request.urlopen(
        urllib.request.Request(f"{course.lab}api/shutdown", b"", {"Authorization": f"token {course.token}"}), timeout=10
    ).close()
    assert course.process.wait(20) == 0
    assert not listens(course.book)


def test_a_missing_page_is_answered_by_the_book_itself(root: Path) -> None:
    with serve(root / "_build/html", "http://localhost:1/", port=18_431) as book:
        assert get(f"{book}no-such-page.html") == (404, b"<p>not here</p>")
        assert get(f"{book}..%2f..%2fnotebooks/01-core-python/01-gates.ipynb")[0] == 404


def test_a_taken_port_is_passed_over(root: Path) -> None:
    with serve(root / "_build/html", "", port=18_441) as one, serve(root / "_build/html", "", port=18_441) as two:
        assert one != two
        assert get(two)[0] == 200


def test_the_book_is_stale_when_a_notebook_changes_and_not_when_it_is_touched(root: Path) -> None:
    notebook = root / "notebooks/01-core-python/01-gates.ipynb"
    before = site_fingerprint(root)
    os.utime(notebook, (1, 1))
    assert site_fingerprint(root) == before
    notebook.write_text("{}", encoding="utf-8")
    assert site_fingerprint(root) != before


def test_an_up_to_date_book_is_not_built_again(root: Path) -> None:
    said: list[str] = []
    assert refresh_site(root, said.append)
    assert said == []


def test_a_book_that_cannot_be_built_is_told_and_the_old_one_served(root: Path) -> None:
    (root / "course.yml").write_text("changed", encoding="utf-8")
    said: list[str] = []
    assert refresh_site(root, said.append)
    assert any("not built" in line for line in said)

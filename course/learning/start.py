"""Open the course: the book on a local address, JupyterLab on the learner's copy beside it."""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import secrets
import signal
import subprocess
import sys
import time
import urllib.request
import webbrowser
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from course import index
from course.errors import CourseError
from course.learning import workspace
from course.learning.serve import serve

LAB_SECONDS = 60
STARTS_TRIED = 3
SITE_INPUTS = ("_config.yml", "_toc.yml", "course.yml", "requirements.txt", "README.md", "course/authoring/site.py")
SITE_TREES = ("book", "notebooks", "exercises", "solutions", "labs")


@dataclass
class Lab:
    """A JupyterLab. `url` is known once it answers, ends in a slash and carries no token."""

    process: subprocess.Popen[bytes]
    url: str
    token: str


def start(root: Path | None = None, *, browser: bool | None = None, say: Any = print) -> None:
    """Bring work/ and the book up to date, serve both, and return when Ctrl-C or a signal ends it."""
    root = root or index.root()
    report = workspace.sync(root)
    if report.added or report.updated:
        say(f"work/: {len(report.added)} files added, {len(report.updated)} brought up to date.")
    for note in report.notes:
        say(note)
    refresh_site(root, say)
    with contextlib.ExitStack() as stack:
        stack.enter_context(_signals_interrupt())
        try:
            lab = stack.enter_context(jupyterlab(root))
            book = stack.enter_context(serve(root / "_build/html", lab.url))
            private = f"{lab.url}lab?token={lab.token}"
            say(f"\n  The book:    {book}\n  JupyterLab:  {private}\n\nCtrl-C ends both.")
            if has_screen() if browser is None else browser:
                webbrowser.open(private)
                webbrowser.open(book)
            lab.process.wait()
            say("JupyterLab was shut down; the book goes with it.")
        except KeyboardInterrupt:
            say("Ending both …")


def refresh_site(root: Path, say: Any = print) -> bool:
    """Build the book if one of its sources changed; return whether there is one to serve.

    What keeps it from being built is said in a sentence, and the last one that was built is served.
    """
    stamp, built = root / "_build/site.sha256", root / "_build/html"
    wanted = site_fingerprint(root)
    if built.is_dir() and stamp.is_file() and stamp.read_text(encoding="utf-8") == wanted:
        return True
    say("Building the book (half a minute, only when something changed) …")
    try:
        from course.authoring.site import build

        # The port may be another; what counts is that there is no sub-path. JupyterLab, beside it, judges.
        build(root, "http://localhost:8000/", grader=False)
    except (CourseError, ImportError) as error:
        say(f"The book was not built. {error}")
        return built.is_dir()
    workspace.write(stamp, wanted.encode())
    return True


def site_fingerprint(root: Path) -> str:
    """Return a hash of everything that the book is made from."""
    digest = hashlib.sha256()
    paths = [root / name for name in SITE_INPUTS]
    for tree in SITE_TREES:
        paths += sorted(
            p for p in (root / tree).rglob("*") if "__pycache__" not in p.parts and ".ipynb_checkpoints" not in p.parts
        )
    for path in paths:
        if path.is_file():
            digest.update(f"{path.relative_to(root)}\0".encode() + hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()


@contextlib.contextmanager
def jupyterlab(root: Path) -> Iterator[Lab]:
    """Run JupyterLab on work/ with token authentication on, on 127.0.0.1; yield it when it answers, then end it.

    Raise CourseError with the end of its log when it does not start.
    """
    log = root / "work/.course/jupyterlab.log"
    for _ in range(STARTS_TRIED):
        lab = _launch(root, log)
        try:
            if _answers(lab, log):
                yield lab
                return
        finally:
            _end(lab.process)
    raise CourseError(f"JupyterLab found no free port, {STARTS_TRIED} times over. Its log: {log}")


def _launch(root: Path, log: Path) -> Lab:
    """Start JupyterLab in a session of its own, so that Ctrl-C in the terminal reaches this process alone."""
    token = secrets.token_urlsafe(24)
    environment = {**os.environ, "JUPYTER_TOKEN": token, "JUPYTER_PREFER_ENV_PATH": "1"}
    settings = Path(__file__).with_name("jupyter")  # asks no other host for news
    environment["JUPYTER_CONFIG_PATH"] = os.pathsep.join(
        [str(settings), *filter(None, [os.environ.get("JUPYTER_CONFIG_PATH")])]
    )
    environment["PATH"] = f"{Path(sys.executable).parent}:{os.environ.get('PATH', '')}"  # `course` in its terminals
    with log.open("wb") as stream:
        process = subprocess.Popen(
            _lab_command(root), stdout=stream, stderr=subprocess.STDOUT, stdin=subprocess.DEVNULL,
            env=environment, cwd=root / "work", start_new_session=True,
        )  # fmt: skip
    return Lab(process, "", token)


def _end(process: subprocess.Popen[bytes]) -> None:
    """End JupyterLab and its kernels; a second Ctrl-C waits no longer."""
    process.terminate()
    try:
        process.wait(10)
    except (subprocess.TimeoutExpired, KeyboardInterrupt):
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def _lab_command(root: Path) -> list[str]:
    """Return how JupyterLab is started: the token travels in the environment, where other users cannot see it."""
    options = {
        "ServerApp.root_dir": str(root / "work"),
        "ServerApp.ip": "127.0.0.1",
        "ServerApp.allow_root": str(os.geteuid() == 0),
        "LabApp.news_url": "None",
        "LabApp.check_for_updates_class": "jupyterlab.NeverCheckForUpdate",
    }
    return [sys.executable, "-m", "jupyterlab", "--no-browser", *(f"--{key}={value}" for key, value in options.items())]


def _answers(lab: Lab, log: Path) -> bool:
    """Wait until JupyterLab answers, and note its address; return False if another program was quicker to its port.

    It writes a record with the port before it listens there: only an answer to our token says that it is the one.
    """
    from jupyter_core.paths import jupyter_runtime_dir

    record = Path(jupyter_runtime_dir()) / f"jpserver-{lab.process.pid}.json"
    deadline = time.monotonic() + LAB_SECONDS
    while lab.process.poll() is None and time.monotonic() < deadline:
        with contextlib.suppress(OSError, ValueError):
            told = json.loads(record.read_text(encoding="utf-8"))
            url = f"http://localhost:{told['port']}{told['base_url']}"
            request = urllib.request.Request(f"{url}api/status", headers={"Authorization": f"token {lab.token}"})
            with urllib.request.urlopen(request, timeout=5):  # nosec B310
                lab.url = url
                return True
        time.sleep(0.1)
    said = log.read_text(encoding="utf-8", errors="replace")
    if lab.process.poll() is not None and "already in use" in said:
        return False
    last = said.strip().splitlines()[-5:]
    raise CourseError("\n".join(["JupyterLab did not start. The end of its log:", *last, f"All of it: {log}"]))


def has_screen() -> bool:
    """Return whether a browser can be opened for a person at this machine."""
    if os.environ.get("CI") or os.environ.get("SSH_CONNECTION"):
        return False
    return sys.platform == "darwin" or bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


@contextlib.contextmanager
def _signals_interrupt() -> Iterator[None]:
    """Treat a closed terminal and a polite kill like Ctrl-C, so that nothing is left running."""

    def interrupt(*_: Any) -> None:
        raise KeyboardInterrupt

    chosen = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
    before = {number: signal.signal(number, interrupt) for number in chosen}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)

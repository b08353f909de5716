"""The judge in a page: course.judge as on the command line, with the answer's interpreter in the place of a process."""

from __future__ import annotations

import json
import time
from pathlib import Path

import colourless  # noqa: F401 (before pytest, which it speeds up)
import loop
import outside  # the page: the answer's interpreter, and who wants to know how far the checks are
import pytest

from course.judging import judge
from course.judging.limits import CallBack, Ended, Limits, Message, ending
from course.judging.program import plain
from course.judging.render import headline, rows
from course.judging.result import ExerciseResult, exercise_from_json
from course.judging.session import MAX_DEATHS
from course.judging.wire import WireError, pack, unpack

TESTS = Path("/exercises")
__all__ = ["plain", "serve"]
ENDED = {
    "TIMEOUT": "it took longer than the time limit",
    "MEMORY": "it used more memory than it may",
    "OUTPUT_LIMIT": "it wrote too much output",
    "CRASH": "it crashed the interpreter",
}


class Interpreter:
    """A Channel to the answer's interpreter."""

    def __init__(self, limits: Limits) -> None:
        self.captured, self.alive = b"", True
        self.failed: Ended | WireError | None = None
        outside.start(limits.memory)

    def exchange(self, message: Message, deadline: float, call_back: CallBack) -> Message:
        """Send a request and return its reply; what went wrong in a callback is raised here, once the answer is back."""
        if not self.alive:
            raise Ended("EXITED", "this sandbox has ended")

        def ask(text: str) -> str:
            try:
                return _text(call_back(unpack(text.encode())))
            except (Ended, WireError) as error:
                self.failed = self.failed or error
                return _text({"exc": ["Exception", "the check ended here", None]})

        reply = unpack(outside.exchange(_text(message), deadline - time.monotonic(), ask).encode())
        if self.failed:
            raise self.failed
        if "ended" in reply:
            raise Ended(reply["ended"], ENDED[reply["ended"]])
        if "left" in reply:
            raise ending(reply["left"])
        if message["op"] == "fork":
            outside.fork()
        return reply

    def end(self, deadline: float) -> None:
        """Put the interpreter back to where it was before the check."""
        outside.end()

    def kill(self) -> None:
        """Give the interpreter up; the next one begins with its memory as it was at first."""
        self.alive = False


class Interpreters:
    """A Source of interpreters: always the same one, put back to its beginning."""

    def start(self, limits: Limits) -> Interpreter:
        """Start anew."""
        return Interpreter(limits)

    def close(self) -> None:
        """Do nothing: nothing waits."""


class Watch:
    """Tells the page which check runs, and gives those up that the page had to end; "*" means all."""

    given_up: dict[str, str]

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtest_setup(self, item: pytest.Item) -> None:
        """Say which check comes."""
        outside.checking(item.name)
        session, why = judge.current(), self.given_up.get(item.name) or self.given_up.get("*")
        if session and why:
            session.ended = session.last_end = Ended(why, ENDED[why])
            session.deaths = min(session.deaths + 1, MAX_DEATHS)


def _text(message: Message) -> str:
    return pack(message)[4:].decode()


class Judge:
    """A pytest that stays open between jobs."""

    def __init__(self) -> None:
        from _pytest.config import _prepareconfig

        self.plugin = judge.Plugin(iter(()), lambda _: None, lambda _: Interpreters())
        self.watch = Watch()
        config = _prepareconfig(judge.ARGUMENTS, [self.plugin, self.watch])
        self.session = pytest.Session.from_config(config)
        config._do_configure()
        config.hook.pytest_sessionstart(session=self.session)

    def judge(self, text: str) -> str:
        """Judge a job of JSON; its tasks bring the files of their exercises by name."""
        job = json.loads(text)
        for task in job["tasks"]:
            task["folder"] = str(_folder(task["id"], task.pop("files")))
        self.watch.given_up = job.pop("given_up", {})
        return json.dumps(self.plugin.answered(self.session, job))


def _folder(exercise: str, files: dict[str, str]) -> Path:
    """Write an exercise's files where pytest finds them; other files of the same exercise get another folder."""
    import hashlib

    key = hashlib.sha256(json.dumps(files, sort_keys=True).encode()).hexdigest()[:12]
    folder = TESTS / f"{exercise}-{key}"
    for name, source in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(source, "utf-8")
    return folder


loop.install()
JUDGE = Judge()


def serve(text: str) -> str:
    """Judge one job; beside each result stands what is said about it."""
    reply = json.loads(JUDGE.judge(text))
    results = [exercise_from_json(data) for data in reply.get("results", ())]
    return json.dumps({**reply, "said": [_said(result) for result in results]})


def _said(result: ExerciseResult) -> dict[str, object]:
    """Return sentence, verdict, and what is known about each check that did not pass."""
    checks = [list(rows(c)) if result.attempted and not c.passed else [] for c in result.checks]
    return {"headline": headline(result, public_only=True), "passed": result.passed, "checks": checks}

"""The judge: pytest in a trusted process, the answer in another, data between them.

One pytest serves many submissions: the checks of an exercise are collected once and run for each submission with a
new sandbox behind the stand-in. Nothing of a submission is imported here.
"""

from __future__ import annotations

import dataclasses
import gc
import hashlib
import importlib.abc
import importlib.machinery
import inspect
import json
import os
import random
import re
import signal
import socket
import sys
import tempfile
import time
import traceback
import types
import warnings
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, TextIO

import pytest

from course.errors import CourseError
from course.judging.apart import Apart
from course.judging.limits import Limits, Source
from course.judging.program import Answer, Cell, Task, plan
from course.judging.result import Check, ExerciseResult, Place, safe, to_json
from course.judging.session import CouldNotCheck, Session, Stage
from course.judging.standin import Answer as AnswerModule
from course.judging.standin import Remote, show

if TYPE_CHECKING:
    from course.judging.places import Hosted, Places, ServerPlace

Job = dict[str, Any]


class State:
    """What the judge is at: one check of one submission at a time."""

    session: Session | None = None
    tools: Apart | None = None
    task: Task | None = None
    answer: Answer | None = None
    hosted: Hosted | None = None
    seed = "0"
    checks: list[Check]
    compared: tuple[str, str, str] = ("", "", "")  # call, got, expected


STATE = State()


def current() -> Session | None:
    """Return the session of the submission being judged, if there is one."""
    return STATE.session


def tools() -> Apart | None:
    """Return where our tools run apart from the submission being judged, if there is one."""
    return STATE.tools


class Imports(importlib.abc.MetaPathFinder, importlib.abc.Loader):
    """`import answer` gives the stand-in; `import given` the given.py of the exercise being collected."""

    def __init__(self) -> None:
        self.folder = Path()

    def find_spec(self, name: str, path: Any = None, target: Any = None) -> importlib.machinery.ModuleSpec | None:
        """Claim the two names."""
        if name == "answer" or (name == "given" and (self.folder / "given.py").is_file()):
            return importlib.machinery.ModuleSpec(name, self)
        return None

    def create_module(self, spec: importlib.machinery.ModuleSpec) -> types.ModuleType:
        """Return the module."""
        return AnswerModule(current) if spec.name == "answer" else types.ModuleType("given")

    def exec_module(self, module: types.ModuleType) -> None:
        """Run given.py; a dataclass among its types must be frozen, so that it is data."""
        if module.__name__ == "given":
            source = (self.folder / "given.py").read_text("utf-8")
            exec(compile(source, str(self.folder / "given.py"), "exec", dont_inherit=True), module.__dict__)


class Plugin:
    """Runs the checks of each job instead of pytest's own loop."""

    def __init__(
        self, jobs: Iterator[Job], reply: Callable[[dict[str, Any]], None], source: Callable[[str], Source]
    ) -> None:
        self.jobs, self.reply, self.source = jobs, reply, source
        self.imports = Imports()
        self.collected: dict[Path, tuple[list[pytest.Item], dict[str, type]]] = {}
        self.broken: dict[Path, list[Check]] = {}
        self.sources: dict[str, Source] = {}
        self.places: Places | None = None

    def pytest_configure(self, config: pytest.Config) -> None:
        """Make the two modules and the mark known."""
        config.addinivalue_line("markers", "points(n): the weight of a check, 1 where it is not given")
        config.addinivalue_line("markers", "writes: the check changes what is on the server, and gets a fresh place")
        sys.meta_path.insert(0, self.imports)

    def pytest_collection(self) -> bool:
        """Collect nothing yet."""
        return True

    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        """Judge one job after the other."""
        try:
            for job in self.jobs:
                self.reply(self.answered(session, job))
        finally:
            for source in self.sources.values():
                source.close()
            if self.places:
                self.places.close()
        return True

    def answered(self, session: pytest.Session, job: Job) -> dict[str, Any]:
        """Return the reply to a job; one submission that the judge cannot stand must not cost the others."""
        try:
            return self.judge(session, job)
        except CourseError as error:
            return {"error": str(error)}
        except Exception as error:
            traceback.print_exc()
            return {"error": f"The judge failed with {type(error).__name__}: {safe(error, 300)}."}

    def judge(self, session: pytest.Session, job: Job) -> dict[str, Any]:
        """Return the results of one submission, or why it could not be judged."""
        tasks = [Task(t["id"], Path(t["folder"]), t["stub"]) for t in job["tasks"]]
        steps, answers = plan([Cell(*cell) for cell in job["cells"]], tasks)
        STATE.seed = job["seed"]
        _seed_hypothesis()
        limits = Limits(**job.get("limits", {}))
        memory = max([limits.memory, *(int(_limit(task, "memory", 0)) for task in tasks)])
        limits = dataclasses.replace(
            limits, memory=memory, services=tuple(sorted({task.service for task in tasks} - {""}))
        )
        name = job["provider"]
        if name not in self.sources:
            self.sources[name] = self.source(name)
        STATE.hosted = self.hosted() if limits.services else None
        STATE.session = run = Session(self.sources[name], limits, steps, STATE.hosted)
        STATE.tools = beside = Apart(self.sources[name], limits, [])
        results = []
        try:
            for task in sorted((t for t in tasks if t.id in answers), key=lambda t: answers[t.id].steps):
                answer = answers[task.id]
                if job["skip_stubs"] and not answer.attempted:
                    results.append(ExerciseResult(task.id, False, (), answer.notes))
                else:
                    results.append(self.exercise(session, run, task, answer, job["only"]))
        finally:
            run.close()
            beside.close()
            if STATE.hosted:
                STATE.hosted.close()
            STATE.session = STATE.tools = STATE.hosted = None
        captured = safe(run.captured[: 1 << 16].decode("utf-8", "replace"), 4_000)
        results = [dataclasses.replace(result, captured=captured) for result in results]
        results += [
            ExerciseResult(t.id, False, (), ("There is no answer cell for this exercise.",))
            for t in tasks
            if t.id not in answers
        ]
        return {"results": [to_json(result) for result in results]}

    def exercise(
        self, session: pytest.Session, run: Session, task: Task, answer: Answer, only: tuple[str, ...]
    ) -> ExerciseResult:
        """Run the checks of one exercise."""
        items, given = self.collect(session, task.folder)
        items = [item for item in items if not only or _visibility(item.path) in only]
        broken = [check for check in self.broken.get(task.folder, []) if not only or check.visibility in only]
        STATE.task, STATE.answer, STATE.checks = task, answer, []
        seconds = _limit(task, "time", run.limits.time) * run.limits.pace
        stage = Stage(task.id, answer.steps, given, task.text("inside.py"), seconds, answer.source, answer.files)
        for index, item in enumerate(items):
            following = items[index + 1] if index + 1 < len(items) else None
            STATE.compared = ("", "", "")
            run.begin(stage)
            if STATE.hosted:
                STATE.hosted.begin(task, item.get_closest_marker("writes") is not None)
            item.config.hook.pytest_runtest_protocol(item=item, nextitem=following)
            run.finish()
            if STATE.hosted:
                STATE.hosted.end()
        notes = [*answer.notes, *(check.why for check in broken)]
        if not items and not broken:
            notes.append("There are no checks for it here.")
        return ExerciseResult(task.id, answer.attempted, (*STATE.checks, *broken), tuple(notes))

    def hosted(self) -> Hosted:
        """Return the places of a new submission; servers are kept for all of them."""
        from course.judging.places import Hosted, Places

        self.places = self.places or Places()
        return Hosted(self.places, lambda service: STATE.session.port(service) if STATE.session else 0)

    def collect(self, session: pytest.Session, folder: Path) -> tuple[list[pytest.Item], dict[str, type]]:
        """Return the checks of a folder and the types of its given.py, collected once."""
        if folder not in self.collected:
            self.imports.folder = folder
            sys.modules.pop("given", None)
            if _uses_hypothesis(folder):
                _prepare_hypothesis()
            before, STATE.session = STATE.session, None  # a name looked up while collecting is looked up later
            items: list[pytest.Item] = []
            given: dict[str, Any] = {}
            try:
                if folder.is_dir():
                    items = [item for item in session.perform_collect([str(folder)]) if isinstance(item, pytest.Item)]
                if (folder / "given.py").is_file():
                    given = vars(importlib.import_module("given"))
            except Exception as error:  # given.py is run here
                self._cannot_load(folder / "given.py", f"{type(error).__name__}: {error}")
            finally:
                STATE.session = before
                sys.modules.pop("given", None)
            types_ = {k: v for k, v in given.items() if isinstance(v, type) and v.__module__ == "given"}
            self.collected[folder] = items, types_
        return self.collected[folder]

    def pytest_collectreport(self, report: pytest.CollectReport) -> None:
        """Note checks that cannot be loaded."""
        if report.failed:
            self._cannot_load(Path("/", report.nodeid), report.longreprtext.strip().splitlines()[-1])

    def _cannot_load(self, path: Path, error: str) -> None:
        """Put a check that could not be made in the place of those that a file would have brought."""
        why = safe(f"{path.name} could not be loaded: {error}")
        check = Check(path.stem, f"The checks of {path.name}", _visibility(path), 1, "UNCHECKED", why=why)
        self.broken.setdefault(self.imports.folder, []).append(check)

    @pytest.hookimpl(tryfirst=True)
    def pytest_pyfunc_call(self, pyfuncitem: pytest.Function) -> bool | None:
        """Run an async check on a loop of its own."""
        if not inspect.iscoroutinefunction(pyfuncitem.obj):
            return None
        import asyncio  # a tenth of the judge's start, and most checks never wait

        names = pyfuncitem._fixtureinfo.argnames
        asyncio.run(pyfuncitem.obj(**{name: pyfuncitem.funcargs[name] for name in names}))
        return True

    def pytest_assertrepr_compare(self, op: str, left: object, right: object) -> list[str]:
        """Note what a failed comparison compared."""
        expected = _shown(right) if op in ("==", "is") else f"{op} {_shown(right)}"
        call = STATE.session.last[0] if STATE.session else ""
        STATE.compared = (call, _shown(left), expected)
        return ["differs"]

    @pytest.hookimpl(specname="pytest_runtest_makereport")
    def pytest_bare_report(self, item: pytest.Item, call: pytest.CallInfo[None]) -> pytest.TestReport:
        """Report without what nobody reads: keywords, and a failure's traceback, which takes half of the judge's time."""
        assert call.when != "collect"
        error = call.excinfo.value if call.excinfo else None
        left_out = isinstance(error, pytest.skip.Exception)
        outcome: Literal["passed", "skipped", "failed"] = (
            "passed" if error is None else "skipped" if left_out else "failed"
        )
        return pytest.TestReport(item.nodeid, item.location, {}, outcome, None, call.when)

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_makereport(self, item: pytest.Item, call: pytest.CallInfo[None]) -> Any:
        """Turn what happened into a Check."""
        report = yield
        if call.when == "call" or (call.when == "setup" and not report.passed):
            STATE.checks.append(_check(item, call, report.skipped))
        return report

    @pytest.fixture
    def place(self) -> ServerPlace:
        """The submission's place on its exercise's server, as the answer and as the check see it."""
        if not STATE.hosted or not STATE.session:
            raise CouldNotCheck("its exercise.yml names no service")
        return STATE.hosted.seen()

    @pytest.fixture
    def rng(self, request: pytest.FixtureRequest) -> random.Random:
        """Random numbers from the assignment's secret seed, the exercise and the check."""
        assert STATE.task
        return random.Random(f"{STATE.seed}/{STATE.task.id}/{request.node.name}")


def _visibility(path: Path) -> Any:
    return "withheld" if "withheld" in path.parts else "public"


def _limit(task: Task, name: str, default: float) -> float:
    return float(task.setting(name, r"[\d.]+") or default)


def _uses_hypothesis(folder: Path) -> bool:
    return any("hypothesis" in path.read_text("utf-8") for path in folder.rglob("test_*.py"))


def _prepare_hypothesis() -> None:
    os.environ.setdefault("HYPOTHESIS_STORAGE_DIRECTORY", str(Path(tempfile.gettempdir(), "course-hypothesis")))
    import hypothesis

    # where CI is set Hypothesis would derandomize, whatever the seed
    hypothesis.settings.register_profile(
        "course", derandomize=False, database=None, deadline=None, max_examples=60, report_multiple_bugs=False, print_blob=False,
        suppress_health_check=list(hypothesis.HealthCheck),
    )  # fmt: skip
    hypothesis.settings.load_profile("course")
    _seed_hypothesis()


def _seed_hypothesis() -> None:
    """Make the examples of every property follow the seed, once Hypothesis is there."""
    core: Any = sys.modules.get("hypothesis.core")
    if core:
        core.global_force_seed = int.from_bytes(hashlib.sha256(STATE.seed.encode()).digest()[:8], "big")


def _shown(value: object) -> str:
    """Return how a value is shown; the answer's own objects show themselves, within half a second."""
    session = STATE.session
    if type(value) is Remote and session and not session.ended:
        last = session.last
        session.left = min(session.left, 0.5)
        try:
            text = session.apply(repr, (value,))
            return safe(text, 500) if type(text) is str else show(value)
        except Exception:
            return show(value)
        finally:
            session.last = last
    return safe(show(value), 500)


def _check(item: pytest.Item, call: pytest.CallInfo[None], skipped: bool) -> Check:
    """Return the result of one check."""
    session, error = STATE.session, call.excinfo.value if call.excinfo else None
    assert session
    verdict, got, expected, why = _judge(session, error, skipped)
    label, value = STATE.compared[0] or session.last[0], session.last[1]
    points = next((int(m.args[0]) for m in item.iter_markers("points")), 1)
    passed = verdict == "PASS"
    plain = STATE.hosted.plain if STATE.hosted else str
    return Check(
        name=safe(item.name, 200),
        description=_description(item),
        visibility=_visibility(item.path),
        points=points,
        verdict=verdict,
        call="" if passed else safe(plain(label), 400),
        got="" if passed else plain(got) or (safe(plain(show(value)), 500) if value is not ... and label else ""),
        expected="" if passed else plain(expected),
        why="" if passed else safe(plain(why), 1_000),
        printed=safe(plain("".join(session.out)), 2_000) if not passed else "",
        place=None if passed else _place(error),
        seconds=round(call.duration, 3),
    )


def _judge(session: Session, error: BaseException | None, skipped: bool) -> tuple[Any, str, str, str]:
    """Return verdict, got, expected and why of a check that raised `error`, or nothing."""
    _, got, expected = STATE.compared
    if session.ended:
        return session.ended.verdict, f"your code was stopped: {session.ended.text}", "", ""
    error = error or session.verdict_inside
    if error is None:
        return "PASS", "", "", ""
    if skipped or isinstance(error, CouldNotCheck):
        return "UNCHECKED", "", "", str(error)
    if hasattr(error, "where"):
        verdict = "MEMORY" if isinstance(error, MemoryError) else "ERROR"
        return verdict, safe(f"raised {type(error).__name__}: {getattr(error, 'told', '')}"[:600]), "", ""
    if any(kind.__name__ == "Flaky" for kind in type(error).__mro__):  # Hypothesis: it failed, then it did not
        return "FAIL", got, expected, "the same input gave another result when it was tried again"
    if isinstance(error, AssertionError | pytest.fail.Exception):
        text = str(error.msg if isinstance(error, pytest.fail.Exception) else error)
        if missed := re.match(r"DID NOT RAISE (?:<class '([\w.]+)'>|(.*))", text):
            name = (missed[1] or missed[2] or "").rpartition(".")[2]
            return "FAIL", f"returned {_shown(session.last[1])}", f"raises {name}", ""
        return "FAIL", got, expected, "" if text.startswith("assert ") else text.partition("\nassert ")[0]
    if session.last == ("", None):
        return "UNCHECKED", "", "", f"the check itself failed: {type(error).__name__}: {error}"
    return "ERROR", "", "", f"the check cannot use this value ({type(error).__name__}: {error})"


def _description(item: pytest.Item) -> str:
    text = inspect.getdoc(getattr(item, "obj", None)) or item.name.removeprefix("test_").replace("_", " ")
    return " ".join(text.split())


def _place(error: BaseException | None) -> Place | None:
    """Return the innermost line of the submission that an exception passed through."""
    where = getattr(error, "where", None)
    session = STATE.session
    if not where or not session:
        return None
    cell, line = where[-1]
    source = next((step.source for step in session.steps if step.op == "cell" and step.name == cell), "")
    lines = source.splitlines()
    return Place(safe(cell.strip("<>"), 40), line, safe(lines[line - 1].strip(), 200) if 0 < line <= len(lines) else "")


UNUSED = """
cacheprovider debugging doctest faulthandler junitxml legacypath logging pastebin setuponly setupplan stepwise terminal
threadexception unraisableexception warnings
""".split()  # noqa: SIM905 (plugins of pytest that no check sees: each costs its import, and some a part of every check)
ARGUMENTS = [
    "--disable-plugin-autoload", *(part for name in UNUSED for part in ("-p", f"no:{name}")), "--noconftest",
    "--import-mode=importlib", "-c", os.devnull, "--rootdir", "/", "--capture=sys", "--continue-on-collection-errors",
]  # fmt: skip


def run(jobs: Iterator[Job], reply: Callable[[dict[str, Any]], None]) -> int:
    """Judge every job and hand each reply on; returns pytest's exit status."""
    from course.judging.providers import ahead

    warnings.simplefilter("ignore")
    return int(pytest.main(ARGUMENTS, plugins=[Plugin(jobs, reply, ahead)]))


def forked() -> bool:
    """Fork a judge for each set of descriptors that arrives at descriptor 0; return True in each.

    Return False in the process that forks them, once nobody can ask any more.
    """
    asked = socket.socket(fileno=os.dup(0))
    gc.freeze()
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # so that no judge stays a zombie
    while descriptors := socket.recv_fds(asked, 1, 3)[1]:
        if pid := os.fork():
            asked.sendall(pid.to_bytes(4, "big"))
        else:
            signal.signal(signal.SIGCHLD, signal.SIG_DFL)
            asked.close()
            for number, descriptor in enumerate(descriptors):
                os.dup2(descriptor, number)
        for descriptor in descriptors:
            os.close(descriptor)
        if not pid:
            return True
    return False


def main() -> None:
    """Serve jobs, one JSON object a line, in each process that was forked for it; replies go the same way."""
    os.environ.pop("PYTEST_ADDOPTS", None)
    replies: list[TextIO] = []

    def jobs() -> Iterator[Job]:
        if forked():
            replies.append(os.fdopen(os.dup(1), "w", encoding="utf-8"))
            os.dup2(2, 1)
            with os.fdopen(os.dup(0), "r", encoding="utf-8") as lines:
                for line in lines:
                    yield json.loads(line)

    def reply(message: dict[str, Any]) -> None:
        replies[0].write(json.dumps(message) + "\n")
        replies[0].flush()

    started = time.monotonic()
    status = run(jobs(), reply)
    sys.exit(
        0
        if status in (0, 5)
        else f"the judge stopped (pytest status {status}) after {time.monotonic() - started:.0f} s"
    )

"""The page's grader in another engine: Firefox loads it, judges, and ends a loop."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import pytest

from course.learning import prerequisites
from course.onpage import runtime

PAGE = "exercises/01-core-python/02-data-model.html"


@pytest.mark.needs("firefox")
def test_firefox_judges_a_stub_and_ends_a_loop(site) -> None:
    puppeteer = runtime.install(development=True) / "node_modules/puppeteer-core/lib/puppeteer/puppeteer-core.js"
    script = Path(__file__).with_name("firefox.mjs")
    command = [runtime.node(), script, prerequisites.firefox(), site.local + PAGE, puppeteer]
    run = subprocess.run(list(map(str, command)), capture_output=True, text=True, timeout=540)
    assert run.returncode == 0, run.stderr[-2000:]
    stub, loop = json.loads(run.stdout)
    assert stub.startswith("Not attempted")
    assert loop.endswith("your code ran out of time.")


def test_the_pages_scripts_have_the_types_they_claim() -> None:
    folder = runtime.install(development=True)
    run = subprocess.run(
        [str(runtime.node()), str(folder / "node_modules/typescript/bin/tsc"), "-p", str(folder)],
        capture_output=True,
        text=True,
    )
    assert (run.returncode, run.stdout) == (0, "")

"""Whole web applications are judged without a socket: ASGI, WSGI, with their start-up and their errors."""

from pathlib import Path

import pytest

from course.judging.client import Judge
from course.judging.program import Cell, Task

FASTAPI = """
from contextlib import asynccontextmanager
from fastapi import FastAPI, HTTPException, Request

@asynccontextmanager
async def lifespan(app):
    app.state.holds = {"A1": "ana"}
    yield

app = FastAPI(lifespan=lifespan)

@app.post("/holds/{seat}")
async def hold(seat: str, customer: str, request: Request):
    if seat in request.app.state.holds:
        raise HTTPException(409, "taken")
    request.app.state.holds[seat] = customer
    return {"seat": seat, "customer": customer}

@app.get("/sync")
def sync() -> dict[str, int]:
    return {"thread": 1}

@app.get("/broken")
async def broken():
    raise RuntimeError("no database")
"""
WSGI = """
def app(environ, start_response):
    if environ["PATH_INFO"] == "/broken":
        raise RuntimeError("no database")
    size = int(environ.get("CONTENT_LENGTH") or 0)
    body = environ["wsgi.input"].read(size)
    start_response("201 Created", [("X-Seen", environ["HTTP_X_PARTNER"]), ("Content-Type", "text/plain")])
    return [environ["REQUEST_METHOD"].encode(), b" ", body]
"""
ASGI_CHECKS = """
import answer
import pytest
from course.checks import http

def test_a_free_seat_is_held():
    reply = http(answer.app).post("/holds/B2", params={"customer": "ben"})
    assert (reply.status_code, reply.json()) == (200, {"seat": "B2", "customer": "ben"})

def test_the_state_of_the_start_up_is_there_and_of_other_checks_is_not():
    client = http(answer.app)
    assert client.post("/holds/A1", params={"customer": "ben"}).status_code == 409
    assert client.post("/holds/B2", params={"customer": "ben"}).status_code == 200
    assert client.post("/holds/B2", params={"customer": "cy"}).status_code == 409

def test_a_sync_endpoint_runs_in_its_thread():
    assert http(answer.app).get("/sync").json() == {"thread": 1}

def test_what_it_raises_is_raised():
    with pytest.raises(RuntimeError, match="no database"):
        http(answer.app).get("/broken")
"""
WSGI_CHECKS = """
import answer
from course.checks import http

def test_a_request_arrives_whole():
    reply = http(answer.app).post("/hook", content=b"paid", headers={"X-Partner": "acme"})
    assert (reply.status_code, reply.headers["x-seen"], reply.text) == (201, "acme", "POST paid")

def test_an_error_is_an_error():
    http(answer.app).get("/broken", headers={"X-Partner": "acme"})
"""


def judged(folder: Path, answer: str, checks: str) -> dict[str, str]:
    (folder / "public").mkdir()
    (folder / "public" / "test_app.py").write_text(checks)
    with Judge() as judge:
        [result] = judge.judge([Cell(f"# exercise: web.app\n{answer}", "cell 1")], [Task("web.app", folder)])
    return {check.name: f"{check.verdict} {check.got}".strip() for check in result.checks}


def test_an_asgi_application_answers_with_its_start_up_done(tmp_path):
    assert set(judged(tmp_path, FASTAPI, ASGI_CHECKS).values()) == {"PASS"}


def test_a_wsgi_application_answers_and_its_errors_are_told(tmp_path):
    verdicts = judged(tmp_path, WSGI, WSGI_CHECKS)
    assert verdicts["test_a_request_arrives_whole"] == "PASS"
    assert verdicts["test_an_error_is_an_error"] == "ERROR raised RuntimeError: no database"


@pytest.mark.parametrize("answer", ["app = 3", "app = [1]"])
def test_what_is_no_application_is_an_error_of_the_answer(tmp_path, answer):
    assert all(verdict.startswith("ERROR") for verdict in judged(tmp_path, answer, WSGI_CHECKS).values())

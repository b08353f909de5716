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
DJANGO = """
import django
from django.conf import settings

settings.configure(
    SECRET_KEY="of-a-test", ROOT_URLCONF=__name__, ALLOWED_HOSTS=["*"], INSTALLED_APPS=["django.contrib.contenttypes"],
    MIDDLEWARE=["django.middleware.common.CommonMiddleware", f"{__name__}.numbered"],
    DATABASES={"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": "file:boxoffice?mode=memory&cache=shared"}},
)
django.setup()

from django.core.asgi import get_asgi_application
from django.core.wsgi import get_wsgi_application
from django.db import connection, models
from django.http import JsonResponse
from django.shortcuts import get_object_or_404
from django.urls import path

class Event(models.Model):
    name = models.CharField(max_length=80, unique=True)
    free = models.PositiveIntegerField()

    class Meta:
        app_label = "contenttypes"
        db_table = "event"

with connection.schema_editor() as editor:
    editor.create_model(Event)

def numbered(respond):
    def middleware(request):
        response = respond(request)
        response["X-Request-Id"] = request.headers.get("X-Request-Id", "none")
        return response
    return middleware

def sell(request, name):
    event = get_object_or_404(Event, name=name)
    sold = Event.objects.filter(pk=event.pk, free__gte=1).update(free=models.F("free") - 1)
    return JsonResponse({"sold": bool(sold)}, status=200 if sold else 409)

urlpatterns = [path("events/<str:name>/sell", sell)]
wsgi, asgi = get_wsgi_application(), get_asgi_application()
"""
DJANGO_INSIDE = """
import answer

def put_on_sale(name, free):
    answer.Event.objects.create(name=name, free=free)

def left(name):
    return answer.Event.objects.get(name=name).free
"""
DJANGO_CHECKS = """
import answer
import pytest
from course.checks import http, inside

@pytest.mark.parametrize("kind", ["wsgi", "asgi"])
def test_the_last_seat_is_sold_once(kind):
    inside("put_on_sale", "Gala", 1)
    client = http(getattr(answer, kind))
    assert [client.post("/events/Gala/sell").status_code for _ in range(2)] == [200, 409]
    assert inside("left", "Gala") == 0

def test_rows_of_another_check_are_gone():
    assert http(answer.wsgi).post("/events/Gala/sell").status_code == 404

def test_the_middleware_is_run():
    assert http(answer.wsgi).get("/", headers={"X-Request-Id": "r-7"}).headers["x-request-id"] == "r-7"
"""


def judged(folder: Path, answer: str, checks: str, inside: str = "") -> dict[str, str]:
    (folder / "inside.py").write_text(inside)
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


def test_a_whole_django_project_answers_and_its_models_are_arranged_inside(tmp_path):
    assert set(judged(tmp_path, DJANGO, DJANGO_CHECKS, DJANGO_INSIDE).values()) == {"PASS"}


@pytest.mark.parametrize("answer", ["app = 3", "app = [1]"])
def test_what_is_no_application_is_an_error_of_the_answer(tmp_path, answer):
    assert all(verdict.startswith("ERROR") for verdict in judged(tmp_path, answer, WSGI_CHECKS).values())

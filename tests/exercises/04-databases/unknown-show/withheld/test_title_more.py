import random

import answer
import pytest
import redis

pytestmark = pytest.mark.writes


def asked(place, event: int, known: str | None) -> bool:
    """Read a title; say whether the database was asked."""
    calls = []

    def ask(event: int) -> str | None:
        calls.append(event)
        return known

    assert answer.title(place.url, event, ask, 60, 5) == known
    return bool(calls)


def test_any_text_is_a_title(place, rng: random.Random):
    """Whatever letters a title has, it comes back as it was, from the database and from the copy."""
    strange = ["null", "nil", "-", "\0", "\0none", "!", "missing", "=", "0", " ", "[]", '"', "Łódź\n5 €", "".join(rng.choices("=\0-x", k=4))]
    for event, text in enumerate(strange):
        assert [asked(place, event, text) for _ in range(2)] == [True, False], f"the title is {text!r}"


def test_an_error_is_not_kept(place):
    """When the database cannot answer, its error reaches the caller, and the next one asks again."""

    def broken(event: int) -> str:
        raise ConnectionError("no answer")

    with pytest.raises(ConnectionError):
        answer.title(place.url, 7, broken, 60, 5)
    assert asked(place, 7, "Winter"), "for a minute the page said what a broken line had said"


def test_reading_moves_no_end(place):
    """A copy that is read ends as early as one that is not."""
    server = redis.Redis.from_url(place.admin)
    for event, known in ((1, "Tides"), (2, None)):
        asked(place, event, known)
        for key in server.keys("title:*"):
            server.pexpire(key, 3_000)
        asked(place, event, known)
        assert all(server.pttl(key) <= 3_000 for key in server.keys("title:*")), "whoever asks often enough never hears news"
        server.flushdb()


def test_an_announcement_concerns_one_show(place, rng: random.Random):
    """What is known of other shows stays, also of those whose number begins alike."""
    for event in (1, 11, 111):
        asked(place, event, f"Show {event}")
    answer.announce(place.url, 11)
    assert [asked(place, event, f"Show {event}") for event in (1, 11, 111)] == [False, True, False], (
        "each announcement sends everybody to the database"
    )

import random
from datetime import UTC, datetime, timedelta

import answer
import psycopg
import pytest
from given import QUESTIONS, pages

TEN = datetime(2026, 5, 15, 10, tzinfo=UTC)
COMPANIES = range(50, 1_000, 50)  # customers who order a lot


def rows(url: str, question: str, values: dict[str, object]) -> int:
    with psycopg.connect(url) as db:
        return len(db.execute(QUESTIONS[question], values).fetchall())


@pytest.mark.writes
def test_the_till_touches_six_pages(place):
    """The ten cheapest free seats of a show that is on sale are found on six pages."""
    answer.prepare(place.url)
    for event in (5, 6):
        assert pages(place.admin, "till", {"event": event}) <= 6, (
            "the till waits while the server reads seats that it throws away"
        )


@pytest.mark.writes
def test_the_clean_up_touches_expired_holds_only(place, rng: random.Random):
    """Holds that ran out are found by a page for each, and three more."""
    answer.prepare(place.url)
    now = TEN + timedelta(seconds=rng.randint(-300, 300))
    expired = rows(place.admin, "clean-up", {"now": now})
    assert pages(place.admin, "clean-up", {"now": now}) <= expired + 3, (
        "a job that runs every minute reads all seats to release a few"
    )


@pytest.mark.writes
def test_a_history_touches_ten_pages(place, rng: random.Random):
    """A company's last five orders are found on ten pages, however many it has placed."""
    answer.prepare(place.url)
    customer = rng.choice(COMPANIES)
    assert pages(place.admin, "history", {"customer": customer}) <= 10, (
        "thirty orders are read and sorted to show five of them"
    )


@pytest.mark.writes
def test_a_sum_touches_the_orders_that_it_adds_up(place, rng: random.Random):
    """What a company has spent since a day is found by a page for each order since, and three more."""
    answer.prepare(place.url)
    customer, since = rng.choice(COMPANIES), TEN - timedelta(days=rng.randint(60, 150))
    with psycopg.connect(place.admin) as db:
        counted = QUESTIONS["spent"].replace("sum(total)", "count(*)")
        ((orders,),) = db.execute(counted, {"customer": customer, "since": since}).fetchall()
    assert pages(place.admin, "spent", {"customer": customer, "since": since}) <= orders + 3, (
        "orders from before that day are read and thrown away"
    )


@pytest.mark.writes
def test_a_login_touches_four_pages(place, rng: random.Random):
    """An address in any case of letters is found on four pages."""
    answer.prepare(place.url)
    with psycopg.connect(place.admin) as db:
        ((email,),) = db.execute("SELECT email FROM customer WHERE id = %s", [rng.randint(1, 1_000)]).fetchall()
    assert pages(place.admin, "login", {"email": email.swapcase()}) <= 4, "every login reads all customers"

import answer
import psycopg
import pytest
from given import pages

ADDED = """
    SELECT count(*), coalesce(sum(pg_relation_size(i.indexrelid)), 0)::bigint / 1024
    FROM pg_index i JOIN pg_class c ON c.oid = i.indrelid
    WHERE c.relnamespace = 'public'::regnamespace AND NOT EXISTS (SELECT FROM pg_constraint WHERE conindid = i.indexrelid)"""
PROMISES = "SELECT conrelid::regclass::text, conname, pg_get_constraintdef(oid) FROM pg_constraint ORDER BY 1, 2"
ROWS = "SELECT (SELECT count(*) FROM seat), (SELECT count(*) FROM orders), (SELECT count(*) FROM customer)"


def asked(url: str, query: str) -> list[tuple]:
    with psycopg.connect(url) as db:
        return db.execute(query).fetchall()


@pytest.mark.writes
def test_a_nearly_sold_out_show_is_as_fast(place):
    """The till touches six pages for an old show, too, of which one seat in twenty is left."""
    answer.prepare(place.url)
    for event in (2, 3):
        assert pages(place.admin, "till", {"event": event}) <= 6, "the cheap seats of other shows are read first"


@pytest.mark.writes
@pytest.mark.points(2)
def test_four_indexes_do(place):
    """One to four indexes are added, for five questions."""
    answer.prepare(place.url)
    ((count, _),) = asked(place.admin, ADDED)
    assert 1 <= count <= 4, "two of the questions can share one"


@pytest.mark.writes
@pytest.mark.points(2)
def test_they_are_small(place):
    """The indexes that were added take at most 450 KiB together."""
    answer.prepare(place.url)
    ((count, size),) = asked(place.admin, ADDED)
    assert count and size <= 450, "entries for rows that no question asks for are written all the same"


@pytest.mark.writes
def test_the_night_may_run_it_again(place):
    """A second run succeeds and adds nothing."""
    answer.prepare(place.url)
    first = asked(place.admin, ADDED)
    answer.prepare(place.url)
    assert first[0][0] and asked(place.admin, ADDED) == first, "a deployment is repeated now and then"


@pytest.mark.writes
def test_what_was_promised_stays_promised(place):
    """Constraints and rows are those of before, and the questions have the same answers."""
    before = asked(place.admin, PROMISES), asked(place.admin, ROWS)
    answer.prepare(place.url)
    assert (asked(place.admin, PROMISES), asked(place.admin, ROWS)) == before, "an index is no reason to lose a rule"

import answer
import pytest


def report(place, event: int = 77) -> dict:
    return {section: tuple(rest) for section, *rest in answer.report(place.url, event)}


def test_the_whole_report(place):
    """Each section has its orders, tickets and cents; the largest sum comes first, equal ones by name."""
    found = [tuple(line) for line in answer.report(place.url, 77)]
    wanted = [("Box", 1, 4, 39600), ("Stalls", 2, 4, 26600), ("Balcony", 1, 5, 4500), ("Circle", 1, 1, 4500)]
    assert found == wanted, "eight orders, of which four are paid; add them up by hand"


@pytest.mark.points(2)
def test_two_payments_are_one_order(place):
    """However many payments an order has, its tickets are counted once."""
    assert report(place)["Box"] == (1, 4, 39600), "order 3 has three payments, and no more tickets for that"


@pytest.mark.points(2)
def test_two_lines_are_one_order(place):
    """An order with two lines in a section is one order there."""
    assert report(place)["Stalls"] == (2, 4, 26600), "orders 1 and 2 are two orders with three lines"


@pytest.mark.points(2)
def test_every_payment_is_settled(place):
    """An order counts only if it has payments and all of them are settled."""
    assert report(place)["Circle"] == (1, 1, 4500), "an order of which a part was refused is not paid, nor one without payments"
    assert report(place)["Balcony"] == (1, 5, 4500), "what is pending is not paid"


def test_a_show_by_itself(place):
    """Another show has its own report, and one that sold nothing an empty one."""
    assert report(place, 78) == {"Box": (1, 7, 7000)}
    assert answer.report(place.url, 79) == []

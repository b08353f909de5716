import random

import answer

from course.checks import http


def test_a_seat_is_booked(rng: random.Random):
    """A free seat is booked for whoever asks first."""
    seat = f"A{rng.randrange(1, 40)}"
    reply = http(answer.app).post("/bookings", json={"seat": seat, "customer": "Ana"})
    assert (reply.status_code, reply.json()) == (201, {"seat": seat, "customer": "Ana"})


def test_a_seat_is_sold_once():
    """A seat that Ana has is refused to Ben."""
    client = http(answer.app)
    codes = [client.post("/bookings", json={"seat": "B7", "customer": name}).status_code for name in ("Ana", "Ben")]
    assert codes == [201, 409], "one chair, one owner"


def test_a_booking_without_a_seat_is_refused():
    """A request that names no seat is answered with 422."""
    assert http(answer.app).post("/bookings", json={"customer": "Ana"}).status_code == 422

"""The rows of the world, made by arithmetic: the same for everybody, skewed as real ones are.

Four events in five are over and nearly sold out; a few are on sale now. Customers are as many as orders ask for; one
in fifty buys for a company, and buys often. `NOW` is the moment in which the course's databases stand.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from random import Random
from typing import Any

NOW = datetime(2026, 5, 15, 10, 0, tzinfo=UTC)  # a Friday; sales open at ten
Row = tuple[Any, ...]

VENUES = (
    ("Harbour Hall", "Hamburg", "DE", "Europe/Berlin"), ("Teatro Aurora", "Milan", "IT", "Europe/Rome"),
    ("The Foundry", "Manchester", "GB", "Europe/London"), ("Salle des Ormes", "Lyon", "FR", "Europe/Paris"),
    ("Pier Nine Arena", "New York", "US", "America/New_York"), ("Casa del Eco", "Bogotá", "CO", "America/Bogota"),
    ("Kaze Dome", "Osaka", "JP", "Asia/Tokyo"), ("Opal House", "Sydney", "AU", "Australia/Sydney"),
    ("Lantern Street Theatre", "Dublin", "IE", "Europe/Dublin"), ("Plac Wolności", "Łódź", "PL", "Europe/Warsaw"),
)  # fmt: skip
FIRST = "Silent Electric Northern Velvet Paper Midnight Crimson Wandering Hollow Golden Second Broken".split()  # noqa: SIM905
LAST = "Orchard Harbour Parade Sparrows Cathedral Engine Quartet Satellites Winter Choir Tides Machine".split()  # noqa: SIM905
GENRES = ("rock", "jazz", "opera", "theatre", "comedy", "dance", "classical", "family")
SECTIONS = ("Stalls", "Circle", "Balcony", "Box")
PEOPLE = tuple(
    "Ada Björn Chloé Dmitri Elif Farid Grace Hiro Inés Jonas Kaja Liam Mei Noor Olga Pablo Quinn Rosa Sami Tove".split()  # noqa: SIM905
)
FAMILIES = tuple(
    "Abe Bauer Costa Dubois Evans Fischer García Haddad Ito Jansen Kowalski Li Moreau Nowak Okafor Petrov".split()  # noqa: SIM905
)
COUNTRIES = ("DE", "DE", "DE", "GB", "GB", "FR", "IT", "US", "PL", "JP")
CENT = Decimal("0.01")


@dataclass(frozen=True)
class Size:
    """How large a world is: events, seats an event, customers, orders. The first of equal sizes hold equal rows."""

    events: int = 200
    seats: int = 5_000
    customers: int = 100_000
    orders: int = 300_000


SMALL = Size(events=20, seats=200, customers=500, orders=1_500)


def mixed(number: int, salt: int) -> int:
    """Return a number below 2**32 that looks random and depends on nothing else."""
    number = (number * 0x9E3779B1 + salt * 0x85EBCA77) & 0xFFFFFFFF
    number = ((number ^ (number >> 15)) * 0x2C1B3C6D) & 0xFFFFFFFF
    return number ^ (number >> 13)


def venues(size: Size) -> Iterator[Row]:
    """Yield the rows of `venue`; `facts` differ in their keys, as real ones do."""
    for number, place in enumerate(VENUES, 1):
        facts: dict[str, Any] = {"capacity": size.seats, "step_free": number % 3 != 0}
        if number % 2:
            facts["cloakroom"] = {"fee": "2.00", "currency": "EUR"}
        if number % 4 == 0:
            facts["hearing_loop"] = ["Stalls", "Circle"]
        yield (number, *place, facts)


def events(size: Size) -> Iterator[Row]:
    """Yield the rows of `event`, in the order of their start: one in five lies ahead of NOW."""
    for number in range(1, size.events + 1):
        random = Random(f"event {number}")
        artist = f"The {FIRST[mixed(number, 1) % len(FIRST)]} {LAST[mixed(number, 2) % len(LAST)]}"
        genre = GENRES[mixed(number, 3) % len(GENRES)]
        starts = NOW.replace(hour=18) + timedelta(days=3 * (number - 4 * size.events // 5) - 1)
        words = random.sample(FIRST + LAST, 6)
        described = f"An evening of {genre} with {artist}: {' '.join(words).lower()}, and one encore."
        yield (
            number, 1 + mixed(number, 4) % len(VENUES), f"{artist} live", artist, genre, described, starts,
            starts - timedelta(days=30, hours=8),
        )  # fmt: skip


def seats(size: Size, numbers: range | None = None) -> Iterator[Row]:
    """Yield the rows of `seat`, event by event; those of events that are over are sold but for one in twenty."""
    ahead = 4 * size.events // 5
    for event_id in numbers or range(1, size.events + 1):
        sold = 950 if event_id <= ahead else 700 - 60 * min(10, event_id - ahead)  # of a thousand
        held = sold + 20 if event_id > ahead else sold
        half = Decimal("0.50") if event_id % 3 else Decimal("0.00")
        prices = [120 - 25 * section + 10 * (event_id % 4) + half for section in range(4)]
        for place in range(size.seats):
            number = (event_id - 1) * size.seats + place + 1
            chance = mixed(number, 5) % 1000
            section = 4 * place // size.seats
            row_number, at = divmod(place - section * size.seats // 4, 25)
            where = number, event_id, SECTIONS[section], row_number + 1, at + 1, prices[section]
            if sold <= chance < held:
                until = NOW + timedelta(seconds=mixed(number, 7) % 1200 - 600)
                yield *where, "held", f"session-{mixed(number, 6):08x}", until
            else:
                yield *where, "sold" if chance < sold else "free", None, None


def customers(size: Size) -> Iterator[Row]:
    """Yield the rows of `customer`; letters of an address come in both cases, as people type them."""
    for number in range(1, size.customers + 1):
        first, family = PEOPLE[mixed(number, 8) % len(PEOPLE)], FAMILIES[mixed(number, 9) % len(FAMILIES)]
        name = f"{first} {family}"
        email = f"{first}.{family}{number}@{'example.com' if number % 50 else 'agency.example'}"
        joined = NOW - timedelta(minutes=mixed(number, 10) % 1_500_000)
        country = COUNTRIES[mixed(number, 11) % len(COUNTRIES)]
        yield number, email if mixed(number, 12) % 3 == 0 else email.lower(), name, country, number % 4 == 0, joined


def orders(size: Size) -> Iterator[Row]:
    """Yield the rows of `orders`, oldest first: 96 in 100 are paid, one in 200 is still pending."""
    span = 600 * 24 * 60 * 60
    for number in range(1, size.orders + 1):
        chance = mixed(number, 13) % 1000
        status = "paid" if chance < 960 else "refunded" if chance < 985 else "failed" if chance < 995 else "pending"
        buyer = 1 + mixed(number, 14) % size.customers
        if chance % 10 == 0:  # companies
            buyer = max(1, buyer - buyer % 50)
        placed = NOW - timedelta(seconds=span - span * number // size.orders + mixed(number, 15) % 60)
        total = Decimal(1 + mixed(number, 16) % 4) * Decimal(45 + mixed(number, 17) % 80)
        yield number, buyer, 1 + mixed(number, 18) % size.events, status, total.quantize(CENT), placed

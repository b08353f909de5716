"""Load what is missing, then answer HTTP on port 8000."""

from __future__ import annotations

import contextlib
import threading
import traceback
from collections.abc import AsyncIterator
from typing import Any

import uvicorn
from fastapi import FastAPI, HTTPException, Response
from pydantic import BaseModel

from catalogue import holds, ledger, load, search, seats, venues

STOPPED = threading.Event()


class Title(BaseModel):
    """A new title of an event."""

    title: str


class Order(BaseModel):
    """Who buys which seats."""

    customer: int
    seats: list[int]


@contextlib.asynccontextmanager
async def life(_: FastAPI) -> AsyncIterator[None]:
    """Keep the search in step while the service runs."""
    threading.Thread(target=_steps, daemon=True).start()
    yield
    STOPPED.set()


def _steps() -> None:
    while not STOPPED.wait(1):
        try:
            search.keep_in_step()
        except Exception:
            traceback.print_exc()


app = FastAPI(lifespan=life)


@app.get("/health")
def health() -> str:
    """Answer when everything is loaded."""
    return "well"


@app.get("/cheapest")
def cheapest(limit: int = 20, page: str = "") -> Any:
    """Return free seats of all events; `page` is what `next` of the page before was."""
    return seats.cheapest(limit, page)


@app.get("/customers")
def customers(email: str) -> Any:
    """Return a customer by address."""
    return seats.customer(email) or _missing()


@app.put("/holds/{seat}")
def hold(seat: int, session: str, response: Response) -> Any:
    """Hold a seat: 201 for the one who has it, 409 for everybody else."""
    mine = holds.take(seat, session)
    response.status_code = 201 if mine else 409
    return {"held": mine}


@app.delete("/holds/{seat}")
def give_back(seat: int, session: str) -> Any:
    """Give a seat back: 404 for those who do not hold it."""
    return holds.release(seat, session) or _missing()


@app.post("/orders", status_code=201)
def buy(order: Order) -> Any:
    """Sell seats: 201 and the order, 409 where one is taken."""
    number = seats.buy(order.customer, order.seats)
    if number is None:
        raise HTTPException(409)
    return {"order": number}


@app.get("/search")
def found(q: str) -> Any:
    """Return the events that fit a text."""
    return {"events": search.find(q)}


@app.patch("/events/{event}")
def rename(event: int, change: Title) -> Any:
    """Rename an event."""
    search.rename(event, change.title)
    return {"title": change.title}


@app.get("/venues/{number}")
def venue(number: int) -> Any:
    """Return a venue."""
    return venues.read(number) or _missing()


@app.patch("/venues/{number}")
def change(number: int, facts: dict[str, Any]) -> Any:
    """Change facts of a venue."""
    return venues.change(number, facts) or _missing()


@app.post("/settlements/{event}")
def settle(event: int) -> Any:
    """Write an event's takings into the ledger."""
    return {"orders": ledger.settle(event)}


def _missing() -> Any:
    raise HTTPException(404)


if __name__ == "__main__":
    load.fill()
    for part in (seats, search, ledger):
        part.create()
    uvicorn.run(app, host="0.0.0.0", port=8000, log_level="warning", timeout_keep_alive=60)

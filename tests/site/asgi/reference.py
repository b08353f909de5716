# exercise: sample.bookings
from fastapi import FastAPI, HTTPException
from pydantic import BaseModel


class Booking(BaseModel):
    seat: str
    customer: str


app = FastAPI()
booked: dict[str, str] = {}


@app.post("/bookings", status_code=201)
def book(booking: Booking) -> Booking:
    if booking.seat in booked:
        raise HTTPException(409, "this seat is sold")
    booked[booking.seat] = booking.customer
    return booking

# Subtracts the minutes on the clock of the venue.
# fails: test_minutes_are_minutes, test_the_second_half_past_two_is_another_one, test_the_clock_of_the_scheduler_may_be_local, test_order_is_the_order_of_instants
# says: the stewards stood at the doors an hour too
# exercise: core.doors-open
from datetime import UTC, datetime, timedelta


class Doors:
    """Opens the doors of shows: `add` when a show is listed, `due` at every poll."""

    def __init__(self) -> None:
        self._plan: dict[str, datetime] = {}

    def add(self, show: str, starts: datetime, minutes: int) -> datetime:
        """Plan the doors so many minutes before the show and return their opening, a local time of the show's zone."""
        if starts.tzinfo is None:
            raise ValueError(f"{show}: {starts} is a time of no zone")
        instant = starts.astimezone(UTC)
        if instant.astimezone(starts.tzinfo).replace(tzinfo=None) != starts.replace(tzinfo=None):
            raise ValueError(f"no clock shows {starts}: it is skipped that night")
        opens = starts - timedelta(minutes=minutes)
        self._plan[show] = opens.astimezone(UTC)
        return opens

    def due(self, now: datetime) -> list[str]:
        """Return the shows whose doors are to be opened, each once."""
        if now.tzinfo is None:
            raise ValueError(f"now, {now}, is a time of no zone")
        instant = now.astimezone(UTC)
        ready = sorted((opens, show) for show, opens in self._plan.items() if opens <= instant)
        for _, show in ready:
            del self._plan[show]
        return [show for _, show in ready]

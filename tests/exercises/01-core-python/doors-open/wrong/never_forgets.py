# Opens the doors again at every poll after the first.
# fails: test_doors_open_once_in_a_night_with_an_hour_twice, test_a_late_poll_opens_what_is_due, test_doors_in_three_zones, test_the_clock_of_the_scheduler_may_be_local
# says: whoever was scanned in the first hour was let in again in the
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
        self._plan[show] = instant - timedelta(minutes=minutes)
        return self._plan[show].astimezone(starts.tzinfo)

    def due(self, now: datetime) -> list[str]:
        """Return the shows whose doors are to be opened, each once."""
        if now.tzinfo is None:
            raise ValueError(f"now, {now}, is a time of no zone")
        instant = now.astimezone(UTC)
        ready = sorted((opens, show) for show, opens in self._plan.items() if opens <= instant)
        return [show for _, show in ready]

# Finds the capacity by bisection, with fresh keys for each trial, and the policy by asking twice.
# exercise: core.black-box
from collections.abc import Callable
from contextlib import suppress
from secrets import token_hex


def explore(lookup: Callable[[str], int | None], sent: Callable[[], int]) -> Findings:
    """Measure a cache from outside, within 5,000 lookups."""

    def requests(*keys: str) -> int:
        before = sent()
        for key in keys:
            with suppress(ConnectionError):
                lookup(key)
        return sent() - before

    def holds(size: int) -> bool:
        keys = [token_hex(9) for _ in range(size)]
        requests(*keys)
        return requests(keys[0]) == 0

    low, high = 2, 251
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (middle, high) if holds(middle) else (low, middle)
    keys = [token_hex(9) for _ in range(low + 1)]
    requests(*keys[:low], keys[0], keys[low])
    used = requests(keys[0]) == 0
    missing, down = f"missing-{token_hex(9)}", f"down-{token_hex(9)}"
    requests(missing, down)
    return Findings(low, "lru" if used else "fifo", requests(missing) == 0, requests(down) == 0)

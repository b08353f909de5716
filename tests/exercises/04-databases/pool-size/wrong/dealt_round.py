# Deals the requests round, like cards, instead of to the session that is free first.
# fails: test_the_four_of_the_example, test_the_smallest_pool_that_keeps_the_target, test_who_waited_did_not_hold, test_the_recorded_night, test_the_order_is_that_of_asking
# says: (allowed_ms, late)
# exercise: databases.pool-size
import psycopg


def pool_size(url: str, allowed_ms: int, late: int) -> int:
    """Return the fewest sessions with which at most `late` of the recorded requests wait longer than `allowed_ms`."""
    with psycopg.connect(url) as session:
        statement = "SELECT asked_ms, returned_ms - lent_ms FROM lending ORDER BY asked_ms, id"
        requests = session.execute(statement).fetchall()
    size = 1
    while True:
        free_at, beyond = [0] * size, 0
        for number, (asked, hold) in enumerate(requests):
            start = max(asked, free_at[number % size])
            free_at[number % size] = start + hold
            beyond += start - asked > allowed_ms
        if beyond <= late:
            return size
        size += 1

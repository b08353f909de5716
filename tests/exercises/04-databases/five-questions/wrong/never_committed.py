# Opens a connection, makes the indexes, and closes it without a commit.
# fails: test_the_till_touches_six_pages, test_the_clean_up_touches_expired_holds_only, test_a_history_touches_ten_pages, test_a_sum_touches_the_orders_that_it_adds_up, test_a_login_touches_four_pages, test_a_nearly_sold_out_show_is_as_fast, test_four_indexes_do, test_they_are_small, test_the_night_may_run_it_again
# says: the till waits while the server reads
# exercise: databases.five-questions
import psycopg


def prepare(url: str) -> None:
    """Add the indexes that the five questions need; may be run again."""
    db = psycopg.connect(url)
    with db.cursor() as cursor:
        cursor.execute("CREATE INDEX IF NOT EXISTS seat_cheapest ON seat (event_id, price) WHERE status = 'free'")
        cursor.execute("CREATE INDEX IF NOT EXISTS seat_expiry ON seat (held_until) WHERE status = 'held'")
        cursor.execute("CREATE INDEX IF NOT EXISTS orders_history ON orders (customer_id, placed_at)")
        cursor.execute("CREATE INDEX IF NOT EXISTS customer_login ON customer (lower(email))")

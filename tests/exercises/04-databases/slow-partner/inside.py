"""What the checks of databases.slow-partner arrange beside the answer: a pool of one session, and a visitor."""

import answer
from psycopg_pool import ConnectionPool, PoolTimeout


def buy(url, seat, customer, charge):
    """Purchase over a pool of one session, and return what came back.

    While the partner is asked, a visitor needs that session: where the pool gives it to him, the table `visit` gets a row.
    """
    with ConnectionPool(url, min_size=1, max_size=1) as pool:

        def partner(number):
            try:
                with pool.connection(timeout=1) as session:
                    session.execute("INSERT INTO visit VALUES (%s)", [number])
            except PoolTimeout:
                pass
            charge(number)

        return answer.purchase(pool, partner, seat, customer)


def interrupted(url, seat, customer):
    """Purchase, press Ctrl-C while the partner is asked, and return the name of what was raised."""

    def partner(_):
        raise KeyboardInterrupt

    with ConnectionPool(url, min_size=1, max_size=1) as pool:
        try:
            answer.purchase(pool, partner, seat, customer)
        except BaseException as error:
            return type(error).__name__
    return "nothing"

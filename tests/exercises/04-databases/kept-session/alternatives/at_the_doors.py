# Tidies and names at the doors, in transactions of its own, and walks the stack from a generator.
# exercise: databases.kept-session
import sys
import time

from psycopg import Error, sql
from psycopg.pq import TransactionStatus
from psycopg_pool import ConnectionPool

OTHERS = ("psycopg_pool", "contextlib")


def label(session, name):
    session.execute(sql.SQL("SET application_name TO {}").format(sql.Literal(name)))
    session.commit()


def callers(frame):
    while frame:
        yield frame
        frame = frame.f_back


class WatchedPool(ConnectionPool):
    """A pool whose sessions carry, on the server, the name of the code path that has them."""

    def __init__(self, conninfo="", **settings):
        self.list = []
        super().__init__(conninfo, configure=lambda session: label(session, "in the pool"), **settings)

    def getconn(self, timeout=None):
        session = super().getconn(timeout=timeout)
        who = next(f.f_code.co_qualname for f in callers(sys._getframe(1)) if not f.f_globals["__name__"].startswith(OTHERS))
        try:
            label(session, who)
        except Error:
            super().putconn(session)
            raise
        self.list.append((time.monotonic(), who, session))
        return session

    def putconn(self, conn):
        self.list = [row for row in self.list if row[2] is not conn]
        try:
            if conn.info.transaction_status in (TransactionStatus.INTRANS, TransactionStatus.INERROR):
                conn.rollback()
            label(conn, "in the pool")
        except Error:
            conn.close()
        super().putconn(conn)

    def kept(self, seconds):
        return [who for since, who, _ in self.list if time.monotonic() - since > seconds]

# Keeps a session out that could not be named.
# fails: test_the_detective_keeps_no_session
# says: of three requests after a restart
# exercise: databases.kept-session
import inspect
import time

from psycopg import Connection
from psycopg_pool import ConnectionPool


class WatchedPool(ConnectionPool):
    """A pool whose sessions carry, on the server, the name of the code path that has them."""

    def __init__(self, *args, **settings):
        self.out: dict[Connection, tuple[str, float]] = {}
        super().__init__(*args, configure=self.home, reset=self.home, **settings)

    def home(self, session):
        self.rename(session, "in the pool")

    def rename(self, session, name):
        session.execute("SELECT set_config('application_name', %s, false)", [name])
        session.commit()

    def getconn(self, timeout=None):
        session, caller = super().getconn(timeout), inspect.currentframe().f_back
        while caller.f_globals["__name__"].partition(".")[0] in ("psycopg_pool", "contextlib"):
            caller = caller.f_back
        self.rename(session, caller.f_code.co_qualname)
        self.out[session] = caller.f_code.co_qualname, time.monotonic()
        return session

    def putconn(self, conn):
        self.out.pop(conn, None)
        super().putconn(conn)

    def kept(self, seconds):
        now = time.monotonic()
        return [name for name, since in list(self.out.values()) if now - since > seconds]

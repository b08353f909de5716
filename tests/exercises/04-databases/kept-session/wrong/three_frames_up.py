# Counts frames: the caller is three up with a block, one up without.
# fails: test_a_stack_is_no_code_path
# says: enter_context is as innocent
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
        if caller.f_code.co_name == "connection":
            caller = caller.f_back.f_back
        try:
            self.rename(session, caller.f_code.co_qualname)
        except BaseException:
            super().putconn(session)
            raise
        self.out[session] = caller.f_code.co_qualname, time.monotonic()
        return session

    def putconn(self, conn):
        self.out.pop(conn, None)
        super().putconn(conn)

    def kept(self, seconds):
        now = time.monotonic()
        return [name for name, since in list(self.out.values()) if now - since > seconds]

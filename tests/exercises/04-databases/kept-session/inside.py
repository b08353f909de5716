"""What the checks of databases.kept-session arrange beside the answer: code paths that take sessions, and some that keep them."""

import contextlib
import time

import answer
import psycopg
from psycopg_pool import PoolTimeout


def refund(pool):
    """Take a session and forget it."""
    return pool.getconn()


def seat_map(pool, look):
    """Give the session back, whatever happens."""
    with pool.connection() as session:
        session.execute("SELECT 1")
        look()


class Till:
    """A code path that is a method."""

    def close_day(self, pool):
        return pool.getconn(timeout=5)


def settle(pool, stack):
    """Take a session into a stack."""
    return stack.enter_context(pool.connection())


def _pool(url, size=3, timeout=5.0):
    return answer.WatchedPool(url, min_size=size, max_size=size, timeout=timeout)


def scene(url, look):
    """Look at the server before, while and after three code paths have a session each."""
    with _pool(url) as pool:
        pool.wait()
        look()
        first, second = refund(pool), Till().close_day(pool)
        seat_map(pool, look)
        pool.putconn(first)
        pool.putconn(second)
        look()


def stacked(url, look):
    """Look while a code path has its session in an ExitStack."""
    with _pool(url, 1) as pool, contextlib.ExitStack() as stack:
        settle(pool, stack)
        look()


def fresh(url, look):
    """Look at a session that was taken and not used yet; return what its caller sees of it."""
    with _pool(url, 1) as pool:
        session = refund(pool)
        look()
        seen = session.info.transaction_status.name, session.autocommit
        pool.putconn(session)
        return seen


def rolled_back(url, look):
    """Look after a roll-back of the caller, and after an error that he caught."""
    with _pool(url, 1) as pool:
        session = refund(pool)
        session.execute("SELECT 1")
        session.rollback()
        look()
        with contextlib.suppress(psycopg.Error), session.transaction():
            session.execute("SELECT 1 / 0")
        session.rollback()
        look()
        pool.putconn(session)


def untidy(url, look):
    """Give sessions back out of a block that raised, in the middle of a transaction, and in a failed one; then look."""
    with _pool(url) as pool:
        with contextlib.suppress(ZeroDivisionError), pool.connection() as session:
            session.execute("SELECT 1")
            1 / 0  # noqa: B018
        first, second = refund(pool), refund(pool)
        first.execute("SELECT 1")
        with contextlib.suppress(psycopg.Error):
            second.execute("SELECT 1 / 0")
        pool.putconn(first)
        pool.putconn(second)
        look()


def old_and_new(url):
    """Return who keeps a session for half a second, who keeps one at all, and who does in the end."""
    with _pool(url) as pool:
        first = Till().close_day(pool)
        time.sleep(1)
        second = refund(pool)
        found = [pool.kept(0.5), pool.kept(0), pool.kept(60)]
        pool.putconn(first)
        found.append(pool.kept(0))
        pool.putconn(second)
        return [*found, pool.kept(0)]


def exhausted(url):
    """Return what the pool gives when all are kept, and who keeps them."""
    with _pool(url, 2) as pool:
        kept = [refund(pool), Till().close_day(pool)]
        try:
            kept.append(pool.getconn(0.2))
            said = "a third session"
        except PoolTimeout:
            said = "PoolTimeout"
        found = said, pool.kept(0)
        for session in kept:
            pool.putconn(session)
        return found


def dead_in_the_pool(url, kill):
    """Have every session of the pool killed; return how many of three requests fail, then of three more, and who keeps one."""
    with _pool(url, 3, timeout=1.5) as pool:
        pool.wait()
        kill()
        failed = []
        for _ in range(6):
            try:
                seat_map(pool, lambda: None)
                failed.append(0)
            except psycopg.Error:
                failed.append(1)
        return sum(failed[:3]), sum(failed[3:]), pool.kept(0)


def dead_in_the_hand(url, kill):
    """Have a session killed while it is lent, give it back, and return what was raised, and who keeps one."""
    with _pool(url, 1) as pool:
        session = refund(pool)
        kill()
        said = "nothing"
        try:
            pool.putconn(session)
        except Exception as error:
            said = type(error).__name__
        return said, pool.kept(0)

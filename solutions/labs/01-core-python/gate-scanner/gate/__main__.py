"""Run the service: `python3 -m gate`, with its settings in the environment."""

from __future__ import annotations

import asyncio
import multiprocessing
import os
import signal
from concurrent.futures import ProcessPoolExecutor
from contextlib import AsyncExitStack
from pathlib import Path

from .journal import Journal
from .seal import is_genuine
from .server import LINE_BYTES, Gate

SEAL_PROCESSES = 2


def setting(name: str) -> str:
    """Return a setting; end with a sentence where it is missing."""
    value = os.environ.get(name)
    if not value:
        raise SystemExit(f"{name} is not set. Set it in compose.yaml.")
    return value


def seal_processes() -> ProcessPoolExecutor:
    """Return processes for checking seals: that is Python at work, which threads would only do in turns.

    They are spawned, since a fork would copy threads in any state, and leave Ctrl-C to the service.
    """
    return ProcessPoolExecutor(
        SEAL_PROCESSES,
        mp_context=multiprocessing.get_context("spawn"),
        initializer=signal.signal,
        initargs=(signal.SIGINT, signal.SIG_IGN),
    )


async def main(listen: str, journal_path: Path, key: str) -> None:
    """Serve until SIGTERM or Ctrl-C, then answer what is under way."""
    stop, loop = asyncio.Event(), asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stop.set)
    host, _, port = listen.rpartition(":")
    async with AsyncExitStack() as stack:
        journal = await stack.enter_async_context(Journal(journal_path))
        pool = stack.enter_context(seal_processes())

        async def genuine(ticket: str) -> bool:
            return not ticket.startswith("P-") or await loop.run_in_executor(pool, is_genuine, ticket, key)

        gate = Gate(journal, genuine)
        stack.push_async_callback(gate.stop)  # before the pool and the journal end: left in the opposite order
        server = await asyncio.start_server(gate.talk, host, int(port), limit=LINE_BYTES, backlog=1024)
        stack.callback(server.close)
        print(f"{len(journal.entries)} scans in the journal, listening on {listen}", flush=True)
        await stop.wait()


if __name__ == "__main__":
    asyncio.run(main(setting("GATE_LISTEN"), Path(setting("GATE_JOURNAL")), setting("GATE_SEAL_KEY")))

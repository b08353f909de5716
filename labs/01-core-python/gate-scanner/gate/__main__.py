"""Run the service: `python3 -m gate`, with its settings in the environment."""

from __future__ import annotations

import asyncio
import contextlib
import os
from pathlib import Path

from .journal import Journal
from .server import Gate


def setting(name: str) -> str:
    """Return a setting; end with a sentence where it is missing."""
    value = os.environ.get(name)
    if not value:
        raise SystemExit(f"{name} is not set. Set it in compose.yaml.")
    return value


async def main(listen: str, journal_path: Path, key: str) -> None:
    """Serve until Ctrl-C."""
    host, _, port = listen.rpartition(":")
    with Journal(journal_path) as journal:
        server = await asyncio.start_server(Gate(journal, key).talk, host, int(port))
        print(f"{len(journal.entries)} scans in the journal, listening on {listen}", flush=True)
        async with server:
            await server.serve_forever()


if __name__ == "__main__":
    with contextlib.suppress(KeyboardInterrupt):
        asyncio.run(main(setting("GATE_LISTEN"), Path(setting("GATE_JOURNAL")), setting("GATE_SEAL_KEY")))

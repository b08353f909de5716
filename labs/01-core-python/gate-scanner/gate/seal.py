"""Paper tickets carry a seal that the partner's printers made. This is the partner's module: use it as it is.

A ticket is `P-1042.6f0c2a91`: number, dot, seal. Checking one takes tens of milliseconds of Python, on purpose,
so that nobody finds a seal by trying. Electronic tickets, `T-1042`, have none.
"""

from __future__ import annotations

import hashlib
import hmac

ROUNDS = 60_000


def seal(number: str, key: str) -> str:
    """Return the seal of a ticket number: eight hexadecimal digits."""
    digest = f"{key}:{number}".encode()
    for _ in range(ROUNDS):
        digest = hashlib.sha256(digest).digest()
    return digest.hex()[:8]


def is_genuine(ticket: str, key: str) -> bool:
    """Say whether a ticket is electronic, or paper with the right seal."""
    number, _, sealed = ticket.partition(".")
    return not number.startswith("P-") or hmac.compare_digest(seal(number, key), sealed)

"""Ask the service for a sign of life: `python3 -m gate.health` ends with 0 when it answers in time."""

import os
import socket

port = int(os.environ["GATE_LISTEN"].rpartition(":")[2])
with socket.create_connection(("127.0.0.1", port), timeout=1) as connection:
    connection.sendall(b"PING\n")
    if connection.recv(16) != b"PONG\n":
        raise SystemExit("the gate answers, but not with PONG")

"""What "fixed" means for the gate: each function is one behaviour, tried on a running service with an empty journal."""

from __future__ import annotations

import asyncio
import contextlib
import runpy
import socket
import time
from collections.abc import AsyncIterator
from pathlib import Path

from turnstiles import Evening, Line, crowd, settle, turnstile

from course.labs.check import Missed
from course.labs.running import Command, Running

SERVICE, JOURNAL = "gate", "/data/journal"
SEALS = Path(__file__).resolve().parents[4] / "labs/01-core-python/gate-scanner/gate/seal.py"
PROCESSES = {
    SERVICE: Command(
        ("-m", "gate"),
        data="/data",
        environment={"GATE_LISTEN": "127.0.0.1:{port}", "GATE_JOURNAL": "{data}/journal"},
    )
}
TURNSTILES = 300
STOP_SECONDS = 12.0
PAPER = 16
QUOTA = 2**20  # bytes a file, of compose.yaml


async def prepare(lab: Running) -> None:
    """Put the service onto an empty journal, whatever the last behaviour left."""
    lab.signal(SERVICE, "KILL")
    lab.ended(SERVICE, 10)
    lab.write(SERVICE, JOURNAL, b"")
    lab.start(SERVICE)
    await ready(lab)


async def ready(lab: Running, seconds: float = 20.0) -> None:
    """Wait until the service answers a ping."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline and await asyncio.to_thread(lab.ended, SERVICE, 0) is None:
        with contextlib.suppress(OSError, TimeoutError):
            async with Line.to(lab.address(SERVICE)) as line:
                if await line.ask("PING") == "PONG":
                    return
        await asyncio.sleep(0.05)
    raise Missed("starting the service", lab.log(3) or "silence", "PONG after PING", "nobody enters")


async def stopped(lab: Running, name: str) -> int | None:
    """Send a signal and return the exit code, None where the service does not end in time."""
    await asyncio.to_thread(lab.signal, SERVICE, name)
    code = await asyncio.to_thread(lab.ended, SERVICE, STOP_SECONDS)
    if code is None:
        await asyncio.to_thread(lab.signal, SERVICE, "KILL")
        await asyncio.to_thread(lab.ended, SERVICE, STOP_SECONDS)
    return code


async def more(evening: Evening, scans: int = TURNSTILES) -> None:
    """Wait until so many more scans are answered."""
    target, deadline = len(evening.told) + scans, time.monotonic() + 20
    while len(evening.told) < target:
        if time.monotonic() > deadline:
            got = f"{scans - target + len(evening.told)} answers in 20 s"
            raise Missed(
                f"{scans} scans of {TURNSTILES} turnstiles", got, "all answers", "a guest waits for two seconds"
            )
        await asyncio.sleep(0.01)


async def restarted(lab: Running, evening: Evening) -> None:
    """Start the service and wait until the turnstiles are at work again."""
    await asyncio.to_thread(lab.start, SERVICE)
    await ready(lab)
    await more(evening)


async def settled(lab: Running, evening: Evening, call: str) -> None:
    """Compare the journal with what the turnstiles were told."""
    if problems := settle(await asyncio.to_thread(lab.read, SERVICE, JOURNAL), evening):
        raise Missed(
            call, "; ".join(problems), "every answered scan once, as answered", "the records say who is inside"
        )


async def check_a_paper_ticket_keeps_nobody_else_waiting(lab: Running) -> None:
    """While paper tickets are checked at sixteen turnstiles, the next turnstile gets its answer."""
    seal, key = runpy.run_path(str(SEALS))["seal"], lab.settings["GATE_SEAL_KEY"]
    tickets = [f"P-{n}.{seal(f'P-{n}', key)}" for n in range(PAPER - 1)] + ["P-9999.00000000"]
    async with contextlib.AsyncExitStack() as stack:
        lines = [await stack.enter_async_context(Line.to(lab.address(SERVICE))) for _ in range(PAPER + 1)]
        await asyncio.to_thread(lab.freeze, SERVICE)  # so that it finds all of them waiting, in this order
        try:
            for n, (line, ticket) in enumerate(zip(lines, tickets, strict=False)):
                line.send(f"SCAN G{n} {ticket} paper-{n}")
            answers = [asyncio.create_task(line.hear(20)) for line in lines[:-1]]
            await asyncio.sleep(0.2)
            lines[-1].send("SCAN G99 T-1042 electronic")
            await asyncio.sleep(0.1)
        finally:
            await asyncio.to_thread(lab.thaw, SERVICE)
        answer = await lines[-1].hear(20)
        before = sum(task.done() for task in answers)
        told = [answer, *await asyncio.gather(*answers)]
    call = f"{PAPER} turnstiles with paper tickets, then one with an electronic ticket"
    expected = ["WELCOME electronic", *(f"WELCOME paper-{n}" for n in range(PAPER - 1)), f"REFUSED paper-{PAPER - 1}"]
    if told != expected:
        wrong = [pair for pair in zip(told, expected, strict=True) if pair[0] != pair[1]]
        raise Missed(call, wrong[0][0], wrong[0][1], "all of them paid, except for the last, whose seal is forged")
    if before > PAPER // 2:
        raise Missed(
            call, f"it was answered after {before} of the {PAPER} seals", "an answer at once", "a seal takes 30 ms"
        )


async def check_a_desk_that_does_not_read_costs_nobody_an_answer(lab: Running) -> None:
    """A control desk that asks for reports and reads none of them fills neither the memory nor the evening."""
    call = "REPORTs that nobody reads, and one turnstile with 20 tickets"
    evening, code, deadline = Evening(), None, time.monotonic() + 12
    async with silent_desk(lab) as desk, asyncio.TaskGroup() as group:
        cards = [(f"T-{n}", f"s-{n}") for n in range(20)]
        tasks = [
            group.create_task(turnstile(lab.address(SERVICE), 8, iter(cards), evening)),
            group.create_task(flood(desk)),
        ]
        while code is None and not all(task.done() for task in tasks) and time.monotonic() < deadline:
            code = await asyncio.to_thread(lab.ended, SERVICE, 0)
            await asyncio.sleep(0.05)
        for task in tasks:
            task.cancel()
    code = await asyncio.to_thread(lab.ended, SERVICE, 0.5)
    if code is not None:
        raise Missed(call, f"the service ended with code {code}", "a service that lives", "its memory is limited")
    if len(evening.told) < len(cards):
        raise Missed(call, f"{len(evening.told)} of 20 scans answered", "all 20", "one desk stops every gate")


@contextlib.asynccontextmanager
async def silent_desk(lab: Running) -> AsyncIterator[socket.socket]:
    """Start the service on a journal with a long report, and yield the connection of a desk that has asked for some."""
    await stopped(lab, "KILL")
    lab.write(SERVICE, JOURNAL, full_journal(2_000))
    lab.start(SERVICE)
    await ready(lab)
    loop = asyncio.get_running_loop()
    with socket.socket() as desk:
        desk.setblocking(False)
        desk.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        await loop.sock_connect(desk, lab.address(SERVICE))
        await loop.sock_sendall(desk, b"REPORT G7\n" * 200)
        yield desk


async def flood(desk: socket.socket) -> None:
    """Ask on and on until the service has taken nothing for 3.5 s, or for 8 s; then read, until it has hung up."""
    loop = asyncio.get_running_loop()
    with contextlib.suppress(ConnectionError):
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(8):
                while True:
                    async with asyncio.timeout(3.5):
                        await loop.sock_sendall(desk, b"REPORT G7\n" * 1_000)
        while await loop.sock_recv(desk, 2**16):
            pass


def full_journal(entries: int) -> bytes:
    """Return a journal of so many entries, equally long, all of gate G7."""
    return "".join(f"old-{n:07} G7 T-{n:07} WELCOME\n" for n in range(entries)).encode()


async def check_a_line_that_does_not_end_is_hung_up_on(lab: Running) -> None:
    """A line once begun ends within 1,024 bytes and two seconds, or its connection does; a silent turnstile may stay."""
    address = lab.address(SERVICE)
    async with Line.to(address) as silent, Line.to(address) as slow, Line.to(address) as long:
        slow.send(b"SCAN G7 T-10")
        long.send(b"SCAN G7 " + b"9" * 100_000)
        await hung_up(slow, "half a line, then nothing")
        await hung_up(long, "a line of 100,000 bytes")
        if (answer := await silent.ask("SCAN G7 T-1 s-1")) != "WELCOME s-1":
            raise Missed("a scan after silence", answer, "WELCOME s-1", "between two guests a turnstile is silent")


async def hung_up(line: Line, call: str) -> None:
    """Read until the service hangs up."""
    try:
        async with asyncio.timeout(4):
            while await line.reader.read(1024):
                pass
    except ConnectionError:
        pass
    except TimeoutError:
        why = "each holds a socket, and there are hundreds"
        raise Missed(call, "still connected after 4 s", "ERROR, then the end", why) from None


async def check_half_a_scan_is_not_acted_upon(lab: Running) -> None:
    """A scan whose line breaks off is no scan: half of a ticket's number is another ticket's."""
    async with Line.to(lab.address(SERVICE)) as line:
        line.send(b"SCAN G7 T-1042 s-1")  # of s-1042: somebody pulled the cable
        line.writer.write_eof()
        with contextlib.suppress(ConnectionError):
            async with asyncio.timeout(4):
                await line.reader.read()
    async with Line.to(lab.address(SERVICE)) as line:
        call, answer = "'SCAN G7 T-1042 s-1' without its end, then s-2", await line.ask("SCAN G7 T-1042 s-2")
    if answer != "WELCOME s-2":
        raise Missed(call, answer, "WELCOME s-2", "nobody was let in by half a line")


async def check_a_bad_line_is_answered_and_costs_nothing_else(lab: Running) -> None:
    """After a line that is no command, the same turnstile's next scan is answered."""
    spaced = b'{"op": "scan", "gate": "G 7", "ticket": "T-1", "scan": "s-1"}'
    why = "the guest behind it did nothing wrong"
    async with Line.to(lab.address(SERVICE)) as line:
        for n, bad in enumerate((b"SCAN G7", b"\xff\xfe\x00", b"", b'{"op": "scan", "gate": 7}', b'{"op":', spaced)):
            call = f"{bad!r}, then a scan"
            try:
                answers = [await line.ask(bad + b"\n"), await line.ask(f"SCAN G7 T-{n} s-{n}")]
            except (ConnectionError, TimeoutError) as error:
                raise Missed(call, str(error) or "silence", f"ERROR …, then WELCOME s-{n}", why) from None
            if not answers[0].startswith("ERROR") or answers[1] != f"WELCOME s-{n}":
                raise Missed(call, str(answers), f"ERROR …, then WELCOME s-{n}", why)


async def check_a_scan_that_is_sent_again_counts_once(lab: Running) -> None:
    """A turnstile that reconnects and repeats a scan hears the first verdict again, also when both are under way."""
    address, scan = lab.address(SERVICE), "SCAN G7 T-1042 s-1"
    answers = []
    for _ in range(2):
        async with Line.to(address) as line:
            answers.append(await line.ask(scan))
    async with Line.to(address) as one, Line.to(address) as two:
        one.send("SCAN G7 T-1043 s-2")
        two.send("SCAN G7 T-1043 s-2")
        answers += [await one.hear(), await two.hear()]
        again = await one.ask("SCAN G8 T-1042 s-3")
    if answers != (expected := ["WELCOME s-1"] * 2 + ["WELCOME s-2"] * 2):
        raise Missed(f"twice {scan}", str(answers), str(expected), "the answer got lost, and the guest paid")
    if again != "REFUSED s-3":
        raise Missed("SCAN G8 T-1042 s-3", again, "REFUSED s-3", "a new scan of a used ticket is a second guest")
    await stopped(lab, "TERM")
    await settled(lab, Evening({"s-1": "WELCOME", "s-2": "WELCOME", "s-3": "REFUSED"}), f"twice {scan}")


async def check_sigterm_under_load_loses_no_scan(lab: Running) -> None:
    """SIGTERM comes while 300 turnstiles scan and a desk does not read: it ends in 12 s with 0, and no scan is lost."""
    call = f"SIGTERM while {TURNSTILES} turnstiles scan, then a start"
    async with silent_desk(lab), crowd(lab.address(SERVICE), TURNSTILES, seed=6) as evening:
        await more(evening)
        code = await stopped(lab, "TERM")
        await settled(lab, evening, call)
        if code != 0:
            got = "no end within 12 s" if code is None else f"exit code {code}"
            raise Missed(call, got, "exit code 0", "the engine kills what does not end by itself")
        await restarted(lab, evening)
    await settled(lab, evening, call)


async def check_a_crash_under_load_loses_no_scan(lab: Running) -> None:
    """SIGKILL comes while 300 turnstiles scan: after a start, no answered scan is lost and none counts twice."""
    call = f"SIGKILL while {TURNSTILES} turnstiles scan, then a start"
    async with crowd(lab.address(SERVICE), TURNSTILES, seed=7) as evening:
        await more(evening)
        await stopped(lab, "KILL")
        await settled(lab, evening, call)
        await restarted(lab, evening)
    await settled(lab, evening, call)


async def check_half_a_last_line_does_not_keep_it_from_starting(lab: Running) -> None:
    """After a crash in the middle of a line, the service starts, keeps what is whole and takes the scan again."""
    for last in (b"s-2 G7 T-", b"s-2 G7 T-2 WEL"):
        await stopped(lab, "KILL")
        lab.write(SERVICE, JOURNAL, b"s-1 G7 T-1 WELCOME\n" + last)
        lab.start(SERVICE)
        await ready(lab)
        async with Line.to(lab.address(SERVICE)) as line:
            answers = [await line.ask(f"SCAN G7 T-{n} s-{n}") for n in (1, 2)]
        call, expected = f"a last line {last.decode()!r}, a start, both scans again", ["WELCOME s-1", "WELCOME s-2"]
        if answers != expected:
            raise Missed(call, str(answers), str(expected), "neither guest has entered twice")
        await stopped(lab, "TERM")
        await settled(lab, Evening({"s-1": "WELCOME", "s-2": "WELCOME"}), call)


async def check_a_full_disk_costs_no_scan(lab: Running) -> None:
    """When the journal cannot grow, a turnstile hears ERROR, never a verdict that is not recorded; the service lives."""
    await stopped(lab, "KILL")
    lab.write(SERVICE, JOURNAL, full_journal(QUOTA // len(full_journal(1)) - 10))
    lab.start(SERVICE)
    await ready(lab)
    evening, answers, call = Evening(), [], "40 scans, when the journal has room for ten or so"
    async with Line.to(lab.address(SERVICE)) as line:
        for n in range(40):
            verdict, _, scan = (await line.ask(f"SCAN G8 T-8-{n} s-{n}")).partition(" ")
            answers.append(verdict)
            if verdict != "ERROR":
                evening.answered(scan, verdict)
    await stopped(lab, "TERM")
    await settled(lab, evening, call)
    if answers[0] != "WELCOME" or answers[-1] != "ERROR":
        raise Missed(
            call, f"{answers[0]} first, {answers[-1]} last", "WELCOME first, ERROR last", "a verdict is a promise"
        )

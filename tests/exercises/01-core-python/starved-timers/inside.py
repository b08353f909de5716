"""What the checks of core.starved-timers arrange beside the answer."""

import re

import answer

ACTS = re.compile(r"call_(soon)\((\w+)\)|call_(later)\((\d+), (\w+)\)|(\w+)\.(cancel)\(\)|(takes) (\d+) ms|(raise)")


class _Network(answer.Network):
    def __init__(self, arrivals):
        super().__init__(arrivals)
        self.polls = []

    def poll(self, timeout):
        self.polls.append(timeout)
        if len(self.polls) > 2_000:
            raise SystemError("two thousand turns, and no end")
        return super().poll(timeout)


def _acts(text):
    """Return the parts of "takes 10 ms, call_soon(A1), call_later(30, A2), A3.cancel(), raise", word by word."""
    return [[word for word in found if word] for found in ACTS.findall(text)]


def play(start, does=None, arrivals=None):
    """Make the calls of `start` and run the loop. What a name does when it is called stands in `does`.

    `arrivals`: when what arrives. Return (moment, name) for each call, the timeouts that were polled, and the errors that
    the loop kept.
    """
    log, timers = [], {}

    def act(words):
        match words:
            case ["soon", name]:
                loop.call_soon(call, name)
            case ["later", ms, name]:
                timers[name] = loop.call_later(int(ms), call, name)
            case [name, "cancel"]:
                timers[name].cancel()
            case ["takes", ms]:
                network.now += int(ms)

    def call(name):
        log.append((network.now, name))
        for words in _acts((does or {}).get(name, "")):
            if words == ["raise"]:
                raise ConnectionError(name)
            act(words)

    network = _Network([(moment, lambda name=name: call(name)) for name, moment in (arrivals or {}).items()])
    loop = answer.Loop(network)
    for words in _acts(", ".join(start)):
        act(words)
    loop.run()
    return log, network.polls, [str(error) for error in loop.errors]


def busy_gate(evening):
    """Let each scan make the next one. Return the moment at which the hold, or the guest, was called, how many calls
    were made, and which timeouts were polled.
    """
    scans, takes = evening["scans"], evening["ms each"]
    does = {f"scan{n}": f"takes {takes} ms, call_soon(scan{n + 1})" for n in range(scans - 1)}
    start = ["call_soon(scan0)"]
    arrivals = {}
    if "hold due at" in evening:
        start.append(f"call_later({evening['hold due at']}, other)")
    else:
        arrivals["other"] = evening["guest comes at"]
    log, polls, _ = play(start, does, arrivals)
    return next((moment for moment, name in log if name == "other"), None), len(log), polls

"""What the checks of core.starved-timers arrange beside the answer."""

import answer


class _Network(answer.Network):
    def __init__(self, arrivals):
        super().__init__(arrivals)
        self.polls = []

    def poll(self, timeout):
        self.polls.append(timeout)
        if len(self.polls) > 2_000:
            raise SystemError("two thousand turns, and no end")
        return super().poll(timeout)


def play(start, does, arrivals):
    """Run a loop: call `start`, let `arrivals` arrive; a name takes the time and makes the calls that `does` says.

    Return (moment, name) for each call, the timeouts that were polled, and the errors that the loop kept.
    """
    log, timers = [], {}

    def act(name, verb, *rest):
        if verb == "soon":
            loop.call_soon(call, rest[0])
        elif verb == "later":
            timers[rest[1]] = loop.call_later(rest[0], call, rest[1])
        elif verb == "cancel":
            timers[rest[0]].cancel()
        elif verb == "fail":
            raise ConnectionError(name)

    def call(name):
        log.append((network.now, name))
        takes, *acts = does.get(name, [0])
        network.now += takes
        for each in acts:
            act(name, *each)

    network = _Network([(moment, lambda name=name: call(name)) for moment, name in arrivals])
    loop = answer.Loop(network)
    for each in start:
        act("", *each)
    loop.run()
    return log, network.polls, [str(error) for error in loop.errors]

"""What the checks of core.watched arrange beside the answer."""

import answer


class Left(BaseException):
    """Thrown into a coroutine that is to stop; no Exception, like asyncio's CancelledError."""


class _Pause:
    def __init__(self, label):
        self.label = label

    def __await__(self):
        return (yield self.label)


class _World:
    def __init__(self):
        self.now, self.noted = 0, []

    def clock(self):
        return self.now

    def coroutine(self, name, steps):
        """Return a coroutine of that name which takes the steps."""

        async def body():
            for step in steps:
                match step:
                    case ("work", took):
                        self.now += took
                    case ("pause", label):
                        self.noted.append((name, await _Pause(label)))
                    case ("call", other, inner):
                        self.noted.append((name, await self.coroutine(other, inner)))
                    case ("fail", message):
                        raise ConnectionError(message)
                    case ("guard", inner, cleanup):
                        try:
                            await self.coroutine(f"{name}.guarded", inner)
                        except (Left, ConnectionError) as error:
                            self.noted.append((name, type(error).__name__))
                            await self.coroutine(f"{name}.cleanup", cleanup)
                    case ("finally", inner, cleanup):
                        try:
                            await self.coroutine(f"{name}.guarded", inner)
                        finally:
                            await self.coroutine(f"{name}.cleanup", cleanup)
                    case ("return", value):
                        return value
            return None

        body.__name__ = name
        return body()


def play(steps, limit, answers):
    """Watch the coroutine `gate`; resume it with each answer, after some time: (ms, value) or (ms, "throw", kind).

    Return what it yielded, what was reported, how it ended, what its coroutines noted.
    """
    world, yielded, reports = _World(), [], []

    def report(*what):
        reports.append((len(yielded), *what))

    async def outer():
        return await answer.watched(world.coroutine("gate", steps), world.clock, limit, report)

    running, ended = outer(), "waits"
    try:
        yielded.append(running.send(None))
        for pause, *given in answers:
            world.now += pause
            if given[0] == "close":
                running.close()
                ended = "closed"
                break
            if given[0] == "throw":
                error = Left("walked away") if given[1] == "Left" else ConnectionError("hung up")
                yielded.append(running.throw(error))
            else:
                yielded.append(running.send(given[0]))
    except StopIteration as end:
        ended = ("returned", end.value)
    except (Left, ConnectionError) as error:
        ended = (type(error).__name__, str(error))
    return yielded, reports, ended, world.noted

"""What the checks of core.gather arrange beside the answer."""

import answer


class _Evening:
    def __init__(self, children):
        self.loop, self.log, self.children, self.tasks = answer.Loop(), [], children, {}
        self.create_task = self.loop.create_task
        self.loop.create_task = self.started

    def note(self, name, what):
        self.log.append((self.loop.time(), name, what))

    def started(self, coroutine):
        task = self.create_task(coroutine)
        self.tasks[coroutine.__name__] = task
        return task

    def child(self, name, takes, outcome, cleanup=0, at_cleanup=None):
        """Return a coroutine that works for some time; when it is cancelled, it cleans up for some time."""

        async def work():
            self.note(name, "starts")
            try:
                if takes:
                    await answer.sleep(self.loop, takes)
                if isinstance(outcome, Exception):
                    raise outcome
                if outcome == "cancelled":
                    raise answer.Cancelled
            except answer.Cancelled:
                if cleanup:
                    await answer.sleep(self.loop, cleanup)
                self.note(name, "cancelled")
                if at_cleanup == "returns":
                    return "saved"
                if at_cleanup is not None:
                    raise at_cleanup
                raise
            self.note(name, "done")
            return outcome

        work.__name__ = name
        return work()

    async def all_of_them(self):
        return await answer.gather(self.loop, *(self.child(*each) for each in self.children))

    async def evening(self, cancel_at):
        task = self.loop.create_task(self.all_of_them())
        if cancel_at is not None:
            await answer.sleep(self.loop, cancel_at)
            task.cancel()
        try:
            value = await task
        except (Exception, answer.Cancelled) as error:
            value = f"{type(error).__name__}: {error}" if str(error) else type(error).__name__
        return value, self.loop.time(), task.steps


def play(children, cancel_at=None):
    """Gather children (name, ms, outcome, [ms of clean-up, what that raises]), perhaps cancel the gathering.

    Return what came of it, when, and in how many steps; (moment, name, what) for all children; who is still at it.
    """
    evening = _Evening(children)
    value, when, steps = evening.loop.run_until_complete(evening.evening(cancel_at))
    names = {name for name, *_ in children}
    left = sorted(name for name, task in evening.tasks.items() if name in names and not task.done())
    return value, when, steps, evening.log, left

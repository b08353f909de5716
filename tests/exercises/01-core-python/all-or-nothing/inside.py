"""What the checks of core.all-or-nothing arrange beside the answer."""

import answer


class _Book:
    def __init__(self, holds):
        self.holds, self.log = holds, []
        self.tx = answer.Transaction(holds)

    def run(self, steps):
        for step in steps:
            if isinstance(step, list):
                self.block(step)
            else:
                self.step(step)

    def block(self, steps):
        """Run steps inside `with`; note what comes out and go on."""
        try:
            with self.tx as given:
                if given is not self.tx:
                    self.log.append("with gave something else")
                self.run(steps)
        except BaseException as error:
            self.log.append(f"{type(error).__name__}: {error}")

    def step(self, step):
        match step.split():
            case [seat, "=", customer]:
                self.tx[seat] = None if customer == "None" else customer
            case ["del", seat]:
                del self.tx[seat]
            case ["others:", seat, "=", customer]:
                self.holds[seat] = customer
            case ["others:", "see", seat]:
                self.log.append(f"{seat} is {self.holds.get(seat, 'free')}")
            case ["read", seat]:
                self.log.append(f"{seat} is {self.tx[seat]}")
            case ["fail"]:
                raise ValueError("B7 is taken")
            case ["stop"]:
                raise KeyboardInterrupt("Ctrl-C")


def play(holds, *steps):
    """Play steps on a transaction; a list is a `with` block. Return what `holds` is in the end and what was noted."""
    book = _Book(holds)
    for step in steps:
        try:
            book.run([step])
        except Exception as error:
            book.log.append(f"{type(error).__name__}: {error}")
    return holds, book.log

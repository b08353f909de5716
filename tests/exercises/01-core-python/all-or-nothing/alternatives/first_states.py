# Keeps, a level, the first state of each seat in a dict instead of a log, with the KeyError left to the dict.
# exercise: core.all-or-nothing
class Transaction:
    """Write to a dict from seat label to customer; undo this block's writes when it fails."""

    def __init__(self, holds):
        self.holds, self.before = holds, []

    def __enter__(self):
        self.before.append({})
        return self

    def __exit__(self, kind, error, trace):
        first = self.before.pop()
        if error is None:
            for seat, state in first.items() if self.before else ():
                self.before[-1].setdefault(seat, state)
        else:
            for seat, state in first.items():
                self.holds.pop(seat, None)
                self.holds.update(dict.fromkeys([seat], *state) if state else {})
        return False

    def _remember(self, seat):
        if not self.before:
            raise RuntimeError("no block is open")
        self.before[-1].setdefault(seat, (self.holds[seat],) if seat in self.holds else ())

    def __getitem__(self, seat):
        return self.holds[seat]

    def __setitem__(self, seat, customer):
        self._remember(seat)
        self.holds[seat] = customer

    def __delitem__(self, seat):
        self._remember(seat)
        self.holds.pop(seat) if seat in self.holds else self.holds[seat]

"""Purchases that meet: each asks the bank when all of them have counted, or when nobody comes any more."""

import threading

import answer

PATIENCE = 0.7  # seconds for the others to come; who locks lets them wait before they count


def at_once(url, purchases):
    """Run purchases (guest, event, seats) in threads; return for each True, False or the name of what it raised."""
    told = [None] * len(purchases)
    meeting = threading.Barrier(len(purchases))

    def ask():
        if not hasattr(local, "asked"):
            local.asked = True
            try:
                meeting.wait(PATIENCE)
            except threading.BrokenBarrierError:
                pass

    def buy(number, guest, event, seats):
        try:
            told[number] = answer.buy(url, guest, event, seats, ask)
        except Exception as error:
            told[number] = type(error).__name__

    local = threading.local()
    threads = [threading.Thread(target=buy, args=(n, *purchase)) for n, purchase in enumerate(purchases)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return told


def alone(url, guest, event, seats):
    """Run one purchase; return what it gave and how often the bank was asked."""
    asked = []
    return answer.buy(url, guest, event, seats, lambda: asked.append(1)), len(asked)

"""What the checks of core.who-is-here arrange beside the answer: many calls without a message for each."""

import answer


def rush(sightings, questions, question):
    """See so many customers a millisecond apart, ask the same question so often; return the last answer."""
    now = [0.0]
    window = answer.Window(3600, lambda: now[0])
    for number in range(sightings):
        now[0] += 0.001
        window.see(f"C{number % 5000}")
    last = None
    for _ in range(questions):
        last = getattr(window, question)()
    return last


def long_evening(sightings):
    """See customers one second apart through a window of a minute, and ask after each; return the last answer."""
    now = [0.0]
    window = answer.Window(60, lambda: now[0])
    last = None
    for number in range(sightings):
        now[0] += 1.0
        window.see(f"C{number % 100}")
        last = (window.total(), window.customers())
    return last

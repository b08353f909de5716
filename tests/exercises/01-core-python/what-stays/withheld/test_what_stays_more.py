import random

from course.checks import inside


def near(figure: int, bytes_: float) -> bool:
    """Within three per cent and sixteen bytes: lists grow in steps."""
    return type(figure) is int and abs(figure - bytes_) <= 0.03 * bytes_ + 16


def test_what_is_replaced_is_no_leak(rng: random.Random):
    """A plug-in that keeps its last answers, and throws an old one out for each new one, does not grow."""
    litter, leaked, _ = inside("weigh", "ring", 2_000, rng.randrange(300, 450))
    assert near(leaked, 0), f"{leaked} bytes leaked; what was thrown out was allocated before you looked"
    assert near(litter, 0), f"{litter} bytes of litter"


def test_what_is_replaced_may_be_litter(rng: random.Random):
    """A plug-in that keeps its last cycles, and drops an old one for each new one, leaves litter and no leak."""
    size = rng.randrange(1_000, 2_000)
    litter, leaked, _ = inside("weigh", "messy", size, rng.randrange(200, 300))
    assert near(leaked, 0), f"{leaked} bytes leaked"
    assert near(litter, 2 * size + 96), f"{litter} bytes of litter, one cycle for each call"


def test_the_mean_of_many_calls(rng: random.Random):
    """What every fourth or tenth call leaves counts by the mean."""
    each, size = rng.choice([4, 5, 10]), rng.randrange(6_000, 9_000)
    _, leaked, calls = inside("weigh", "leak", size, each)
    assert near(leaked, (size + 8) / each), f"{leaked} bytes a call, where one call in {each} keeps {size}"
    assert calls == 1_000, "500 calls to fill what can be full, and 500 that count"
    litter, _, _ = inside("weigh", "litter", size, each)
    assert near(litter, (2 * size + 96) / each), f"{litter} bytes of litter a call, where one in {each} leaves some"


def test_only_the_second_half_counts(rng: random.Random):
    """Litter that begins after 500 calls is measured by what those calls leave."""
    size = rng.randrange(1_000, 2_000)
    litter, leaked, _ = inside("weigh", "growing", size)
    assert near(litter, 2 * size + 96) and near(leaked, size + 8), f"litter {litter}, leaked {leaked}"


def test_litter_from_before_is_not_of_this_plug_in(rng: random.Random):
    """Somebody else's litter, traced before you came, is nobody's figure here."""
    size = rng.randrange(500, 3_000)
    litter, leaked = inside("weigh_beside_litter", "leak", size)
    assert near(litter, 0) and near(leaked, size + 8), f"litter {litter}, leaked {leaked}"


def test_a_trace_and_a_pause_of_somebody_else_go_on(rng: random.Random):
    """Where the collector was off and tracing on, they are so afterwards, and what had been traced is known."""
    for fails_at in (0, rng.randrange(3, 400), rng.randrange(600, 900)):
        found = inside("switches", False, True, fails_at)
        assert found[:3] == (False, True, True), "collector on, tracing on, trace still known: somebody hunts a leak here"

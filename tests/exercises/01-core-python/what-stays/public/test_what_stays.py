import random

from course.checks import inside


def near(figure: int, bytes_: float) -> bool:
    """Within three per cent and sixteen bytes: lists grow in steps."""
    return type(figure) is int and abs(figure - bytes_) <= 0.03 * bytes_ + 16


def test_a_clean_call_leaves_nothing(rng: random.Random):
    """What a call makes and drops is neither litter nor leaked."""
    litter, leaked, _ = inside("weigh", "clean", rng.randrange(500, 3_000))
    assert near(litter, 0) and near(leaked, 0), f"litter {litter}, leaked {leaked}"


def test_what_is_kept_is_leaked(rng: random.Random):
    """A text in a list, one a call, is leaked: its bytes, and a place in the list."""
    size = rng.randrange(500, 3_000)
    litter, leaked, _ = inside("weigh", "leak", size)
    assert near(leaked, size + 8), f"{leaked} bytes leaked, where each call keeps {size} and a place of 8"
    assert near(litter, 0), f"{litter} bytes of litter: no collector would free them"


def test_what_the_collector_frees_is_litter(rng: random.Random):
    """Two objects that refer to each other, and to nothing that lives, are litter."""
    size = rng.randrange(1_000, 3_000)
    litter, leaked, _ = inside("weigh", "litter", size)
    assert near(litter, 2 * size + 96), f"{litter} bytes of litter, where each call leaves twice {size}; who has swept?"
    assert near(leaked, 0), f"{leaked} bytes leaked: the collector frees all of it"


def test_both_at_once(rng: random.Random):
    """A call may leave both; each is told."""
    size, kept = rng.randrange(1_000, 3_000), rng.randrange(500, 3_000)
    litter, leaked, _ = inside("weigh", "both", size, kept)
    assert near(litter, 2 * size + 96), f"{litter} bytes of litter"
    assert near(leaked, kept + 8), f"{leaked} bytes leaked, litter left out"


def test_a_cycle_that_is_kept_is_leaked(rng: random.Random):
    """Objects that refer to each other, and that a list holds, are no litter."""
    size = rng.randrange(500, 1_500)
    litter, leaked, _ = inside("weigh", "hidden", size)
    assert near(litter, 0) and near(leaked, 2 * size + 104), f"litter {litter}, leaked {leaked}"


def test_a_kept_error_is_a_leak(rng: random.Random):
    """An error in a list keeps what its frame held."""
    size = rng.randrange(20_000, 60_000)
    _, leaked, _ = inside("weigh", "errors", size)
    assert size < leaked < size + 2_000, f"{leaked} bytes leaked, where each error keeps a text of {size}"


def test_a_buffer_that_is_made_once_is_no_leak(rng: random.Random):
    """What is made at the first call, or in the first 400, does not grow, and counts for nothing."""
    _, leaked, _ = inside("weigh", "first", rng.randrange(300_000, 900_000))
    assert near(leaked, 0), f"{leaked} bytes leaked; the buffer is there, and will not be there twice"
    _, leaked, _ = inside("weigh", "filling", 2_000, rng.randrange(300, 450))
    assert near(leaked, 0), f"{leaked} bytes leaked, by a cache that is full"


def test_an_error_of_the_call_reaches_the_caller():
    """When a call raises, the caller hears of it."""
    assert inside("switches", True, False, 7)[3] == "the partner hung up"


def test_the_switches_are_as_before():
    """Afterwards the collector is on, nobody traces, and so it is after an error."""
    assert inside("switches", True, False)[:2] == (True, False), "collector, tracing"
    assert inside("switches", True, False, 7)[:2] == (True, False), "the error path is a path, too"

from course.checks import inside


def test_the_server_finds_them(place):
    """No more documents come over the wire than there are lines in the answer."""
    for name, *args in (("rooms", "Box", 21, 59), ("without", "Box")):
        lines, came = inside("came", name, place.url, *args)
        assert came <= len(lines), f"{name}: {came} documents came for {len(lines)} lines"


def test_a_section_that_nobody_has(place):
    """A name that no section has gives no rooms, and all venues are without it."""
    assert inside("came", "rooms", place.url, "Arena", 0, 99_999) == ([], 0)
    lines, _ = inside("came", "without", place.url, "Arena")
    assert len(lines) == 6, "six venues, and none has an arena"


def test_no_size_at_all(place):
    """Where the bounds exclude each other nothing is found."""
    assert inside("came", "rooms", place.url, "Box", 30, 10) == ([], 0), "more than 30 and less than 10 is no section"

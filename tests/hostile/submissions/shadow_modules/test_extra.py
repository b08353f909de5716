def test_free_points():
    pass

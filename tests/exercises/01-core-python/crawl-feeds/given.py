class Fatal(Exception):
    """The partners' network refuses us altogether: whatever is being fetched has to stop."""

"""Grading on the page: the runtime, what it can judge, what pages are given."""

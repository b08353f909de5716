"""Containerised labs: start them, check what runs, end them."""

"""Stands for the rest of a package of which one module is used."""

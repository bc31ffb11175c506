"""Parley: a classroom debate on Discord, around an article, on the record."""

__version__ = "0.1.0"

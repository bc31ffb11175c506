"""Parley: a classroom debate on Discord, around an article, on the record."""

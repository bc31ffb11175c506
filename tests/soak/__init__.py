"""A bot that is killed again and again while a class works with it, on a Discord that outlives it."""

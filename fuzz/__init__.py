"""Hostile input for what reads and shows other people's words: `make fuzz`. The tests replay the saved corpus."""

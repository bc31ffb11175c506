"""The simulated Discord: everything that touches simcord's private parts lives in this folder and nowhere else.

simcord is pinned to one version; tests/rehearsal/test_simulation.py says what this folder relies on.
"""

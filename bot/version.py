"""Which version of Parley this is."""

VERSION = "0.1.0"
"""The same as in pyproject.toml: a test holds the two equal."""

"""Why a typed time cannot be taken."""

from bot.values import frozen


@frozen
class WhenProblem:
    """A sentence for the person who typed it."""

    sentence: str

"""The one exception by which the classroom says no."""


class Refusal(Exception):  # noqa: N818 - a refusal is an answer, not an error: nothing went wrong
    """What was asked cannot be done; the message is the sentence for the person who asked."""

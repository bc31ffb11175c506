"""What can go wrong with an export, besides a disk that does not take it."""


class TranscriptError(Exception):
    """The transcript cannot be written as asked; the text is a sentence for whoever asked. Nothing is left behind."""


class TranscriptStopped(TranscriptError):  # noqa: N818 - a wish, not an error
    """Whoever asked for the transcript does not want it any more. Nothing is left behind."""

    def __init__(self) -> None:
        super().__init__("The export was cancelled. Nothing was written.")

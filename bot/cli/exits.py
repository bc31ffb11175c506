"""With which status the program ends, and why."""

from enum import IntEnum


class Exit(IntEnum):
    """What a script or a service manager can tell from the exit status."""

    OK = 0
    CONTENT = 1
    """Articles or prompt sets have problems."""
    USAGE = 2
    """The command line or a setting is wrong."""
    DATABASE = 3
    """The database cannot be opened or written."""
    TOKEN = 4
    """Discord does not take the token."""
    NETWORK = 5
    """Discord cannot be reached."""
    PORT = 6
    """The port for the rehearsal room or for `/health` is taken."""
    REHEARSAL = 7
    """The class could not play its debate to the end."""
    DISK = 8
    """An export, a backup or a restored database could not be written where it was asked for."""
    DOCTOR = 9
    """`doctor` found something to do."""
    BUG = 10
    """Parley itself failed. The log tells how."""


class Stop(Exception):  # noqa: N818 - the end of the program, which need not be an error
    """End the program with a sentence for the operator and a status."""

    def __init__(self, sentence: str, status: Exit) -> None:
        super().__init__(sentence)
        self.status = status

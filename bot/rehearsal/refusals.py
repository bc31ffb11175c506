"""Why something cannot be done, in a sentence for the person who tried."""

import logging

from simcord import BackendError, OptionError, SetupError

log = logging.getLogger(__name__)

NO_ANSWER = "The application did not respond."
NOT_ALLOWED = "You may not do that here."
MESSAGE_GONE = "That message is no longer there."
CONTROL_GONE = "That control is no longer there, or it is switched off."
THREAD_LOCKED = "This thread is locked: only teachers and moderators can write in it."
NOT_POSSIBLE = "That is not possible here."

_BY_CODE = {50001: NOT_ALLOWED, 50013: NOT_ALLOWED, 10008: MESSAGE_GONE, 10003: "That channel is no longer there."}


class RefusedError(Exception):
    """Somebody tried what Discord would not let them do. The text is for them to read."""


def explain(error: Exception) -> RefusedError:
    """The sentence for one of simcord's errors. Its own words speak to a test's author, not to a student."""
    match error:
        case OptionError():
            return RefusedError(f"{str(error).rstrip('.')}.")
        case BackendError():
            return RefusedError(_BY_CODE.get(error.code, f"{error.message.rstrip('.')}."))
        case SetupError() if "component" in str(error).lower() or "button" in str(error).lower():
            return RefusedError(CONTROL_GONE)
        case SetupError() if str(error).startswith("Required modal control"):
            return RefusedError("Please fill in everything that is marked as required.")
        case _:
            log.info("refused: %s", type(error).__name__)
            return RefusedError(NOT_POSSIBLE)

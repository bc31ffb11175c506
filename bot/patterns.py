"""Regular expressions that cost a start nothing."""

import re
from typing import cast


def pattern(words: str, flags: re.RegexFlag = re.NOFLAG) -> re.Pattern[str]:
    """Make it what `re.compile` makes of it, but compile it when it is first used: the larger take a millisecond."""
    return cast("re.Pattern[str]", _AtFirst(words, flags))


class _AtFirst:
    """Has the methods of a compiled pattern, each from the moment it is asked for."""

    def __init__(self, words: str, flags: re.RegexFlag) -> None:
        self._written = words, flags

    def __getattr__(self, name: str) -> object:
        method: object = getattr(re.compile(*self._written), name)
        setattr(self, name, method)
        return method

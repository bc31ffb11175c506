"""What YAML 1.1 takes an unquoted word for: `no` for an answer, `1:30` for a time, `2024-05-01` for a date."""

import re

from bot.values import frozen


@frozen
class Unquoted:
    """A value that YAML reads as something else than text or a plain number: a date, an octal number, `.inf`."""

    kind: str


Value = str | int | float | bool | None | Unquoted

_WORDS: dict[str, bool | None] = {
    **dict.fromkeys(("", "~", "null", "Null", "NULL"), None),
    **dict.fromkeys(("yes", "Yes", "YES", "true", "True", "TRUE", "on", "On", "ON"), True),
    **dict.fromkeys(("no", "No", "NO", "false", "False", "FALSE", "off", "Off", "OFF"), False),
}
_WHOLE = re.compile(r"[-+]?(0|[1-9][0-9]{0,17})")
_DECIMAL = re.compile(r"[-+]?[0-9]{1,17}\.[0-9]{0,17}([eE][-+][0-9]{1,2})?")
_ODD: tuple[tuple[re.Pattern[str], str], ...] = (
    (re.compile(r"\d{4}-\d\d?-\d\d?([Tt\s].*)?"), "a date"),
    (re.compile(r"[-+]?[0-9][0-9_]*+(:[0-5]?[0-9])++(\.[0-9_]*)?"), "a time"),
    (re.compile(r"[-+]?(0[xX][0-9a-fA-F_]+|0[bB][01_]+|0[oO]?[0-7_]+|[0-9][0-9_]*)"), "a number"),
    (re.compile(r"[-+]?([0-9][0-9_]*)?\.[0-9_]+([eE][-+]?[0-9]+)?|[-+]?\.(inf|Inf|INF)|\.(nan|NaN|NAN)"), "a number"),
)


def resolve(text: str) -> Value:
    """What YAML 1.1 takes an unquoted word for. What is neither a word nor a plain number is only named."""
    if text in _WORDS:
        return _WORDS[text]
    if _WHOLE.fullmatch(text):
        return int(text)
    if _DECIMAL.fullmatch(text):
        return float(text)
    return next((Unquoted(kind) for pattern, kind in _ODD if pattern.fullmatch(text)), text)

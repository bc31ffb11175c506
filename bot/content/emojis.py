"""Is this an emoji that Discord takes on a button?"""

import re

import emoji

_CUSTOM = re.compile(r"<a?:[A-Za-z0-9_]{2,32}:[0-9]{17,20}>")
_SHORTCODE = re.compile(r":[A-Za-z0-9_+-]+:")
_WHOLE_EMOJI = {emoji.STATUS["fully_qualified"], emoji.STATUS["minimally_qualified"], emoji.STATUS["unqualified"]}


def accepted(text: str) -> str | None:
    """The emoji as Discord takes it, or None. A server's own emoji stays; ❤ gets the sign that makes it an emoji."""
    if _CUSTOM.fullmatch(text):
        return text
    entry = emoji.EMOJI_DATA.get(text)
    if entry is None or entry["status"] not in _WHOLE_EMOJI:
        return None
    return emoji.emojize(emoji.demojize(text))


def suggestion(text: str) -> str | None:
    """The emoji that a shortcode such as `:shield:` stands for; None for any other text."""
    if not _SHORTCODE.fullmatch(text):
        return None
    meant = emoji.emojize(text, language="alias")
    return meant if emoji.is_emoji(meant) else None

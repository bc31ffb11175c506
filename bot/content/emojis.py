"""Is this an emoji that Discord takes on a button?"""

import re

_CUSTOM = re.compile(r"<a?:[A-Za-z0-9_]{2,32}:[0-9]{17,20}>")
_SHORTCODE = re.compile(r":[A-Za-z0-9_+-]+:")
_PLAIN = re.compile(
    "[⌚⌛⏩-⏬⏰⏳☔☕⚓⚡⚽⚾⛄⛔✅✊✋✨❌❎❓-❕❗➕-➗⬛⬜⭐⭕"
    "\U0001f300-\U0001f320\U0001f32d-\U0001f335\U0001f337-\U0001f37c\U0001f37e-\U0001f393\U0001f3a0-\U0001f3ca"
    "\U0001f3cf-\U0001f3d3\U0001f3e0-\U0001f3f0\U0001f400-\U0001f43e\U0001f442-\U0001f4fc\U0001f4ff-\U0001f53d"
    "\U0001f5fb-\U0001f64f\U0001f680-\U0001f6c5\U0001f7e0-\U0001f7eb\U0001f90c-\U0001f93a\U0001f947-\U0001f9af"
    "\U0001f9b4-\U0001f9ff\U0001fa80-\U0001fac5]"
    "|[⏭-⏯⏱⏲⏸-⏺☀-☄☎☑☝☠☢☣☮☯☸-☺♟♠♣♥♦♻♾⚒⚔-⚗⚙⚛⚜⚠⛏⛓⛰⛱✂✈✉✌✍✏✒✔✖❄❣❤➡⬅-⬇"
    "\U0001f324-\U0001f32c\U0001f3cb-\U0001f3ce\U0001f3d4-\U0001f3df\U0001f54a\U0001f573-\U0001f579\U0001f58a-\U0001f58d"
    "\U0001f5e1\U0001f5e3\U0001f5e8\U0001f5ef\U0001f5f3\U0001f5fa\U0001f6e0-\U0001f6e5]\ufe0f"
)
"""The emojis of one sign, and of one and the sign that makes it an emoji, that are most in use; by far not all of them.

The library that knows all takes 15 ms and 3 MiB at its import. These need neither; a test holds them against it.
"""


def accepted(text: str) -> str | None:
    """The emoji as Discord takes it, or None. A server's own emoji stays; ❤ gets the sign that makes it an emoji."""
    return text if _CUSTOM.fullmatch(text) or known_at_sight(text) else looked_up(text)


def known_at_sight(text: str) -> bool:
    """Is it one of those that need no look into the library?"""
    return _PLAIN.fullmatch(text) is not None


def looked_up(text: str) -> str | None:
    """The emoji as the library has it, or None."""
    import emoji  # noqa: PLC0415 - see _PLAIN

    whole = {emoji.STATUS[status] for status in ("fully_qualified", "minimally_qualified", "unqualified")}
    entry = emoji.EMOJI_DATA.get(text)
    if entry is None or entry["status"] not in whole:
        return None
    return emoji.emojize(emoji.demojize(text))


def suggestion(text: str) -> str | None:
    """The emoji that a shortcode such as `:shield:` stands for; None for any other text."""
    if not _SHORTCODE.fullmatch(text):
        return None
    import emoji  # noqa: PLC0415 - see _PLAIN

    meant = emoji.emojize(text, language="alias")
    return meant if emoji.is_emoji(meant) else None

"""How much there is to read, and how hard it is, in a line."""

from bot.chat.texts import counted
from bot.content.models import Article


def level_line(article: Article) -> str:
    """Words and minutes, and the grade by the name of its measure, where it means something."""
    from bot.content.readability import WORDS_A_MINUTE, level_of  # noqa: PLC0415 - no start waits for it

    level = level_of(article)
    minutes = f"{counted(level.minutes, 'minute')} at {WORDS_A_MINUTE} words a minute"
    grade = f" · Flesch–Kincaid grade {max(level.grade, 0):.0f}" if level.grade is not None else ""
    return f"{level.words:,} words, about {minutes}{grade}"

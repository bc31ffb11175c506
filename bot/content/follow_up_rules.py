"""What follow-ups must keep to beyond the form of their values: conditions that can hold, and hold together."""

from collections.abc import Iterator

from bot.content.lookups import mappings, short, text_at
from bot.content.models import Article, When
from bot.content.source import Finding
from bot.content.suggestions import nearest_word
from bot.content.tree import Mapping, Scalar

_OF_RESPONSE = tuple(when.value for when in When if when is not When.ONE_SIDED)


def check_follow_ups(prompt: Mapping, article: Article | None) -> Iterator[Finding]:
    """What is wrong with the conditions of a prompt's follow-ups. Without an article none has too few paragraphs."""
    stances = [shown.source.strip() for stance in mappings(prompt, "stances") if (shown := text_at(stance, "id"))]
    for follow_up in mappings(prompt, "follow-ups"):
        yield from _check_stance(follow_up, stances)
        yield from _check_paragraph(follow_up, article)
        yield from _check_together(follow_up)


def _check_stance(follow_up: Mapping, stances: list[str]) -> Iterator[Finding]:
    named = text_at(follow_up, "stance")
    if named is None or not stances or named.source.strip() in stances:
        return
    meant = nearest_word(named.source.strip(), stances)
    mend = f"did you mean {meant}?" if meant is not None else f"write one of {', '.join(stances)}"
    yield Finding(named.start, f"this prompt has no stance “{short(named.source)}”", mend)


def _check_paragraph(follow_up: Mapping, article: Article | None) -> Iterator[Finding]:
    named = follow_up.get("cites")
    number = named.value if isinstance(named, Scalar) else None
    if article is None or named is None or not isinstance(number, int) or number <= len(article.paragraphs):
        return
    has = len(article.paragraphs)
    many = f"{has} paragraph{'' if has == 1 else 's'}"
    yield Finding(named.start, f"the article has {many} and no ¶{number}", f"write a number up to {has}")


def _check_together(follow_up: Mapping) -> Iterator[Finding]:
    """The class is asked about its thread, a student about a response: no question is for both."""
    when = text_at(follow_up, "when")
    word = when.source.strip() if when is not None else ""
    of_thread = (
        "when: one-sided thread" if word == When.ONE_SIDED else "quiet-for" if "quiet-for" in _keys(follow_up) else None
    )
    of_response = [f"when: {word}"] if word in _OF_RESPONSE else []
    of_response += [key for key in ("stance", "cites") if key in _keys(follow_up)]
    if of_thread is not None and of_response:
        yield Finding(
            follow_up.start,
            f"`{of_thread}` is about the whole thread, and `{of_response[0]}` about one student's response",
            "make two follow-ups of it",
        )
    if word == When.NO_EVIDENCE and "cites" in _keys(follow_up):
        what = "`when: no-evidence` and `cites` never hold together: who cites a paragraph has evidence"
        yield Finding(follow_up.start, what, "take one of the two away")


def _keys(follow_up: Mapping) -> set[str]:
    """The keys with something behind them."""
    entries = follow_up.entries.items()
    return {key for key, entry in entries if not (isinstance(entry.value, Scalar) and entry.value.value is None)}

"""What a prompt set must keep to beyond the form of its values: quotes that stand, names told apart, cards that fit.

The rules look at the tree, not at the model: a set with a mistyped key still has its quotes checked.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from bot.content.emojis import accepted, suggestion
from bot.content.follow_up_rules import check_follow_ups
from bot.content.limits import CARD_LIMIT, card_length
from bot.content.lookups import mappings, short, text_at, twice
from bot.content.models import Article
from bot.content.quotes import Near, Passage, effort, nearest, parts_around_gaps, standing, without_outer_marks
from bot.content.source import Finding, Source
from bot.content.tree import Mapping, Node, Scalar

_PATIENCE = 30_000_000
"""The effort that goes into nearest passages for one file (see `quotes.effort`): 20 usual quotes of a usual text."""


@dataclass
class _Comparing:
    """The article's passages, and the patience that is left for looking for what is like a quote."""

    passages: list[Passage]
    patience: int = _PATIENCE


def check_prompts(root: Node, source: Source, article: Article | None) -> list[Finding]:
    """What is wrong with a prompt set's prompts. Without an article the rules about quotes and cards are left out."""
    prompts = list(mappings(root, "prompts"))
    findings = list(twice(prompts, "id", "another prompt", source))
    comparing = _Comparing([Passage(paragraph) for paragraph in article.paragraphs] if article else [])
    for prompt in prompts:
        findings += _check_stances(prompt, source)
        findings += check_follow_ups(prompt, article)
        if article is not None:
            for excerpt in mappings(prompt, "excerpts"):
                findings += _check_excerpt(excerpt, comparing)
            findings += _check_card(prompt, article)
    return findings


def _check_stances(prompt: Mapping, source: Source) -> Iterator[Finding]:
    stances = list(mappings(prompt, "stances"))
    yield from twice(stances, "id", "another stance of this prompt", source)
    yield from twice(stances, "label", "another stance of this prompt", source, str.casefold)
    yield from twice(stances, "emoji", "another stance of this prompt", source, lambda text: accepted(text) or text)
    for stance in stances:
        shown = text_at(stance, "emoji")
        if shown is not None and accepted(shown.source.strip()) is None:
            meant = suggestion(shown.source.strip())
            yield Finding(
                shown.start,
                f"“{short(shown.source)}” is no emoji that Discord knows",
                f"write {meant}" if meant else "write one emoji, or a server's own as <:name:123456789012345678>",
            )


def _check_excerpt(excerpt: Mapping, comparing: _Comparing) -> Iterator[Finding]:
    paragraph, quote = excerpt.get("paragraph"), text_at(excerpt, "quote")
    number = paragraph.value if isinstance(paragraph, Scalar) else None
    if not isinstance(paragraph, Scalar) or not isinstance(number, int) or isinstance(number, bool) or number < 1:
        return
    passages = comparing.passages
    stands_in = standing(quote.source, passages) if quote else []
    if number > len(passages):
        many = f"{len(passages)} paragraph{'' if len(passages) == 1 else 's'}"
        mend = f"write {stands_in[0]}, where the quote stands" if stands_in else f"write a number up to {len(passages)}"
        yield Finding(paragraph.start, f"the article has {many} and no ¶{number}", mend)
    elif quote is not None and number not in stands_in:
        what, mend = _why_not(quote.source, number, stands_in, comparing)
        yield Finding(quote.start, what, mend)


def _why_not(quote: str, number: int, stands_in: list[int], comparing: _Comparing) -> tuple[str, str]:
    what = f"this quote does not stand word for word in ¶{number}"
    if stands_in:
        return f"{what} but in ¶{stands_in[0]}", f"write paragraph: {stands_in[0]}, or quote ¶{number}"
    here = comparing.passages[number - 1]
    bare = without_outer_marks(quote)
    if bare != quote and here.find(bare):
        return f"{what}: it has quotation marks around it that the article lacks", "take the outer marks away"
    parts = parts_around_gaps(quote)
    if len(parts) > 1 and all(here.find(part) for part in parts):
        return f"{what}: it leaves words out with “…”", "make each part an excerpt of its own"
    if comparing.patience <= 0:
        return what, "copy the words from the article"
    comparing.patience -= effort(quote, comparing.passages)
    near = nearest(quote, comparing.passages)
    if near is None:
        return f"{what}, and nothing in the article is like it", "copy the words from the article"
    return f"{what}: {_compared(near, number)}", _copy(near, number)


def _compared(near: Near, number: int) -> str:
    place = "the article" if near.paragraph == number else f"¶{near.paragraph}, which is nearest,"
    return f"{place} has “{near.article_has}” where the quote has “{near.quote_has}”"


def _copy(near: Near, number: int) -> str:
    mend = "copy the article's own words"
    return mend if near.paragraph == number else f"{mend} and write paragraph: {near.paragraph}"


def _check_card(prompt: Mapping, article: Article) -> Iterator[Finding]:
    question = text_at(prompt, "question")
    quotes = tuple(quote.source for excerpt in mappings(prompt, "excerpts") if (quote := text_at(excerpt, "quote")))
    length = card_length(
        title=article.title, author=article.author, question=question.source if question else "", quotes=quotes
    )
    excerpts = prompt.get("excerpts")
    if length > CARD_LIMIT and excerpts is not None:
        yield Finding(
            excerpts.start,
            f"with these excerpts the card needs {length:,} characters, and Discord shows at most {CARD_LIMIT:,}",
            f"shorten the quotes by {length - CARD_LIMIT:,}",
        )

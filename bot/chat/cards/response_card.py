"""A response in the thread: under its author's name, in their stance's colour."""

from collections.abc import Mapping

from discord import ui

from bot.chat.cards.parts import button, card, named, row, text
from bot.chat.routing import to
from bot.chat.texts import CARD_TEXT, plain, shared
from bot.classroom.posting import Shown
from bot.discussion.palette import stance_colour
from bot.discussion.values import Response
from bot.discussion.wording import FIELDS, TEXT, in_one_line


def response_card(shown: Shown) -> ui.LayoutView:
    """The response as it stands now, with the button to answer it while the round is open."""
    response, prompt = shown.response, shown.round.prompt
    stance = prompt.stance(response.stance) if response.stance else None
    heading = f"**{plain(shown.author)}** · {named(stance)}"
    if response.edited_at is not None:
        heading += " · edited"
    if shown.parent is not None:
        said = _said(shown.parent)
        heading += f"\n-# answers {plain(shown.parent_author or '')}: {plain(said)}"
    ids = [entry.id for entry in prompt.stances]
    return card(
        text(heading),
        *[text(words) for words in _paragraphs(response.body, CARD_TEXT - len(heading))],
        row([button("Reply", to("reply", response.id), disabled=not shown.round.is_open)]),
        colour=stance_colour(ids, response.stance),
    )


def _said(parent: Response) -> str:
    if parent.withdrawn_at is not None:
        return "a withdrawn response"
    if parent.hidden_at is not None:
        return "a response that was removed"
    return in_one_line(parent.body, 80) or "a file"


def _paragraphs(body: Mapping[str, str], most: int) -> list[str]:
    """The fields with their names, within so many characters even where escaping made them longer.

    What is cut on the card is whole in the record.
    """
    labels = {field.name: field.label for field in FIELDS}
    leads = ["" if name in (TEXT, FIELDS[0].name) else f"**{labels[name]}** " for name in body]
    cut = shared([plain(words) for words in body.values()], most - sum(map(len, leads)))
    return [lead + words for lead, words in zip(leads, cut, strict=True)]

"""A response in the thread: under its author's name, in their stance's colour."""

from collections.abc import Mapping

from discord import ui

from bot.chat.cards.parts import button, card, named, row, text
from bot.chat.routing import to
from bot.chat.texts import CARD_TEXT, fitted, plain
from bot.classroom.posting import Shown
from bot.discussion.palette import stance_colour
from bot.discussion.wording import FIELDS, TEXT, in_one_line

_HEADING = 400
"""Characters kept free for the name, the stance and the line that says whom a reply answers."""


def response_card(shown: Shown) -> ui.LayoutView:
    """The response as it stands now, with the button to answer it while the round is open."""
    response, prompt = shown.response, shown.round.prompt
    stance = prompt.stance(response.stance) if response.stance else None
    heading = f"**{plain(shown.author)}** · {named(stance)}"
    if response.edited_at is not None:
        heading += " · edited"
    if shown.parent is not None:
        said = in_one_line(shown.parent.body, 80) if shown.parent.body else "a withdrawn response"
        heading += f"\n-# answers {plain(shown.parent_author or '')}: {plain(said)}"
    ids = [entry.id for entry in prompt.stances]
    return card(
        text(heading),
        *[text(words) for words in _paragraphs(response.body)],
        row([button("Reply", to("reply", response.id), disabled=not shown.round.is_open)]),
        colour=stance_colour(ids, response.stance),
    )


def _paragraphs(body: Mapping[str, str]) -> list[str]:
    """The fields with their names, within a card's 4,000 characters even where escaping made them longer.

    What is cut on the card is whole in the record.
    """
    labels = {field.name: field.label for field in FIELDS}
    left = CARD_TEXT - _HEADING
    shown: list[str] = []
    for name, words in body.items():
        lead = "" if name in (TEXT, FIELDS[0].name) else f"**{labels.get(name, name.capitalize())}** "
        cut = fitted(plain(words), max(left - len(lead), 1))
        shown.append(lead + cut)
        left -= len(lead) + len(cut)
    return shown

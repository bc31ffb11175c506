"""What classmates wrote, for whoever may read it before it is in the thread: private, a few at a time."""

from discord import ui

from bot.chat.cards.parts import button, card, cites, line, named, row, text
from bot.chat.cards.response_card import paragraphs
from bot.chat.routing import to
from bot.chat.texts import CARD_TEXT, counted, plain
from bot.classroom.classmates import Classmates, Said
from bot.content.models import Prompt
from bot.discussion.palette import NEUTRAL
from bot.discussion.phase_names import phase_name

_AROUND = 300
"""Characters for the heading and the page's number."""


def classmates_page(found: Classmates) -> ui.LayoutView:
    """One page, the oldest first. What is cut here is whole in the thread once the phase is over."""
    phase = found.round.format.plan[found.phase_number]
    each = (CARD_TEXT - _AROUND) // max(len(found.said), 1)
    items: list[ui.Item[ui.LayoutView]] = [
        text(f"### {counted(found.total, 'response')} of classmates\n-# {plain(phase_name(phase))}")
    ]
    for said in found.said:
        items += [line(), *[text(words) for words in _told(said, found.round.prompt, each)]]
        if said.may_be_answered:
            items.append(row([button("Reply", to("reply", said.response.id))]))
    if found.pages > 1:
        here = found.round.id, found.phase_number
        items += [
            line(),
            text(f"-# Page {found.page + 1} of {found.pages}"),
            row(
                [
                    button("Earlier", to("leaf", *here, max(found.page - 1, 0), "back"), disabled=found.page == 0),
                    button("Later", to("leaf", *here, found.page + 1, "on"), disabled=found.page + 1 >= found.pages),
                ]
            ),
        ]
    return card(*items, colour=NEUTRAL)


def _told(said: Said, prompt: Prompt, most: int) -> list[str]:
    stance = prompt.stance(said.response.stance) if said.response.stance else None
    heading = f"**{plain(said.author)}** · {named(stance)}"
    if said.answers is not None:
        heading += f"\n-# answers {plain(said.answers)}"
    cited = [f"-# {cites(said.cites)}"] if said.cites else []
    return [heading, *paragraphs(said.response.body, most - sum(map(len, [heading, *cited]))), *cited]

"""A response in the thread: under its author's name or their group's, in their stance's colour."""

from collections.abc import Mapping

from discord import ui

from bot.chat.cards.parts import button, card, cites, named, row, text
from bot.chat.routing import to
from bot.chat.texts import CARD_TEXT, fitted, plain, quoted, shared
from bot.classroom.posting import Shown
from bot.discussion.moderation import Review
from bot.discussion.palette import NEUTRAL, stance_colour
from bot.discussion.swaying import may_move
from bot.discussion.values import Response, Source
from bot.discussion.wording import FIELDS, RESTATED, TEXT, in_one_line

TOGETHER = "written together"
"""What stands beside a group's name: it has no side of its own."""

UNREAD = "*This response waits for a moderator.*"
"""What the class reads in place of one that was changed since a moderator approved it."""

MOVED_ME = "This moved me"

HIDDEN = "*A moderator has hidden this response.*"
"""What the class reads in its place."""


def response_card(shown: Shown) -> ui.LayoutView:
    """The response as it stands now, with the buttons to answer it and to say that it moved one, until the close.

    Whom it moved is not told here: nobody is to be swayed by numbers.

    Of a hidden one, that it is hidden: neither its words nor whose they are.
    """
    response, prompt = shown.response, shown.round.prompt
    if response.hidden_at is not None:
        # The button stays, as it is by its address that a post is known again.
        said = UNREAD if response.review is Review.WAITING else HIDDEN
        return card(text(said), row([button("Reply", to("reply", response.id), disabled=True)]), colour=NEUTRAL)
    stance = prompt.stance(response.stance) if response.stance else None
    heading = f"**{plain(shown.author)}** · {TOGETHER if response.source is Source.STATEMENT else named(stance)}"
    if response.edited_at is not None:
        heading += " · edited"
    if shown.parent is not None:
        said = _said(shown.parent)
        heading += f"\n-# answers {plain(shown.parent_author or '')}: {plain(said)}"
    ids = [entry.id for entry in prompt.stances]
    footer = "\n".join(filter(None, [attached(response), f"-# {cites(shown.cites)}" if shown.cites else ""]))
    is_closed = not shown.round.is_open
    moves = [button(MOVED_ME, to("moved", response.id), disabled=is_closed)] if may_move(response) else []
    return card(
        text(heading),
        *[text(words) for words in paragraphs(response.body, CARD_TEXT - len(heading) - len(footer))],
        *([text(footer)] if footer else []),
        row([button("Reply", to("reply", response.id), disabled=is_closed), *moves]),
        colour=stance_colour(ids, response.stance),
    )


def _said(parent: Response) -> str:
    if parent.withdrawn_at is not None:
        return "a withdrawn response"
    if parent.hidden_at is not None:
        return "a response that was removed"
    return in_one_line(parent.body, 80) or "a file"


def attached(response: Response) -> str:
    """The files that came with a typed message, by name; nothing where there are none."""
    names = ", ".join(plain(file.name) for file in response.attachments)
    return f"-# 📎 {fitted(names, 150)}" if names else ""


def paragraphs(body: Mapping[str, str], most: int) -> list[str]:
    """The fields with their names, within so many characters even where escaping made them longer.

    What is cut on the card is whole in the record. A classmate's point said again is a quote before the answer to it.
    """
    labels = {field.name: field.label for field in FIELDS} | {RESTATED: "You say:"}
    leads = ["" if name in (TEXT, FIELDS[0].name) else f"**{labels[name]}** " for name in body]
    marks = sum(len("> ") * len(words.splitlines()) for name, words in body.items() if name == RESTATED)
    cut = shared([plain(words) for words in body.values()], most - marks - sum(map(len, leads)))
    told = [lead + words for lead, words in zip(leads, cut, strict=True)]
    return [quoted(words) if name == RESTATED else words for name, words in zip(body, told, strict=True)]

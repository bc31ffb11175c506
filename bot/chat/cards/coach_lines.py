"""What the coach says: a question to think on, and why, in a way that a student understands."""

from discord import ui

from bot.chat.cards.parts import button, card, text
from bot.chat.routing import to
from bot.chat.texts import plain
from bot.content.models import FollowUp, Prompt
from bot.discussion.coaching import why
from bot.discussion.palette import NEUTRAL

NO_MORE = to("coach", "off")
"""The button that ends the coach's questions for whoever presses it."""

_SWITCHED = {
    True: "From now on you may get a question to think on when you have written something. `/my coach off` ends that.",
    False: "You get no more questions when you have written something. `/my coach on` brings them back.",
}


def to_think_on(follow_up: FollowUp, prompt: Prompt) -> str:
    """The question, under why it is asked where that depends on what was written."""
    because = why(follow_up, prompt)
    lead = f"{plain(because)}\n" if because is not None else ""
    return f"{lead}To think on: *{plain(follow_up.ask)}*"


def switched_page(*, on: bool) -> ui.LayoutView:
    """That the coach is switched on or off for somebody, and the way back."""
    other = button("Ask me questions again", to("coach", "on")) if not on else button("No more questions", NO_MORE)
    return card(text(_SWITCHED[on]), ui.ActionRow(other), colour=NEUTRAL)

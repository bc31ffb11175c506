"""The buttons of the teacher's panel. Each carries the phase that it was shown in, and acts on that one alone."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import TYPE_CHECKING

import discord
from discord import ui

from bot.chat.answers import turn, turn_later
from bot.chat.cards.control_panel import MORE_MINUTES, confirmation, control_panel, done_with
from bot.chat.cards.timing_lines import extended_line, in_short, paused_line, resumed_line
from bot.chat.people import channel_of, members_of, person_of
from bot.chat.posing import LATER, announced, concluded, place_of, still_waiting
from bot.chat.reminding import remind
from bot.chat.routing import UNKNOWN, Address
from bot.chat.texts import counted
from bot.classroom import asking_openly, closing, controlling, nudging
from bot.classroom.controlling import Panel
from bot.classroom.in_hand import MovedOn, Seen, channel_of_debate
from bot.classroom.nudging import Nudge
from bot.classroom.people import Person
from bot.classroom.refusals import Refusal
from bot.discussion.ids import ChannelId, RoundId
from bot.discussion.values import Round
from bot.values import frozen

if TYPE_CHECKING:
    from bot.chat.client import Parley


@frozen
class Hand:
    """A teacher at the panel of a debate: where it is posted, who debates there, what they saw when they pressed.

    `question` is the place of the follow-up that they saw, where they press for it.
    """

    bot: "Parley"
    person: Person
    channel_id: ChannelId
    members: Sequence[Person] | None
    seen: Seen
    question: int | None = None

    async def panel_seen(self) -> Panel:
        """How the debate stands now, as long as that is what they saw."""
        panel = await self._panel()
        if panel.seen != self.seen:
            raise MovedOn
        return panel

    async def page(self, said: str | None) -> ui.LayoutView:
        """The panel as it is now; where the question is closed, that and how to go on."""
        try:
            return control_panel(await self._panel(), said=said)
        except Refusal as refusal:
            return done_with(f"{said} {refusal}" if said else str(refusal))

    async def _panel(self) -> Panel:
        return await controlling.panel(self.bot.room, self.person, self.channel_id, self.members)


async def press(bot: "Parley", interaction: discord.Interaction, address: Address) -> None:
    """Do what a button of the panel says, and show in the same private message how the debate stands then."""
    act = _ACTS.get(address.word(0))
    if act is None:
        raise Refusal(UNKNOWN)
    seen, person = Seen(RoundId(address.number(1)), address.number(2)), person_of(interaction)
    await turn_later(interaction)
    channel_id = await channel_of_debate(bot.room, person, channel_of(interaction))
    question = address.number(3) if len(address.arguments) > 3 else None
    hand = Hand(bot, person, channel_id, members_of(bot, channel_id), seen, question)
    try:
        shown = await act(hand)
    except MovedOn as moved:
        shown = await hand.page(str(moved))
    await turn(interaction, shown)


async def open_panel(bot: "Parley", person: Person, here: ChannelId) -> ui.LayoutView:
    """The panel of the debate that a teacher means who asks from here."""
    channel_id = await channel_of_debate(bot.room, person, here)
    members = members_of(bot, channel_id)
    return control_panel(await controlling.panel(bot.room, person, channel_id, members))


async def _refresh(hand: Hand) -> ui.LayoutView:
    return await hand.page(None)


async def _next(hand: Hand) -> ui.LayoutView:
    panel = await hand.panel_seen()
    return confirmation(panel, "next") if panel.ends_round else await _next_now(hand)


async def _next_now(hand: Hand) -> ui.LayoutView:
    await hand.bot.attending.let_read(hand.person.guild_id, hand.channel_id)
    after = await controlling.next_phase(hand.bot.room, hand.person, hand.channel_id, seen=hand.seen)
    if not after.is_open:
        return done_with(f"The question is closed. {await _count_of(hand, after)} `/discuss next` poses the next one.")
    told = await announced(hand.bot, after)
    return await hand.page(f"{in_short(after)} has begun." if told else LATER)


async def _close(hand: Hand) -> ui.LayoutView:
    return confirmation(await hand.panel_seen(), "close")


async def _close_now(hand: Hand) -> ui.LayoutView:
    await hand.bot.attending.let_read(hand.person.guild_id, hand.channel_id)
    closed = await closing.close(hand.bot.room, hand.person, hand.channel_id, seen=hand.seen)
    count = await _count_of(hand, closed.last) if closed.last is not None else ""
    asked = counted(len(closed.rounds), "question")
    return done_with(f"The debate has ended after {asked}. {count}{still_waiting(closed)}")


async def _count_of(hand: Hand, closed: Round) -> str:
    if await concluded(hand.bot, closed):
        return f"The count is in {place_of(closed)}."
    return "The count is posted as soon as Discord takes it."


async def _extend(hand: Hand) -> ui.LayoutView:
    found = await closing.extend(hand.bot.room, hand.person, hand.channel_id, MORE_MINUTES, seen=hand.seen)
    told = await clock_changed(hand.bot, found, extended_line(found, MORE_MINUTES))
    return await hand.page(f"{counted(MORE_MINUTES, 'minute')} more. {told}")


async def _pause(hand: Hand) -> ui.LayoutView:
    found = await controlling.pause(hand.bot.room, hand.person, hand.channel_id, seen=hand.seen)
    if found is None:
        return await hand.page("The clock stands still already.")
    told = await clock_changed(hand.bot, found, paused_line(found))
    return await hand.page(f"The clock stands still. {told}")


async def _resume(hand: Hand) -> ui.LayoutView:
    found = await controlling.resume(hand.bot.room, hand.person, hand.channel_id, seen=hand.seen)
    if found is None:
        return await hand.page("The clock runs already.")
    told = await clock_changed(hand.bot, found, resumed_line(found))
    return await hand.page(f"The clock goes on. {told}")


async def _reveal(hand: Hand) -> ui.LayoutView:
    released = await controlling.reveal(hand.bot.room, hand.person, hand.channel_id, seen=hand.seen)
    hand.bot.publisher.released()
    return await hand.page(f"{counted(released, 'response')} held back so far can be read by all now.")


async def _nudge(hand: Hand) -> ui.LayoutView:
    nudge = await nudging.nudge(hand.bot.room, hand.person, hand.channel_id, hand.members, seen=hand.seen)
    return await hand.page(_reminded(nudge, await remind(hand.bot, nudge)))


async def _ask(hand: Hand) -> ui.LayoutView:
    if hand.question is None:
        raise Refusal(UNKNOWN)
    asked = await asking_openly.ask_next(hand.bot.room, hand.person, hand.channel_id, hand.question, seen=hand.seen)
    told = await hand.bot.publisher.ask(asked)
    return await hand.page("The class is asked." if told else "The class is asked as soon as Discord takes it.")


async def _coach_on(hand: Hand) -> ui.LayoutView:
    return await _switch(hand, on=True)


async def _coach_off(hand: Hand) -> ui.LayoutView:
    return await _switch(hand, on=False)


async def _switch(hand: Hand, *, on: bool) -> ui.LayoutView:
    found = await asking_openly.switch(hand.bot.room, hand.person, hand.channel_id, on=on, seen=hand.seen)
    hand.bot.publisher.running(found)
    return await hand.page(f"The coach is {'on' if on else 'off'}.")


_ACTS: Mapping[str, Callable[[Hand], Awaitable[ui.LayoutView]]] = {
    "refresh": _refresh,
    "next": _next,
    "next-now": _next_now,
    "close": _close,
    "close-now": _close_now,
    "extend": _extend,
    "pause": _pause,
    "resume": _resume,
    "reveal": _reveal,
    "nudge": _nudge,
    "ask": _ask,
    "coach-on": _coach_on,
    "coach-off": _coach_off,
}


async def clock_changed(bot: "Parley", found: Round, sentence: str) -> str:
    """A phase ends at another time than was said: its card and notice follow, and the class is told, or why not."""
    bot.publisher.running(found)
    told = await bot.publisher.say(found, sentence)
    return "The class is told." if told else "The class could not be told in the thread; the card says it in a moment."


def _reminded(nudge: Nudge, taken: int) -> str:
    if not nudge.unfinished:
        return "Everybody has done what is required: there is nobody to remind."
    told = f"Reminded {taken} of {nudge.unfinished} who have something left"
    rest = [
        (nudge.not_asked, "{} not asked for reminders"),
        (nudge.too_soon, "{} been reminded less than ten minutes ago"),
        (len(nudge.reminders) - taken, "{} closed their direct messages to Parley"),
    ]
    others = [words.format(counted(count, "has", "have")) for count, words in rest if count]
    return "; ".join([told, *others]) + "."

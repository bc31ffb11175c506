"""What a round has come to, posted in its thread when it closes: the count, the swing, who spoke, who was heard."""

from collections.abc import Sequence
from datetime import timedelta

import discord
from discord import ui

from bot.chat.cards.parts import button, card, named, row, text
from bot.chat.cards.round_card import WHY_CLOSED
from bot.chat.cards.tally_lines import left_out_line, tally_lines
from bot.chat.routing import to
from bot.chat.texts import CARD_TEXT, counted, plain, shared
from bot.classroom.results import Participation, Point, Results
from bot.content.models import Prompt
from bot.discussion.ids import RoundId, StanceId
from bot.discussion.outcome import outcome, points_of
from bot.discussion.palette import NEUTRAL, stance_colour
from bot.discussion.swing import Swing
from bot.discussion.values import Closing, Round
from bot.discussion.wording import RESTATED_FIELD, in_one_line

_MARK = 1_000_000_000
"""Added to a round's id it marks a summary: Discord itself numbers the parts of a message from 1."""

LATE = timedelta(minutes=1)
"""A round closed so much later than its time was over is told to have closed late."""

_MOST_MOVES = 3
_LONGEST_POINT = 120


def summary_mark(round_id: RoundId) -> int:
    """The number of the frame of this round's summary, by which it is known again. It has 32 bits."""
    return _MARK + round_id


def summary_card(results: Results) -> ui.LayoutView:
    """The results in the leading stance's colour; neutral in a tie. What there is nothing to say of is left out."""
    found, counted_now = results.round, results.standing.tally
    leader = counted_now.leaders[0] if len(counted_now.leaders) == 1 else None
    colour = stance_colour([stance.id for stance in found.prompt.stances], leader) if leader else NEUTRAL
    parts = [
        _late(found),
        f"### The count\n{plain(found.prompt.question)}",
        tally_lines(results.standing),
        left_out_line(results.left_out) if results.left_out else None,
        _swing(results.swing, found.prompt) if results.swing is not None and results.swing.both else None,
        _passages(results.passages),
        _participation(results.participation),
        _points(results.points, found),
        _footnote(results),
    ]
    buttons = [
        *([button("Chart", to("chart", found.id))] if results.charts else []),
        button("Transcript", to("transcript", found.id)),
    ]
    return card(
        *[text(words) for words in shared([part for part in parts if part is not None], CARD_TEXT)],
        row(buttons),
        colour=colour,
        mark=summary_mark(found.id),
    )


def _late(found: Round) -> str | None:
    """That the round closed long after its time was over, and what that means for the class."""
    over, closed = found.deadline, found.closed_at
    if found.closing is not Closing.TIME or over is None or closed is None or closed - over < LATE:
        return None
    return (
        f"The time was over at {discord.utils.format_dt(over, 't')}. Parley was away then and closed the question at "
        f"{discord.utils.format_dt(closed, 't')}; what was typed until the time was over counts."
    )


def _swing(moved: Swing, prompt: Prompt) -> str:
    """Who won, how each stance's share moved among those who voted both times, and who moved where."""
    lines = [f"**The swing**, of {counted(moved.both, 'person', 'people')} who voted both times"]
    lines.append(plain(outcome(moved, prompt)))
    for stance in prompt.stances:
        stance_id = StanceId(stance.id)
        before, after = moved.before[stance_id], moved.after[stance_id]
        lines.append(f"{named(stance)}: {before} → {after} ({points_of(moved, stance_id)} points)")
    return "\n".join([*lines, *_moves(moved, prompt)])


def _moves(moved: Swing, prompt: Prompt) -> list[str]:
    if moved.flow is None:
        return ["-# Who moved where is not told: so few voted in secret."]
    moves = sorted(
        ((count, was, now) for (was, now), count in moved.flow.items() if was != now and count),
        key=lambda move: -move[0],
    )
    told = [
        f"-# {counted(count, 'person', 'people')} moved from {named(prompt.stance(was))} to {named(prompt.stance(now))}"
        for count, was, now in moves[:_MOST_MOVES]
    ]
    return told or ["-# Nobody changed sides."]


def _passages(passages: Sequence[tuple[int, int]]) -> str | None:
    if not passages:
        return None
    lines = [f"¶{paragraph} · cited in {counted(number, 'response')}" for paragraph, number in passages]
    return "\n".join(["**Passages**", *lines])


def _participation(who: Participation) -> str | None:
    if not who.took_part:
        return None
    said = [
        counted(who.responses, "response"),
        counted(who.replies, "reply", "replies"),
        counted(who.words, "word"),
    ]
    lines = [f"**Voices**\n{who.spoke} of {counted(who.took_part, 'person', 'people')} spoke: {', '.join(said)}."]
    return "\n".join([*lines, *([f"-# {who.evenness}"] if who.evenness else [])])


def _points(told: Sequence[Point], found: Round) -> str | None:
    return "\n".join(["**What moved the class**", *[_point(each, found) for each in told]]) if told else None


def _point(told: Point, found: Round) -> str:
    response = told.response
    words = {name: written for name, written in response.body.items() if name != RESTATED_FIELD.name}
    moved = f"moved {counted(told.moved, 'person', 'people')}"
    if found.thread_id is not None and response.message_id is not None:
        place = f"{found.guild_id}/{found.thread_id}/{response.message_id}"
        moved = f"[{moved}](https://discord.com/channels/{place})"
    return f"{plain(told.author)}: {plain(in_one_line(words, _LONGEST_POINT))} · {moved}"


def _footnote(results: Results) -> str:
    found, counted_now = results.round, results.standing.tally
    why = WHY_CLOSED[found.closing] if found.closing else "closed"
    people = counted(counted_now.voters, "person", "people")
    return f"-# {people} took a side · {counted(counted_now.responses, 'response')} · {why}"

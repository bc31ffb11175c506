"""Making visible at once what a teacher has done. What Discord does not take now follows later, and that is said."""

from collections.abc import Coroutine
from typing import TYPE_CHECKING

import discord

from bot.chat.answers import NOT_TAKEN
from bot.chat.cards.review_page import approvals_line
from bot.chat.cards.timing_lines import how_long
from bot.chat.errors import log_error
from bot.chat.texts import counted, plain
from bot.classroom.closing import Closed
from bot.classroom.starting import Started
from bot.discussion.values import Round

if TYPE_CHECKING:
    from bot.chat.client import Parley

LATER = "It is on record; the class sees it as soon as Discord takes it."


async def posed(bot: "Parley", found: Round) -> tuple[Round, str | None]:
    """Post a round that is on record: as it is then, and what to tell the teacher where it is not posted yet."""
    later = "The debate is on record; its card is posted as soon as Discord takes it."
    try:
        after = await bot.publisher.pose(found)
    except NOT_TAKEN as error:
        error_id = log_error(f"posing round {found.id}", error)
        why = " A permission is missing in the channel." if isinstance(error, discord.Forbidden) else ""
        return found, f"{later}{why} ({error_id})"
    return after, later if after.card_id is None else None


async def concluded(bot: "Parley", found: Round) -> bool:
    """Settle a closed round and post its count; False where Discord does not take that now."""
    return await _taken(f"concluding round {found.id}", bot.publisher.conclude(found))


async def announced(bot: "Parley", found: Round) -> bool:
    """Tell the class of the phase that has begun; False where Discord does not take that now."""
    return await _taken(f"announcing round {found.id}", bot.publisher.announce(found))


def place_of(found: Round) -> str:
    """Where a round is debated, as a link."""
    return f"<#{found.thread_id or found.channel_id}>"


def started_line(bot: "Parley", started: Started, posed: Round, trouble: str | None) -> str:
    """What the teacher is told whose debate has begun: where, how long it takes, and how to go on."""
    prompts, problems = started.session.prompt_set.prompts, len(bot.room.library.problems)
    place = f"question {prompts.index(posed.prompt) + 1} of the {len(prompts)} in the set"
    length = f": {how_long(posed.format, None)}" if posed.has_phases else ""
    hand = "`/discuss control` goes on, pauses and extends, " if posed.has_phases else ""
    ended = f" “{plain(started.ended.prompt_set.title)}” has ended to make way." if started.ended else ""
    warning = f"\n{counted(problems, 'problem')} in other content files: `/prompts list` tells." if problems else ""
    return (
        f"{trouble or f'The debate is on: {place_of(posed)}, with {place}{length}.'} "
        f"{hand}`/discuss next` poses the next, `/discuss status` shows who has answered.{ended}{warning}"
    )


def still_waiting(closed: Closed) -> str:
    """What a teacher is told at the close of what no moderator has approved yet, and what becomes of it."""
    if not closed.to_approve:
        return ""
    return f" {approvals_line(closed.to_approve)}. What is approved now still appears in the thread and the transcript."


async def _taken(what: str, work: Coroutine[None, None, None]) -> bool:
    try:
        await work
    except NOT_TAKEN as error:
        log_error(what, error)
        return False
    return True

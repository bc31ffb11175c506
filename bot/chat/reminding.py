"""Direct messages to students who have asked to be reminded."""

import logging
from typing import TYPE_CHECKING

from bot.chat.answers import NOT_TAKEN
from bot.chat.cards.requirement_lines import still_to_do
from bot.chat.cards.timing_lines import in_short, until
from bot.chat.texts import plain
from bot.classroom.nudging import Nudge, Reminder
from bot.discussion.values import Round

if TYPE_CHECKING:
    from bot.chat.client import Parley

log = logging.getLogger(__name__)


async def remind(bot: "Parley", nudge: Nudge) -> int:
    """Send everybody their reminder, one after the other; how many Discord took. Who has closed theirs is no error."""
    return sum([await _sent(bot, nudge.round, reminder) for reminder in nudge.reminders])


async def _sent(bot: "Parley", found: Round, reminder: Reminder) -> bool:
    try:
        user = bot.get_user(reminder.user_id) or await bot.fetch_user(reminder.user_id)
        await user.send(_words(found, reminder))
    except NOT_TAKEN as error:
        log.info("a reminder in round %s was not taken: %s", found.id, error)
        return False
    return True


def _words(found: Round, reminder: Reminder) -> str:
    """What is left, until when, and where."""
    runs = found.deadline is not None and found.paused_at is None
    end = f" {in_short(found)} lasts {until(found)}." if runs else ""
    thread_id = found.thread_id if found.lost is None else None
    where = f"https://discord.com/channels/{found.guild_id}/{thread_id or found.channel_id}"
    return (
        f"**{plain(found.prompt.question)}**\nYou still have to write {still_to_do(reminder.progress)}.{end}\n{where}\n"
        "-# You asked to be reminded. `/privacy reminders off` ends that."
    )

"""A click on a stance."""

from typing import TYPE_CHECKING

import discord

from bot.chat.answers import patiently, tell
from bot.chat.cards.parts import named
from bot.chat.people import person_of
from bot.chat.routing import Address
from bot.classroom.voting import Voted, vote
from bot.content.formats import VotePhase
from bot.discussion.ids import RoundId, StanceId

if TYPE_CHECKING:
    from bot.chat.client import Parley


async def take_stance(bot: "Parley", interaction: discord.Interaction, address: Address) -> None:
    """Record the stance, say so, and let the card follow."""
    round_id, stance_id = RoundId(address.number(0)), StanceId(address.word(1))
    voted = await patiently(interaction, vote(bot.room, person_of(interaction), round_id, stance_id))
    bot.publisher.outdated(voted.round)
    await tell(interaction, _confirmation(voted))


def _confirmation(voted: Voted) -> str:
    if voted.is_secret:
        return (
            "Recorded: you have voted. This vote is secret: nobody is told how you voted, and you can change it until "
            "it ends. Your last press counts."
        )
    side = f"**{named(voted.stance)}**"
    if voted.previous is None and isinstance(voted.round.phase, VotePhase):
        return f"Recorded: you stand for {side}. You can change that until the vote ends."
    if voted.previous is None:
        return f"Recorded: you stand for {side}. You can change sides at any time. **Respond** says why."
    if voted.previous == voted.stance:
        return f"You already stand for {side}: nothing has changed."
    return f"Recorded: you have moved from {named(voted.previous)} to {side}."

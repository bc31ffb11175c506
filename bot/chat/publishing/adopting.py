"""Finding what was posted already, though the record does not know of it: the bot died between the post and its note.

Discord recognises a repeated nonce for a few minutes only. Whoever posts after a longer time looks here first: each
post carries its address, the card and the response in the custom_id of a button, the summary in the id of its frame.
"""

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta

import discord

from bot.chat.cards.summary_card import summary_mark
from bot.chat.routing import to
from bot.discussion.ids import MessageId, ResponseId, RoundId

_BEFORE = timedelta(minutes=2)
"""How far the clock of Discord and ours may be apart."""

Place = discord.TextChannel | discord.Thread


def card_address(round_id: RoundId) -> str:
    """What only this round's card has: the way to its form."""
    return to("respond", round_id)


def response_address(response_id: ResponseId) -> str:
    """What only this response's message has: the way to answer it."""
    return to("reply", response_id)


def summary_address(round_id: RoundId) -> str:
    """What only this round's summary has: the number of its frame."""
    return frame_address(summary_mark(round_id))


def frame_address(number: int) -> str:
    """What only the message has whose frame bears this number."""
    return f"#{number}"


class OwnPosts:
    """What the bot itself has posted, by address. Good for one sweep: each place is read once."""

    def __init__(self, me: int) -> None:
        self._me = me
        self._read: dict[int, tuple[datetime, dict[str, MessageId]]] = {}

    async def find(self, place: Place, address: str, since: datetime) -> MessageId | None:
        """The message of that address in a channel or thread, posted after a time. Reads pages of 100."""
        after = since - _BEFORE
        known = self._read.get(place.id)
        if known is None or known[0] > after:
            self._read[place.id] = known = (after, await self._posts_in(place, after))
        return known[1].get(address)

    async def _posts_in(self, place: Place, after: datetime) -> dict[str, MessageId]:
        found: dict[str, MessageId] = {}
        async for message in place.history(limit=None, after=after, oldest_first=True):
            if message.author.id == self._me:
                for address in _addresses(message.components):
                    found.setdefault(address, MessageId(message.id))
        return found


def _addresses(components: Sequence[discord.Component]) -> Iterator[str]:
    for part in components:
        if isinstance(part, discord.Button) and part.custom_id is not None:
            yield part.custom_id
        elif isinstance(part, discord.ActionRow):
            yield from _addresses(part.children)
        elif isinstance(part, discord.Container):
            if part.id is not None:
                yield frame_address(part.id)
            yield from _addresses(part.children)

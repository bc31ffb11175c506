"""Finding a guild's session or round, or refusing with what to do instead. Every search is bound to the guild."""

from bot.classroom.refusals import Refusal
from bot.discussion.ids import ChannelId, GuildId, ResponseId, RoundId
from bot.discussion.values import Response, Round, Session
from bot.storage import Transaction, guilds, responses, rounds, sessions


def the_session(tx: Transaction, guild_id: GuildId, channel_id: ChannelId) -> Session:
    """The open session of the channel; elsewhere, that of the default channel, or the guild's only one."""
    here = sessions.open_in(tx, guild_id, channel_id)
    if here is not None:
        return here
    default = guilds.settings(tx, guild_id).default_channel_id
    there = sessions.open_in(tx, guild_id, default) if default is not None else None
    if there is not None:
        return there
    everywhere = sessions.all_open(tx, guild_id)
    if len(everywhere) == 1:
        return everywhere[0]
    if everywhere:
        channels = ", ".join(f"<#{session.channel_id}>" for session in everywhere)
        raise Refusal(f"There is no debate in this channel. Use the command where one is open: {channels}.")
    raise Refusal("No debate is open. A teacher starts one with `/discuss start`.")


def the_latest_round(tx: Transaction, guild_id: GuildId, channel_id: ChannelId, thread_id: ChannelId | None) -> Round:
    """The round of the thread, else the latest one of the channel, open or closed."""
    found = rounds.by_thread(tx, guild_id, thread_id) if thread_id is not None else None
    posed = [found] if found is not None else rounds.of_channel(tx, guild_id, channel_id)
    if not posed:
        raise Refusal("No debate has been held in this channel. Use the command where one was.")
    return posed[-1]


def the_round(tx: Transaction, guild_id: GuildId, round_id: RoundId) -> Round:
    """The round of that id, open or closed."""
    found = rounds.get(tx, guild_id, round_id)
    if found is None:
        raise Refusal("This debate is not on record in this server.")
    return found


def the_open_round(tx: Transaction, guild_id: GuildId, round_id: RoundId) -> Round:
    """The round of that id, while people may still vote and respond."""
    found = the_round(tx, guild_id, round_id)
    if not found.is_open:
        raise Refusal("This round is closed: what was said is on record, and nothing can be added or changed.")
    return found


def the_response(tx: Transaction, guild_id: GuildId, response_id: ResponseId) -> Response:
    """The response of that id, unless its author has withdrawn it."""
    found = responses.get(tx, guild_id, response_id)
    if found is None:
        raise Refusal("That is not a recorded response.")
    if found.withdrawn_at is not None:
        raise Refusal("That response has been withdrawn by its author.")
    return found

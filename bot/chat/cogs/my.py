"""`/my`: a student's own record, and the commands on a message."""

from typing import TYPE_CHECKING

import discord
from discord import app_commands
from discord.ext import commands

from bot.chat.answers import patiently, show
from bot.chat.asking import resume_at
from bot.chat.cards.coach_lines import switched_page
from bot.chat.cards.own_page import own_page
from bot.chat.cards.progress_page import progress_page
from bot.chat.clicks.responding import ask_for_change, ask_for_reply, take_back
from bot.chat.people import channel_of, person_of, thread_of
from bot.chat.routing import to
from bot.classroom import coaching
from bot.classroom.progressing import my_progress
from bot.classroom.reviewing import my_responses
from bot.classroom.rewording import of_message
from bot.discussion.ids import MessageId, ResponseId

if TYPE_CHECKING:
    from bot.chat.client import Parley


@app_commands.guild_only()
class My(commands.GroupCog, group_name="my", group_description="What is on record of yours"):
    """Everything a student has said, for that student alone."""

    def __init__(self, bot: "Parley") -> None:
        self._bot = bot

    @app_commands.command(description="See, change or withdraw what you have said")
    async def responses(self, interaction: discord.Interaction) -> None:
        """The newest page of one's own responses."""
        own = await patiently(interaction, my_responses(self._bot.room, person_of(interaction), 0))
        await show(interaction, own_page(own))

    @app_commands.command(description="See how far you have come in this debate, and what is left to do")
    async def progress(self, interaction: discord.Interaction) -> None:
        """One's own way through the debate of this channel."""
        here = channel_of(interaction), thread_of(interaction)
        way = await patiently(interaction, my_progress(self._bot.room, person_of(interaction), *here))
        await show(interaction, progress_page(way))

    @app_commands.command(description="Get questions to think on when you have written something, or none")
    @app_commands.describe(switch="Questions from the coach: on or off")
    @app_commands.choices(switch=[app_commands.Choice(name=name, value=name) for name in ("on", "off")])
    async def coach(self, interaction: discord.Interaction, switch: str) -> None:
        """One's own switch, for all debates of the server."""
        on = switch == "on"
        await patiently(interaction, coaching.switch(self._bot.room, person_of(interaction), on=on))
        await show(interaction, switched_page(on=on))


def message_commands(bot: "Parley") -> list[app_commands.ContextMenu]:
    """What can be done to a response from its message's menu (discord.py keeps these outside of cogs)."""

    async def recorded(interaction: discord.Interaction, message: discord.Message) -> ResponseId:
        return (await of_message(bot.room, person_of(interaction), MessageId(message.id))).id

    async def reply(interaction: discord.Interaction, message: discord.Message) -> None:
        parent_id = await recorded(interaction, message)
        resume_at(interaction, to("reply", parent_id))
        await ask_for_reply(bot, interaction, parent_id)

    async def change(interaction: discord.Interaction, message: discord.Message) -> None:
        response_id = await recorded(interaction, message)
        resume_at(interaction, to("change", response_id))
        await ask_for_change(bot, interaction, response_id)

    async def withdraw(interaction: discord.Interaction, message: discord.Message) -> None:
        await take_back(bot, interaction, await recorded(interaction, message))

    menus = [
        app_commands.ContextMenu(name="Reply to this response", callback=reply),
        app_commands.ContextMenu(name="Change my response", callback=change),
        app_commands.ContextMenu(name="Withdraw my response", callback=withdraw),
    ]
    return [app_commands.guild_only(menu) for menu in menus]

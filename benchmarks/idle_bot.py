"""The least that is a bot: connected, with the intents that Parley asks for, and nothing to do."""

import logging
import os

import discord
from discord.ext import commands

logging.getLogger("discord.client").setLevel(logging.ERROR)
intents = discord.Intents(guilds=True, guild_messages=True, message_content=True, members=True)
commands.Bot("!", intents=intents).run(os.environ["DISCORD_TOKEN"], log_handler=None)

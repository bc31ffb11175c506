"""The slash commands and the commands on messages. A cog holds no rule and no SQL."""

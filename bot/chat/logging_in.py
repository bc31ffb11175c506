"""Logging in, and noticing that it is not Discord that answers."""

import discord


class NotDiscord(ConnectionError):  # noqa: N818 - named for what is the matter
    """Something else answers at Discord's address."""

    def __init__(self) -> None:
        super().__init__("something else answers in its place; perhaps this network wants a login in a browser first")


async def log_in(client: discord.Client, token: str) -> None:
    """Log in with a client that does nothing of its own when it has. NotDiscord where the answer is none of Discord's.

    discord.py takes any page that comes with status 200 for an answer, and then fails at reading it.
    """
    try:
        await client.login(token)
    except (TypeError, KeyError, ValueError, AttributeError) as error:
        raise NotDiscord from error

"""`invite`: the link that lets Parley into a server."""

from typing import Annotated

import typer

from bot.chat.connecting import invitation
from bot.cli.beginning import settings_or_stop
from bot.cli.exits import Exit, Stop


def invite(
    application_id: Annotated[str | None, typer.Argument(help="The application id; else it is in the token.")] = None,
) -> None:
    """Print the link that invites the bot to a server, with just the permissions that it needs."""
    token = settings_or_stop().discord_token
    known = application_id or (token.get_secret_value() if token else None)
    if known is None:
        raise Stop("Name the application id (Developer Portal, General Information), or set DISCORD_TOKEN.", Exit.USAGE)
    try:
        typer.echo(invitation(known))
    except ValueError as error:
        raise Stop(f"No link: {error}.", Exit.USAGE) from None

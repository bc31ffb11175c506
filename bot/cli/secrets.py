"""What is secret is taken out of whatever the program says: the last line of defence, behind never saying it."""

from bot.patterns import pattern
from bot.settings import Settings

REMOVED = "[token]"

_LONG = 20

# Whoever has the address that an interaction is answered at can answer in the bot's name for a quarter of an hour, and
# some errors of aiohttp tell the whole address that they come from.
_IN_AN_ADDRESS = pattern(r"(/(?:webhooks|interactions)/\d+/)[\w~%.-]+")


class Secrets:
    """The bot's token, and those that Discord sends along with interactions."""

    def __init__(self, settings: Settings) -> None:
        token = settings.discord_token.get_secret_value().strip() if settings.discord_token else ""
        # The first part of a token is the bot's id; whoever has the last one has all that is secret.
        last = token.rpartition(".")[2]
        self._tokens = [secret for secret in (token, last if len(last) >= _LONG else "") if secret]

    def cleaned(self, text: str) -> str:
        """The text without them."""
        for token in self._tokens:
            text = text.replace(token, REMOVED)
        return _IN_AN_ADDRESS.sub(rf"\1{REMOVED}", text)

"""A transcript as one HTML file that needs no network and runs nothing but its own few lines."""

from bot.transcripts.html.page import HtmlPage

__all__ = ["HtmlPage"]

"""A recorded session as files: HTML, CSV, JSON Lines, Markdown, plain text, and gradebooks. Streams in, bytes out.

What writes them is in `writing`, and imported only where something is written: the bot leaves that to other processes.
"""

from bot.transcripts.errors import TranscriptError, TranscriptStopped
from bot.transcripts.formats import GRADEBOOKS, Format

__all__ = ["GRADEBOOKS", "Format", "TranscriptError", "TranscriptStopped"]

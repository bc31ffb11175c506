"""A recorded session as files: HTML, CSV, JSON Lines, Markdown, plain text, and gradebooks. Streams in, bytes out."""

from bot.transcripts.errors import TranscriptError, TranscriptStopped
from bot.transcripts.formats import GRADEBOOKS, Format
from bot.transcripts.manifest import Manifest
from bot.transcripts.writing import Written, write, write_zip

__all__ = ["GRADEBOOKS", "Format", "Manifest", "TranscriptError", "TranscriptStopped", "Written", "write", "write_zip"]

"""Participation as Canvas and Moodle take it in: facts, never a score of quality. The teacher grades."""

from bot.transcripts.gradebooks.books import CanvasBook, MoodleBook
from bot.transcripts.gradebooks.mapping import MappedStudent, MappingError, read_mapping

__all__ = ["CanvasBook", "MappedStudent", "MappingError", "MoodleBook", "read_mapping"]

"""A time ahead, as somebody types it: "tomorrow 10:00", "in 20 minutes", "next friday 8:00", "30 Nov 10:00"."""

from bot.discussion.when.clock import in_words
from bot.discussion.when.problem import WhenProblem
from bot.discussion.when.reading import read_when
from bot.discussion.when.suggesting import Suggestion, suggest_when

__all__ = ["Suggestion", "WhenProblem", "in_words", "read_when", "suggest_when"]

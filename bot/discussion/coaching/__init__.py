"""What is asked back, of whom and when: of a student about a response, of the class about its thread.

By rules that a teacher can read, never by scores: each follow-up names what must be so, and is asked when all of it is.
"""

from bot.discussion.coaching.choosing import MOST_OF_ONE, Talk, has_own, next_openly, question_for, question_for_all
from bot.discussion.coaching.facts import LATEST, Point, Said, gives_reason, is_one_sided, is_short, repeats
from bot.discussion.coaching.telling import condition, reason, why
from bot.discussion.coaching.timing import BETWEEN, is_time_for_all, is_time_for_one

__all__ = [
    "BETWEEN",
    "LATEST",
    "MOST_OF_ONE",
    "Point",
    "Said",
    "Talk",
    "condition",
    "gives_reason",
    "has_own",
    "is_one_sided",
    "is_short",
    "is_time_for_all",
    "is_time_for_one",
    "next_openly",
    "question_for",
    "question_for_all",
    "reason",
    "repeats",
    "why",
]

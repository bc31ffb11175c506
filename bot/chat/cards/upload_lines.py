"""What a teacher is told who has sent or removed a prompt set."""

from collections.abc import Sequence

from bot.chat.texts import counted, fitted, plain
from bot.classroom.uploading import Added, Removed
from bot.content.library import Problem

_MESSAGE = 1800
"""Characters of a message that problems may take; Discord allows 2,000."""

_LONGEST_PROBLEM = 600


def added_line(added: Added) -> str:
    """What can be debated now."""
    upload, prompt_set = added.upload, added.prompt_set
    version = f"version {upload.version} of" if upload.version > 1 else "known as"
    asked = counted(len(prompt_set.prompts), "question")
    return (
        f"“{plain(prompt_set.title)}” can be debated in this server: {asked} on “{plain(added.article.title)}”. "
        f"It is {version} “{plain(upload.slug)}”. No other server sees it, and open debates keep what they had. "
        "`/discuss start` offers it; `/prompts source` hands the file back, `/prompts remove` takes it away."
    )


def problems_lines(problems: Sequence[Problem]) -> tuple[str, bool]:
    """As many problems as a message holds, each with its place and its mend, and whether those are all."""
    left = _MESSAGE
    told: list[str] = []
    for problem in problems:
        line = f"- {fitted(plain(problem.in_short()), _LONGEST_PROBLEM)}"
        if len(line) >= left:
            break
        told.append(line)
        left -= len(line) + 1
    heading = f"This file has {counted(len(problems), 'problem')}, so nothing has changed:"
    is_all = len(told) == len(problems)
    return "\n".join([heading, *told, *([] if is_all else ["All of them are in the file below."])]), is_all


def told_in_full(problems: Sequence[Problem]) -> str:
    """All problems, a line each."""
    return "".join(f"{problem.in_short()}\n" for problem in problems)


def removed_line(removed: Removed) -> str:
    """What cannot be debated any more."""
    waiting = counted(removed.scheduled, "scheduled debate")
    late = f" {waiting} with it will not start: `/discuss scheduled` lists what waits." if removed.scheduled else ""
    return (
        f"“{plain(removed.upload.slug)}” is removed in all its versions, and its text is erased from the record; "
        f"debates that were started from it keep what they had.{late} The file below is the last there is of it here."
    )

"""Which files a transcript as CSV has, and which columns each of them."""

from collections.abc import Mapping
from enum import StrEnum

from bot.discussion.transcript import Head


class TableName(StrEnum):
    """The files. The last two are there only where there is something to tell in them."""

    RESPONSES = "responses"
    VOTES = "votes"
    PARTICIPANTS = "participants"
    ROUNDS = "rounds"
    PHASES = "phases"
    PLACES = "places"


COLUMNS: Mapping[TableName, tuple[str, ...]] = {
    TableName.RESPONSES: (
        "message_id", "link", "round", "prompt_id", "question", "phase_number", "phase", "phase_kind", "author",
        "author_key", "role", "stance_id", "stance", "kind", "response_id", "parent_id", "parent_author", "depth",
        "text", "restated", "claim", "evidence", "reasoning", "words", "created_at", "created_at_local", "edited_at",
        "withdrawn_at", "hidden_at", "citations", "revisions", "attachments", "group", "written_by", "held_back",
        "moved", "moved_to",
    ),
    TableName.VOTES: (
        "round", "prompt_id", "question", "phase_number", "phase", "phase_kind", "author", "author_key", "role",
        "stance_id", "stance", "previous_id", "previous", "at", "at_local",
    ),
    TableName.PARTICIPANTS: (
        "author", "author_key", "role", "user_id", "responses", "replies", "reflections", "statements", "words",
        "on_time", "withdrawn", "hidden", "votes", "changes_of_side",
    ),
    TableName.ROUNDS: (
        "round", "prompt_id", "question", "format", "opened_at", "opened_at_local", "deadline_at", "closed_at",
        "closing", "voters", "tally", "responses", "votes", "gaps", "gap_times", "voted_both_times", "swing", "moves",
    ),
    TableName.PHASES: (
        "round", "prompt_id", "question", "phase_number", "phase", "phase_kind", "began_at", "began_at_local",
        "ended_at", "ended_at_local", "voters", "tally", "left_out",
    ),
    TableName.PLACES: (
        "round", "prompt_id", "question", "author", "author_key", "role", "side_id", "side", "group", "at", "at_local",
        "reason",
    ),
}  # fmt: skip


def tables_of(head: Head) -> tuple[TableName, ...]:
    """The files that there are for a transcript."""
    empty = {
        *(() if any(told.round.has_phases for told in head.rounds) else (TableName.PHASES,)),
        *(() if any(told.places for told in head.rounds) else (TableName.PLACES,)),
    }
    return tuple(table for table in TableName if table not in empty)

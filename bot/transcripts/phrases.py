"""What the formats for reading say in words of their own. Nothing here is safe for a file yet: see signs.py."""

import re
from collections.abc import Callable, Iterator

from bot.content.models import Prompt, Stance
from bot.discussion.ids import StanceId
from bot.discussion.transcript import Entry, Gap, Head, Names, ToldRound
from bot.discussion.values import Closing, Response, Role
from bot.discussion.wording import FIELDS, TEXT
from bot.transcripts.clock import Clock

_CUSTOM_EMOJI = re.compile(r"<a?(:\w+:)\d+>")

_CLOSINGS = {
    Closing.TIME: "its time was over",
    Closing.NEXT: "the next question was posed",
    Closing.CLOSE: "the debate was closed",
}
_LABELS = {field.name: field.label for field in FIELDS}

SCOPE_PSEUDONYMS = (
    "The speakers have pseudonyms, and nothing here leads to their accounts. "
    "Names that somebody wrote inside an answer stand as they were written."
)
SCOPE_REAL = "This transcript has real names. Keep it as you would keep a class register."


def counted(number: int, one: str, many: str | None = None) -> str:
    """A number with its noun: 1 response, 2 responses, 12,000 responses."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def emoji(stance: Stance) -> str:
    """A stance's emoji; a server's own by its name, since only Discord can show it."""
    custom = _CUSTOM_EMOJI.fullmatch(stance.emoji)
    return custom[1] if custom else stance.emoji


def stance_words(prompt: Prompt, stance: str | None) -> str:
    """A stance with its emoji: 🤝 Engage China first."""
    if stance is None:
        return "no side taken"
    found = prompt.stance(stance)
    return f"{emoji(found)} {found.label}" if found else stance


def circumstances(entry: Entry, clock: Clock, escaped: Callable[[str], str]) -> list[str]:
    """What stands behind a name: role, side, whom it answers, when it was written and edited; escaped as told."""
    response = entry.response
    parts = [known] if (known := role(response.role)) else []
    if response.stance:
        parts.append(escaped(stance_words(entry.round.prompt, response.stance)))
    if response.parent_id is not None:
        parts.append(f"answers {escaped(entry.parent_speaker.label) if entry.parent_speaker else 'somebody'}")
    parts.append(clock.minute(response.created_at))
    if response.edited_at:
        parts.append(f"edited {clock.minute(response.edited_at)}")
    return parts


def attached(response: Response) -> list[str]:
    """The files that came with a message, in words: notes.pdf (application/pdf, 12,000 bytes)."""
    return [f"{each.name} ({each.type or 'a file'}, {counted(each.size, 'byte')})" for each in response.attachments]


def label(field: str) -> str | None:
    """How a field of a response is headed; None for plain words."""
    return None if field == TEXT else _LABELS.get(field, field.capitalize())


def role(given: Role) -> str | None:
    """A role worth telling; None for a student."""
    return None if given is Role.STUDENT else given.value.capitalize()


def joined(entry: Entry) -> str:
    """All words of a response as one text: its fields with their names, a line each."""
    body = entry.response.body
    if len(body) == 1 and TEXT in body:
        return body[TEXT]
    return "\n".join(f"{label(name)}: {text}" if label(name) else text for name, text in body.items())


def gap(missed: Gap, clock: Clock) -> str:
    """A gap as a sentence, times on the school's clock."""
    began, ended = clock.minute(missed.began_at), clock.until(missed.began_at, missed.ended_at)
    why = f" ({missed.reason})" if missed.reason.strip() else ""
    return f"From {began} to {ended} the bot could not listen{why}. Words typed meanwhile may be missing."


def names_notice(head: Head) -> str:
    """Whose names are in it, and what that asks of the reader."""
    return SCOPE_REAL if head.scope.names is Names.REAL else SCOPE_PSEUDONYMS


def part_notice(head: Head, clock: Clock) -> str | None:
    """What the transcript leaves out; None where it tells all."""
    scope = head.scope
    kept: list[str] = []
    if scope.round_number is not None:
        kept.append(f"round {scope.round_number}")
    if scope.student is not None:
        speaker = head.speakers.get(scope.student)
        kept.append(f"what {speaker.label} said" if speaker else "what one student said, who took no part")
    if scope.since is not None:
        kept.append(f"what was written since {clock.minute(scope.since)}")
    return f"Only a part is told here: {', '.join(kept)}." if kept else None


def session_facts(head: Head, clock: Clock) -> Iterator[tuple[str, str]]:
    """The facts at the top of a transcript, each with its name."""
    session = head.session
    yield "Article", f"{session.article.title}, by {session.article.author}"
    closed = session.closed_at
    until = clock.until(session.started_at, closed) if closed else "still open when this was written"
    yield "Held", f"{clock.minute(session.started_at)} – {until}"
    yield (
        "In it",
        ", ".join(
            (
                counted(len(head.rounds), "round"),
                counted(len(head.speakers), "participant"),
                counted(head.entries, "response"),
                counted(head.votes, "vote"),
            )
        ),
    )
    yield (
        "Written",
        f"{clock.minute(head.exported_at)}, by Parley {head.version}; all times are those of {head.time_zone}",
    )


def round_facts(told: ToldRound, clock: Clock) -> str:
    """When a round was, and how much there is of it, as one line."""
    posed = told.round
    parts = [f"Posed {clock.minute(posed.opened_at)}"]
    if posed.deadline:
        parts.append(f"time until {clock.until(posed.opened_at, posed.deadline)}")
    if posed.closed_at:
        why = f", when {_CLOSINGS[posed.closing]}" if posed.closing else ""
        parts.append(f"closed {clock.until(posed.opened_at, posed.closed_at)}{why}")
    else:
        parts.append("still open when this was written")
    parts += [counted(told.entries, "response"), counted(told.votes, "vote")]
    if told.gaps:
        parts.append(counted(len(told.gaps), "gap"))
    return " · ".join(parts)


def votes_for(told: ToldRound, stance: str) -> int:
    """How many held a stance last; 0 where the count does not have it."""
    return told.tally.counts.get(StanceId(stance), 0)


def share_of(told: ToldRound, stance: str) -> int:
    """A stance's share of the voters in whole per cent."""
    return told.tally.percent(StanceId(stance)) if StanceId(stance) in told.tally.counts else 0

"""What the formats for reading say in words of their own. Nothing here is safe for a file yet: see signs.py."""

import re
from collections.abc import Callable, Iterator, Mapping
from operator import attrgetter

from bot.content.formats import Phase, VotePhase
from bot.content.models import Prompt, Stance
from bot.discussion.moderation import Review
from bot.discussion.phase_names import phase_name
from bot.discussion.transcript import Entry, Gap, Head, Names
from bot.discussion.values import Response, Role
from bot.discussion.wording import FIELDS, RESTATED_FIELD, TEXT
from bot.transcripts.clock import Clock
from bot.transcripts.ledger import Ledger, Part

_CUSTOM_EMOJI = re.compile(r"<a?(:\w+:)\d+>")

_LABELS = {field.name: field.label for field in FIELDS} | {RESTATED_FIELD.name: "The point, restated"}

SCOPE_PSEUDONYMS = (
    "The speakers have pseudonyms, and nothing here leads to their accounts. "
    "Names that somebody wrote inside an answer stand as they were written."
)
SCOPE_REAL = "This transcript has real names. Keep it as you would keep a class register."


def counted(number: int, one: str, many: str | None = None) -> str:
    """A number with its noun: 1 response, 2 responses, 12,000 responses."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def hidden(response: Response) -> str:
    """Why the class did not see a hidden response, up to the time."""
    return _HIDDEN.get(response.review, "Hidden by a moderator")


_HIDDEN: Mapping[Review | None, str] = {
    Review.WAITING: "Waiting for a moderator",
    Review.REJECTED: "Not approved by a moderator",
}


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


def kind_of(phase: Phase) -> str:
    """What kind of phase it is: reply, secret vote."""
    return "secret vote" if isinstance(phase, VotePhase) and phase.secret else phase.kind.value


def named_phase(phase: Phase) -> str:
    """A phase by its name, and by its kind where the name is its own: Rebuttal (reply)."""
    return f"{phase.name} ({kind_of(phase)})" if phase.name else phase_name(phase)


def attached(response: Response) -> list[str]:
    """The files that came with a message, in words: notes.pdf (application/pdf, 12,000 bytes)."""
    return [f"{each.name} ({each.type or 'a file'}, {counted(each.size, 'byte')})" for each in response.attachments]


def parts(body: Mapping[str, str]) -> list[tuple[str | None, str]]:
    """What was written in each field, with its heading; plain words have none, unless they stand behind other words."""
    answer = "Answer" if RESTATED_FIELD.name in body else None
    return [(answer if field == TEXT else _LABELS.get(field, field.capitalize()), text) for field, text in body.items()]


def role(given: Role) -> str | None:
    """A role worth telling; None for a student."""
    return None if given is Role.STUDENT else given.value.capitalize()


def joined(entry: Entry) -> str:
    """All words of a response as one text: its fields with their names, a line each."""
    body = entry.response.body
    if len(body) == 1 and TEXT in body:
        return body[TEXT]
    return "\n".join(f"{heading}: {text}" if heading else text for heading, text in parts(body))


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
                *_votes(head),
            )
        ),
    )
    yield (
        "Written",
        f"{clock.minute(head.exported_at)}, by Parley {head.version}; all times are those of {head.time_zone}",
    )


def _votes(head: Head) -> list[str]:
    """How many votes are told; where some were secret only of those that were not."""
    if not any(phase.is_secret for told in head.rounds for phase in told.phases):
        return [counted(head.votes, "vote")]
    return [counted(head.votes, "open vote")] if head.votes else []


def people_notice(ledger: Ledger) -> str | None:
    """What the list of people does not have; None where it has everything."""
    if not ledger.has_secret_votes:
        return None
    return "Who did nothing but vote in secret is not in this list, and no secret vote is in its numbers."


def facts_of_people(ledger: Ledger) -> list[tuple[str, Callable[[Part], int]]]:
    """What is told of everybody who took part: the name of each fact, and how it is found."""
    facts: list[tuple[str, Callable[[Part], int]]] = [
        ("Responses", attrgetter("responses")),
        ("Replies", attrgetter("replies")),
    ]
    if ledger.counts.reflections:
        facts.append(("Reflections", attrgetter("reflections")))
    if ledger.counts.statements:
        facts.append(("Group statements", attrgetter("statements")))
    facts.append(("Words", attrgetter("words")))
    if ledger.counts.votes or not ledger.has_secret_votes:
        facts += [("Votes", attrgetter("votes")), ("Changes of side", attrgetter("changes_of_side"))]
    return facts

"""A student's own way through a debate, and a teacher's look at whose voice is missing: both private."""

from discord import ui

from bot.chat.cards.parts import button, card, line, named, nameless, row, text
from bot.chat.cards.requirement_lines import required, still_to_do
from bot.chat.routing import to
from bot.chat.texts import CARD_TEXT, counted, fitted, plain, shared
from bot.classroom.inviting import Voices
from bot.classroom.progressing import OwnWay, Way
from bot.discussion.ids import UserId
from bot.discussion.inviting import MOST_POINTS, Invitation, Kind
from bot.discussion.palette import NEUTRAL
from bot.discussion.values import Response, Round
from bot.discussion.voices import Voice
from bot.discussion.wording import in_one_line

_MOST_SPEAKERS = 8
_IN_A_ROW = 4


def progress_page(way: OwnWay) -> ui.LayoutView:
    """What somebody has done, and what is left: facts, and no word on how good they are."""
    done = [
        counted(way.responses, "response"),
        counted(way.replies, "reply", "replies"),
        *([counted(way.reflections, "reflection")] if way.reflections else []),
        counted(way.words, "word"),
    ]
    cited = ", ".join(f"¶{number}" for number in way.paragraphs)
    asked = "\n".join(_asked(each, several=len(way.ways) > 1) for each in way.ways)
    return card(
        text(f"### Your progress\n-# {fitted(plain(way.title), 300)}"),
        text(" · ".join(done)),
        text(fitted(f"You lean on {cited} of the article.", 600) if cited else "You lean on no passage of it yet."),
        line(),
        text(fitted(asked, 2400)),
        colour=NEUTRAL,
    )


def _asked(way: Way, *, several: bool) -> str:
    """What a round's format asks for, and how much of that is left."""
    told = _left(way)
    return f"Question {way.round.number}: {told}" if several else told[0].upper() + told[1:]


def _left(way: Way) -> str:
    found = way.round
    wanted, left = required(found.format.requires), still_to_do(way.progress)
    if not wanted:
        return "nothing in particular is asked of you."
    if not left:
        return f"you have done what is asked: {wanted}."
    return f"still to do: {left}." if found.is_open else f"it is closed; {left} short of {wanted}."


def voices_page(voices: Voices) -> ui.LayoutView:
    """Who has not spoken, who carries the talk, which points nobody answered; with what the class can be invited to."""
    found = voices.round
    told = [
        _silent(voices),
        _speakers(voices),
        _unanswered(voices),
    ]
    note = [f"-# {voices.evenness}"] if voices.evenness else []
    if not voices.knows_members:
        note.append("-# Discord does not tell Parley who is in this channel: only who took part before is listed.")
    head = f"### Voices\n-# {fitted(plain(found.prompt.question), 300)}"
    foot = "\n".join(note)
    cut = shared(told, CARD_TEXT - len(head) - len(foot) - 400)
    invited = [
        text("**Invite the class**, in the thread and naming nobody:"),
        *[row(buttons) for buttons in _rows(found, voices.invitations)],
    ]
    return card(
        text(head),
        *[text(words) for words in cut],
        *([text(foot)] if foot else []),
        *([line(), *invited] if voices.invitations else []),
        colour=NEUTRAL,
    )


def _silent(voices: Voices) -> str:
    names = _names(voices, voices.silent)
    return f"**Not heard yet** ({len(voices.silent)}): {', '.join(names) or '–'}"


def _names(voices: Voices, users: tuple[UserId, ...]) -> list[str]:
    told = [plain(voices.names[user]) for user in users if user in voices.names]
    return told + nameless(len(users) - len(told))


def _speakers(voices: Voices) -> str:
    if not voices.speakers:
        return "**Who carries the talk**: nobody has spoken yet."
    most = [_speaker(voices, voice) for voice in voices.speakers[:_MOST_SPEAKERS]]
    left = len(voices.speakers) - len(most)
    more = [f"-# and {counted(left, 'other')} with less"] if left else []
    return "\n".join(["**Who carries the talk**, by words", *most, *more])


def _speaker(voices: Voices, voice: Voice) -> str:
    name = plain(voices.names.get(voice.user_id, "Somebody"))
    share = round(100 * voice.words / voices.words) if voices.words else 0
    said = f"{counted(voice.responses, 'response')}, {counted(voice.replies, 'reply', 'replies')}"
    return f"{share} % · {name} · {said}"


def _unanswered(voices: Voices) -> str:
    if not voices.unanswered:
        return (
            "**Nobody has answered**: every point has an answer." if voices.speakers else "**Nobody has answered**: –"
        )
    points = [_point(voices, entry) for entry in voices.unanswered[:MOST_POINTS]]
    left = len(voices.unanswered) - len(points)
    return "\n".join(["**Nobody has answered**", *points, *([f"-# and {left} more"] if left else [])])


def _point(voices: Voices, entry: Response) -> str:
    found = voices.round
    said = fitted(plain(in_one_line(entry.body, 90)), 140) or "a file"
    name = plain(voices.names.get(entry.user_id, "Somebody"))
    shown_by = entry.stand_in_id or entry.message_id
    link = (
        f" · https://discord.com/channels/{found.guild_id}/{found.thread_id}/{shown_by}"
        if shown_by is not None and found.thread_id is not None
        else ""
    )
    return f"{name}, {named(found.prompt.stance(entry.stance) if entry.stance else None)}: {said}{link}"


def _rows(found: Round, invitations: tuple[Invitation, ...]) -> list[list[ui.Button[ui.LayoutView]]]:
    points = [each for each in invitations if each.kind is Kind.POINT]
    buttons = [
        button(
            f"Answer point {points.index(each) + 1}" if each.kind is Kind.POINT else _label(found, each),
            to("invite", found.id, each.kind, each.about),
        )
        for each in invitations
    ]
    return [buttons[first : first + _IN_A_ROW] for first in range(0, len(buttons), _IN_A_ROW)]


def _label(found: Round, invitation: Invitation) -> str:
    if invitation.kind is Kind.CIRCLE:
        return f"Hear the {invitation.about} circle"
    stance = found.prompt.stance(invitation.about)
    label = stance.label if stance else invitation.about
    return f"{'Answer' if invitation.kind is Kind.ANSWER else 'Speak for'} “{label}”"

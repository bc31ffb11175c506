"""The card of a round: the excerpts, the question, the time left, a button per stance with its count."""

import discord
from discord import ui

from bot.chat.cards.parts import button, card, line, row, text
from bot.chat.cards.phase_notice import phase_actions, phase_line, time_line
from bot.chat.routing import to
from bot.chat.texts import CARD_TEXT, counted, plain, quoted, shared
from bot.classroom.ballots import is_secret
from bot.classroom.reading import OF_ROUND
from bot.classroom.voting import Standing
from bot.content.formats import ArguePhase, VotePhase
from bot.content.models import Prompt
from bot.discussion.allowing import allows_vote
from bot.discussion.ids import StanceId
from bot.discussion.palette import NEUTRAL, STANCE_COLOURS
from bot.discussion.values import Closing, Round

WHY_CLOSED = {
    Closing.TIME: "the time is over",
    Closing.NEXT: "the next question was posed",
    Closing.CLOSE: "the debate has ended",
}

UNDER_PSEUDONYMS = (
    "Everybody speaks under a pseudonym: **My part** tells you yours. A moderator can unmask one with a reason; each "
    "time is on the audit.\n-# Use **Respond**: what is typed in the thread shows your name and is not recorded."
)


APPROVED_FIRST = (
    "A moderator reads what students write before the class does. Use **Respond**: what is typed in the thread could "
    "be seen at once."
)


def round_card(standing: Standing, *, hears_thread: bool) -> ui.LayoutView:
    """The card as it stands now. `hears_thread`: are words typed in the thread recorded too?"""
    session, found = standing.session, standing.round
    source = f"-# {plain(session.article.title)} · by {plain(session.article.author)}"
    question = f"-# Question {found.number} of “{plain(session.prompt_set.title)}”\n### {plain(found.prompt.question)}"
    time, footnote = _time(found) + _where(found), _footnote(standing, hears_thread)
    rest = sum(map(len, (source, question, time, footnote)))
    return card(
        text(source),
        *[text(excerpt) for excerpt in _excerpts(found.prompt, CARD_TEXT - rest)],
        line(),
        text(question),
        text(time),
        *([row(_stance_buttons(standing))] if _shows_stances(found) else []),
        row(_other_buttons(found)),
        text(footnote),
        colour=STANCE_COLOURS[0] if found.is_open else NEUTRAL,
    )


def _excerpts(prompt: Prompt, most: int) -> list[str]:
    """The quotes with their places. They fit as the loader has checked; a card that Discord refuses must never be."""
    places = [f"\n-# ¶{excerpt.paragraph}" for excerpt in prompt.excerpts]
    quotes = shared([quoted(plain(excerpt.quote)) for excerpt in prompt.excerpts], most - sum(map(len, places)))
    return [quote + place for quote, place in zip(quotes, places, strict=True)]


def _time(found: Round) -> str:
    if found.closed_at is not None:
        why = WHY_CLOSED[found.closing] if found.closing else "it was closed"
        return f"**Closed** {discord.utils.format_dt(found.closed_at, 'R')}: {why}."
    if found.has_phases:
        return f"{phase_line(found)}\n{time_line(found)}"
    if found.deadline is None:
        return "Open until your teacher closes it."
    return f"Closes {discord.utils.format_dt(found.deadline, 'R')}, at {discord.utils.format_dt(found.deadline, 't')}."


def _where(found: Round) -> str:
    """Where the thread is, if it does not hang on this card: of a card that was posted anew, or none any more."""
    if found.lost is not None:
        return "\nThe thread was deleted. What was said in it is on record, and **Respond** still records."
    if found.thread_id is not None and found.thread_id != found.card_id:
        return f"\nThe debate goes on in <#{found.thread_id}>."
    return ""


def _shows_stances(found: Round) -> bool:
    """Is there something to be done with the stances, or to be seen of them?"""
    return not found.is_open or allows_vote(found.phase) is None


def _stance_buttons(standing: Standing) -> list[ui.Button[ui.LayoutView]]:
    found = standing.round
    hides = found.is_open and is_secret(found)
    return [
        button(
            stance.label if hides else f"{stance.label} · {standing.tally.counts[StanceId(stance.id)]}",
            to("vote", found.id, stance.id),
            emoji=stance.emoji,
            disabled=not found.is_open,
        )
        for stance in found.prompt.stances
    ]


def _other_buttons(found: Round) -> list[ui.Button[ui.LayoutView]]:
    """Respond, by which the card is known again; what else the phase asks for; and the article."""
    responds = found.is_open and isinstance(found.phase, ArguePhase)
    here = phase_actions(found, found.phase_number) if found.is_open else []
    respond, article = to("respond", found.id), to("read", f"{OF_ROUND}{found.id}")
    others = [each for each in here if each.custom_id not in {respond, article}]
    return [
        button("Respond", respond, style=discord.ButtonStyle.primary, disabled=not responds),
        *others,
        *([button("My part", to("part", found.id))] if found.is_open and _has_parts(found) else []),
        button("Read the article", article),
    ]


def _has_parts(found: Round) -> bool:
    """Is there more to a student's part than the side that they take by a button?"""
    has_more = found.format.sides is not None or found.format.requires is not None
    return found.has_phases or has_more or found.conduct.pseudonymous


def _footnote(standing: Standing, hears_thread: bool) -> str:
    counts = f"{counted(standing.tally.voters, 'person has', 'people have')} taken a side"
    if standing.round.is_open and isinstance(standing.round.phase, VotePhase):
        counts = f"{counted(standing.voted, 'person has', 'people have')} voted"
    said = f"{counted(standing.tally.responses, 'response')}"
    if not standing.round.is_open:
        return f"-# {counts} · {said}"
    said += _order(standing.round)
    if standing.session.conduct.pseudonymous:
        return f"-# {counts} · {said}\n-# {UNDER_PSEUDONYMS}"
    kept = (
        "Sides, responses and what you write in the thread are recorded under your name."
        if hears_thread
        else "Sides and responses are recorded under your name. Use **Respond**: what is only typed is not recorded."
    )
    return f"-# {counts} · {said}\n-# {kept}"


def _order(found: Round) -> str:
    """How the debate is kept in order, where a student has to know it."""
    slow = found.conduct.slow_seconds
    slowed = f" · slow mode: {counted(slow, 'second')} between two responses" if slow else ""
    return slowed + (f"\n-# {APPROVED_FIRST}" if found.conduct.approve_first else "")

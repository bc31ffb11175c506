"""What a student is asked back about a response that has just gone on record, in the same transaction."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from bot.classroom.advancing import run_of
from bot.content.models import FollowUp, When
from bot.discussion import phasing
from bot.discussion.coaching import Point, Said, has_own, is_time_for_one, question_for, reason
from bot.discussion.evidence import Citation, paragraphs_of
from bot.discussion.ids import ResponseId, UserId
from bot.discussion.values import Response, Round
from bot.storage import Transaction, askings, recording, responses
from bot.storage.askings import NewAsking
from bot.values import frozen

MOST_CLASSMATES = 100
"""So many of the latest responses are looked through for one that says the same."""


@frozen
class Written:
    """A new response, the passages that it leans on as far as they are known, and its author in the round before it."""

    response: Response
    cites: Sequence[Citation] | None
    standing: recording.Standing


@frozen
class _Made:
    """A point, and who made it."""

    user_id: UserId
    point: Point


def questions_back(
    tx: Transaction, found: Round, written: Sequence[Written], now: datetime
) -> Sequence[FollowUp | None]:
    """What the author of each response is asked; None where nothing is. It is on record where it depends on the words.

    Plain questions alone come in their turn, which needs no record.
    """
    if not _asks(found, now):
        return [None] * len(written)
    if not has_own(found.prompt.follow_ups):
        return [_in_turn(found.prompt.follow_ups, each) for each in written]
    return _by_what_they_say(tx, found, written)


def question_back(
    tx: Transaction, found: Round, response: Response, cites: Sequence[Citation] | None, now: datetime
) -> FollowUp | None:
    """The same for one response, whose author has not been looked up."""
    if not _asks(found, now):
        return None
    author = response.user_id
    standing = recording.standing(tx, found.guild_id, found.id, [author], now)[author]
    before = replace(standing, responses=standing.responses - 1)
    return questions_back(tx, found, [Written(response, cites, before)], now)[0]


def _asks(found: Round, now: datetime) -> bool:
    """May anybody be asked something in this round now?"""
    if not found.prompt.follow_ups or not found.conduct.coached:
        return False
    return is_time_for_one(found.phase, phasing.remaining(run_of(found), now))


def _in_turn(follow_ups: Sequence[FollowUp], written: Written) -> FollowUp | None:
    if written.standing.is_uncoached:
        return None
    plain = [each.ask for each in follow_ups if each.is_plain]
    return question_for(follow_ups, Said(written.response.body), plain[: written.standing.responses])


def _by_what_they_say(tx: Transaction, found: Round, written: Sequence[Written]) -> list[FollowUp | None]:
    coached = {each.response.user_id for each in written if not each.standing.is_uncoached}
    before = askings.of_people(tx, found.guild_id, found.id, coached) if coached else {}
    made = _made_so_far(tx, found)
    questions: list[FollowUp | None] = []
    new: list[NewAsking] = []
    for each in written:
        author = each.response.user_id
        asked = before.setdefault(author, [])
        fits = _said_by(each, made) if author in coached else None
        question = question_for(found.prompt.follow_ups, fits, asked) if fits is not None else None
        questions.append(question)
        if question is not None:
            asked.append(question.ask)
            at, why = each.response.created_at, reason(question)
            new.append(NewAsking(found.id, why, question.ask, at, author, each.response.id))
    askings.add(tx, found.guild_id, new)
    return questions


def _said_by(written: Written, made: Mapping[ResponseId, _Made]) -> Said:
    """A response with what classmates had said before."""
    new, cited = written.response, None if written.cites is None else paragraphs_of(written.cites)
    classmates = [each.point for id_, each in made.items() if id_ < new.id and each.user_id != new.user_id]
    return Said(new.body, new.stance, cited, classmates)


def _made_so_far(tx: Transaction, found: Round) -> Mapping[ResponseId, _Made]:
    """The points that the class can read in the round, where a follow-up asks whether somebody repeats one."""
    if all(each.when is not When.REPEATS_CLASSMATE for each in found.prompt.follow_ups):
        return {}
    latest = responses.latest_words(tx, found.guild_id, found.id, MOST_CLASSMATES)
    return {id_: _Made(said.user_id, Point.of(said.body)) for id_, said in latest.items()}

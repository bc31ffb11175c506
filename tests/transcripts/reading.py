"""Reads JSON Lines back into the values that they were written from."""

import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from bot.content.formats import Format
from bot.content.models import Article, Prompt, PromptSet
from bot.discussion.evidence import Citation, Kind
from bot.discussion.ids import ChannelId, GuildId, MessageId, ResponseId, RoundId, SessionId, SideId, StanceId, UserId
from bot.discussion.sides import Reason
from bot.discussion.swaying import Swayed
from bot.discussion.swing import Swing
from bot.discussion.tally import Tally
from bot.discussion.transcript import (
    Entry,
    Gap,
    Head,
    Names,
    Scope,
    Speaker,
    ToldPhase,
    ToldPlace,
    ToldRound,
    ToldVote,
)
from bot.discussion.values import Attachment, Closing, Response, Revision, Role, Round, Session, Source


@dataclass
class Back:
    """What was read."""

    lines: list[dict[str, Any]]
    head: Head
    entries: list[Entry] = field(default_factory=list[Entry])
    votes: list[ToldVote] = field(default_factory=list[ToldVote])


def _time(value: str) -> datetime:
    return datetime.fromisoformat(value).astimezone(UTC)


def _maybe(value: str | None) -> datetime | None:
    return None if value is None else _time(value)


def _number(value: str | None) -> int:
    return int(value or 0)


def read_back(text: Iterable[str]) -> Back:
    """The head, the responses and the votes of a JSON Lines transcript with real names."""
    lines: list[dict[str, Any]] = [json.loads(line) for line in text]
    first = lines[0]
    assert first["kind"] == "session"
    assert lines[-1]["kind"] == "end"
    speakers = {
        line["key"]: Speaker(line["key"], line["label"], Role(line["role"]), UserId(int(line["user_id"])))
        for line in lines
        if line["kind"] == "participant"
    }
    session = _session(first)
    rounds = {line["id"]: _round(line, session) for line in lines if line["kind"] == "round"}
    told = tuple(_told(line, rounds[line["id"]], lines, speakers) for line in lines if line["kind"] == "round")
    student = first["scope"]["student"]
    scope = Scope(
        Names(first["scope"]["names"]),
        first["scope"]["round"],
        UserId(int(student["user_id"])) if student else None,
        _maybe(first["scope"]["since"]),
    )
    by_user = {speaker.user_id: speaker for speaker in speakers.values() if speaker.user_id is not None}
    head = Head(session, told, by_user, scope, first["time_zone"], _time(first["exported_at"]), first["version"])
    back = Back(lines, head)
    for line in lines:
        if line["kind"] == "response":
            back.entries.append(_entry(line, rounds, speakers, session))
        elif line["kind"] == "vote":
            back.votes.append(_vote(line, rounds, speakers))
    return back


def _vote(line: dict[str, Any], rounds: dict[int, Round], speakers: dict[str, Speaker]) -> ToldVote:
    previous = StanceId(line["previous"]) if line["previous"] else None
    return ToldVote(
        rounds[line["round_id"]], speakers[line["author"]], StanceId(line["stance"]), previous, _time(line["at"]),
        line["phase"] - 1,
    )  # fmt: skip


def _session(line: dict[str, Any]) -> Session:
    return Session(
        SessionId(line["id"]), GuildId(_number(line["guild_id"])), ChannelId(_number(line["channel_id"])),
        line["set_slug"], PromptSet.model_validate(line["prompt_set"]), Article.model_validate(line["article"]),
        line["minutes"], UserId(_number(line["started_by"])), _time(line["started_at"]), _maybe(line["closed_at"]),
    )  # fmt: skip


def _round(line: dict[str, Any], session: Session) -> Round:
    return Round(
        RoundId(line["id"]), session.guild_id, session.id, ChannelId(_number(line["channel_id"])), line["number"],
        Prompt.model_validate(line["prompt"]), _time(line["opened_at"]), _maybe(line["deadline_at"]),
        _maybe(line["closed_at"]), Closing(line["closing"]) if line["closing"] else None,
        MessageId(int(line["card_id"])) if line["card_id"] else None,
        ChannelId(int(line["thread_id"])) if line["thread_id"] else None,
        MessageId(int(line["tally_id"])) if line["tally_id"] else None, format=Format.model_validate(line["format"]),
        phase_number=line["phase"] - 1,
    )  # fmt: skip


def _votes(tally: list[dict[str, Any]]) -> dict[StanceId, int]:
    return {StanceId(each["stance"]): each["votes"] for each in tally}


def _phase(line: dict[str, Any], posed: Round) -> ToldPhase:
    number: int = line["number"] - 1
    tally = line["tally"]
    phase = ToldPhase(
        number, posed.format.plan[number], _time(line["began_at"]), _maybe(line["ended_at"]),
        None if tally is None else _votes(tally), line["left_out"],
    )  # fmt: skip
    assert (line["name"], line["kind"], line["secret"]) == (phase.name, phase.phase.kind, phase.is_secret)
    assert line["voters"] == (None if tally is None else sum(_votes(tally).values()))
    return phase


def _swing(line: dict[str, Any] | None) -> Swing | None:
    if line is None:
        return None
    before, after = ({StanceId(each["stance"]): each[when] for each in line["stances"]} for when in ("before", "after"))
    moves = line["moves"]
    flow = moves and {(StanceId(each["before"]), StanceId(each["after"])): each["people"] for each in moves}
    swing = Swing(line["both"], before, after, flow)
    assert (line["winner"], line["dead_heat"]) == (swing.winner, swing.is_dead_heat)
    for each in line["stances"]:
        assert abs(each["points"] - float(swing.points(StanceId(each["stance"])))) < 0.0001
    return swing


def _place(line: dict[str, Any], speakers: dict[str, Speaker]) -> ToldPlace:
    return ToldPlace(
        speakers[line["author"]], SideId(line["side"]), line["group"], _time(line["at"]), Reason(line["reason"])
    )


def _told(line: dict[str, Any], posed: Round, lines: list[dict[str, Any]], speakers: dict[str, Speaker]) -> ToldRound:
    counts = _votes(line["tally"])
    gaps = tuple(
        Gap(posed.id, _time(each["began_at"]), _time(each["ended_at"]), each["reason"])
        for each in lines
        if each["kind"] == "gap" and each["round_id"] == posed.id
    )
    places = (each for each in lines if each["kind"] == "place" and each["round_id"] == posed.id)
    return ToldRound(
        posed,
        Tally(counts, line["tally_responses"]),
        gaps,
        line["responses"],
        line["votes"],
        tuple(_phase(each, posed) for each in line["phases"]),
        tuple(_place(each, speakers) for each in places),
        None if line["counted"] is None else line["counted"] - 1,
        _swing(line["swing"]),
    )


def _entry(line: dict[str, Any], rounds: dict[int, Round], speakers: dict[str, Speaker], session: Session) -> Entry:
    author, posed = speakers[line["author"]], rounds[line["round_id"]]
    assert author.user_id is not None
    number = ResponseId(line["id"])
    response = Response(
        number, session.guild_id, posed.id, author.user_id, Role(line["role"]), Source(line["source"]),
        ResponseId(line["parent_id"]) if line["parent_id"] is not None else None,
        StanceId(line["stance"]) if line["stance"] is not None else None, line["body"], _time(line["created_at"]),
        _maybe(line["edited_at"]), _maybe(line["withdrawn_at"]),
        MessageId(int(line["message_id"])) if line["message_id"] else None, _maybe(line["hidden_at"]),
        tuple(Attachment(each["name"], each["type"], each["size"]) for each in line["attachments"]),
        line["phase"] - 1, line["group"], line["held_back"],
        _user(line["edited_by"], speakers) if line["edited_by"] else None,
    )  # fmt: skip
    writers = [*(each["author"] for each in line["revisions"]), line["edited_by"] or line["author"]]
    revisions = tuple(
        Revision(
            number,
            each["body"],
            StanceId(each["stance"]) if each["stance"] else None,
            _time(each["replaced_at"]),
            None if each["author"] in {None, line["author"]} else _user(each["author"], speakers),
        )
        for each in line["revisions"]
    )
    citations = tuple(_citation(each) for each in line["citations"])
    parent = speakers[line["parent_author"]] if line["parent_author"] else None
    return Entry(
        response, posed, author, parent, line["depth"], revisions, citations, _maybe(line["hidden_at"]), line["moved"],
        tuple(speakers[key] for key in writers) if line["group"] is not None else (),
        _swayed(line["moved_votes"]),
    )  # fmt: skip


def _citation(told: dict[str, Any]) -> Citation:
    around = told["prefix"], told["suffix"]
    return Citation(told["paragraph"], told["start"], told["exact"], *around, Kind(told["kind"]))


def _swayed(told: dict[str, Any] | None) -> Swayed | None:
    return (
        None
        if told is None
        else Swayed(told["people"], {StanceId(each["stance"]): each["people"] for each in told["toward"]})
    )


def _user(key: str, speakers: dict[str, Speaker]) -> UserId | None:
    return speakers[key].user_id

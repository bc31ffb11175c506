"""Reads JSON Lines back into the values that they were written from."""

import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from bot.content.models import Article, Prompt, PromptSet
from bot.discussion.ids import ChannelId, GuildId, MessageId, ResponseId, RoundId, SessionId, StanceId, UserId
from bot.discussion.tally import Tally
from bot.discussion.transcript import Citation, Entry, Gap, Head, Names, Scope, Speaker, ToldRound, ToldVote
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
    told = tuple(_told(line, rounds[line["id"]], lines) for line in lines if line["kind"] == "round")
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
        rounds[line["round_id"]], speakers[line["author"]], StanceId(line["stance"]), previous, _time(line["at"])
    )


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
        MessageId(int(line["tally_id"])) if line["tally_id"] else None,
    )  # fmt: skip


def _told(line: dict[str, Any], posed: Round, lines: list[dict[str, Any]]) -> ToldRound:
    counts = {StanceId(each["stance"]): each["votes"] for each in line["tally"]}
    gaps = tuple(
        Gap(posed.id, _time(each["began_at"]), _time(each["ended_at"]), each["reason"])
        for each in lines
        if each["kind"] == "gap" and each["round_id"] == posed.id
    )
    return ToldRound(posed, Tally(counts, line["tally_responses"]), gaps, line["responses"], line["votes"])


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
    )  # fmt: skip
    revisions = tuple(
        Revision(number, each["body"], StanceId(each["stance"]) if each["stance"] else None, _time(each["replaced_at"]))
        for each in line["revisions"]
    )
    citations = tuple(Citation(each["paragraph"], each["quote"]) for each in line["citations"])
    parent = speakers[line["parent_author"]] if line["parent_author"] else None
    return Entry(response, posed, author, parent, line["depth"], revisions, citations, _maybe(line["hidden_at"]))

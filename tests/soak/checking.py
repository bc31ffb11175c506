"""The record of a bot that was killed, held against the ledger of its class, by plain sqlite3 and nothing of ours."""

import json
import re
import shutil
import sqlite3
from collections import Counter, defaultdict
from collections.abc import Generator, Iterable
from contextlib import closing, contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from discord.utils import snowflake_time
from simcord.backend import Backend
from simcord.components import walk_components

from bot.chat.texts import counted
from bot.discussion.ids import RoundId, UserId
from bot.rehearsal.sight import texts
from tests.soak.ledger import Ledger, Said, Typed, explains

_REPLY = re.compile(r"parley:reply:(\d+)")
_RESPOND = re.compile(r"parley:respond:(\d+)")
ON_ITS_WAY = timedelta(milliseconds=100)
"""What is typed so shortly before a bot closes the round may reach it too late."""

_COUNT = "### The count"

_TO_POST = """
SELECT (SELECT count(*) FROM responses WHERE message_id IS NULL AND withdrawn_at IS NULL)
     + (SELECT count(*) FROM rounds WHERE card_id IS NULL OR thread_id IS NULL)
     + (SELECT count(*) FROM rounds WHERE tally_id IS NULL AND closed_at IS NOT NULL)
     + (SELECT count(*) FROM outdated)
"""


class Record:
    """All that is in a database, as plain values."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        connection.row_factory = sqlite3.Row
        self.integrity = [str(row[0]) for row in connection.execute("PRAGMA integrity_check")]
        self.orphans = connection.execute("PRAGMA foreign_key_check").fetchall()
        self.responses: list[dict[str, Any]] = [dict(row) for row in connection.execute("SELECT * FROM responses")]
        self.gaps: list[str] = [str(row[0]) for row in connection.execute("SELECT reason FROM gaps")]
        self.rounds: list[dict[str, Any]] = [dict(row) for row in connection.execute("SELECT * FROM rounds")]
        self.earlier: defaultdict[int, list[str]] = defaultdict(list)
        for response_id, body in connection.execute("SELECT response_id, body FROM revisions ORDER BY id"):
            self.earlier[response_id].append(_words(body))
        self.stances: defaultdict[tuple[RoundId, UserId], list[str]] = defaultdict(list)
        for round_id, user_id, stance in connection.execute("SELECT round_id, user_id, stance FROM votes ORDER BY id"):
            self.stances[RoundId(round_id), UserId(user_id)].append(stance)
        for response in self.responses:
            response["words"] = _words(response["body"])


@contextmanager
def as_left_behind(database: Path) -> Generator[sqlite3.Connection]:
    """A copy of the file and its log as they lie there: looking must not mend what the next start has to mend."""
    with TemporaryDirectory() as folder:
        for side in ("", "-wal"):
            source = database.with_name(database.name + side)
            if source.exists():
                shutil.copy(source, folder)
        with closing(sqlite3.connect(Path(folder) / database.name)) as connection:
            yield connection


def read_record(database: Path) -> Record:
    """What is on record, while no bot runs."""
    with as_left_behind(database) as connection:
        return Record(connection)


def is_all_posted(database: Path) -> bool:
    """Does the record of a running bot know of nothing that is still to be posted, edited or deleted?"""
    with closing(sqlite3.connect(f"{database.as_uri()}?mode=ro", uri=True)) as connection:
        return connection.execute(_TO_POST).fetchone() == (0,)


def wrong_in_record(record: Record, ledger: Ledger) -> list[str]:
    """What is lost, doubled or invented: a line each."""
    wrong = [f"integrity: {line}" for line in record.integrity if line != "ok"]
    wrong += [f"orphan: {tuple(row)}" for row in record.orphans]
    for key in record.stances.keys() | ledger.stances.keys():
        if not explains(record.stances.get(key, []), ledger.stances.get(key, [])):
            wrong.append(f"votes of {key}: {record.stances.get(key)} from {ledger.stances.get(key)}")
    return [*wrong, *_wrong_in_responses(record, ledger), *_wrong_in_rounds(record, ledger)]


def _wrong_in_responses(record: Record, ledger: Ledger) -> Iterable[str]:
    rows = {response["id"]: response for response in record.responses}
    by_first = defaultdict[str, list[int]](list)
    for response in record.responses:
        by_first[(record.earlier.get(response["id"]) or [response["words"]])[0]].append(response["id"])
    known = set[int]()
    for said in ledger.said:
        # Without the receipt, the words tell which it is; without those too, it was withdrawn.
        found = [int(said.id)] if said.id is not None and said.id in rows else by_first[said.wordings[0][0]]
        known.update(found)
        if len(found) != 1:
            if found or said.is_certain:
                yield f"{len(found)} times on record: {said}"
            continue
        yield from _wrong_in_response(rows[found[0]], record.earlier.get(found[0], []), said)
    messages = {typed.message: typed for typed in ledger.typed}
    heard = Counter(row["message_id"] for row in record.responses if row["source"] == "message")
    for row in record.responses:
        typed = messages.get(row["message_id"]) if row["source"] == "message" else None
        if typed is not None and (row["user_id"], row["words"]) != (typed.user, typed.text):
            yield f"heard wrongly: {row} for {typed}"
        if typed is None and row["id"] not in known:
            yield f"nobody said: {row}"
    yield from (f"{times} times heard: {message}" for message, times in heard.items() if times > 1)


def _wrong_in_response(row: dict[str, Any], earlier: list[str], said: Said) -> Iterable[str]:
    if (row["user_id"], row["round_id"], row["source"], row["parent_id"]) != (
        said.user,
        said.round,
        said.source,
        said.parent,
    ):
        yield f"not as it was said: {row} for {said}"
    if row["withdrawn_at"] is None:
        if said.withdrawal:
            yield f"withdrawal lost: {said}"
        if not explains([*earlier, row["words"]], said.wordings):
            yield f"wordings {earlier} and {row['words']!r} from {said}"
    elif said.withdrawal is None:
        yield f"withdrawn by nobody: {said}"
    elif row["words"] or any(earlier):
        yield f"withdrawn, but its words are there: {row}"


def _wrong_in_rounds(record: Record, ledger: Ledger) -> Iterable[str]:
    known = Counter(each["id"] for each in record.rounds)
    yield from (f"round {number} was seen and is lost" for number in ledger.posed if known[number] != 1)


def not_heard(record: Record, ledger: Ledger) -> list[str]:
    """What was typed in time and is not on record, whether a bot was there or not: a line each. And any gap."""
    heard = {response["message_id"] for response in record.responses}
    closed = {each["thread_id"]: each["closed_at"] for each in record.rounds}
    lost = [
        f"never heard: {typed}"
        for typed in ledger.typed
        if typed.message not in heard and _in_time(typed, closed.get(typed.thread))
    ]
    return [*lost, *(f"given up: {gap}" for gap in record.gaps)]


def _in_time(typed: Typed, closed_at: str | None) -> bool:
    """Was it typed while its round was open? Who types after that has not seen yet that it is closed."""
    if closed_at is None:
        return True
    closed = datetime.fromisoformat(closed_at).replace(tzinfo=UTC)
    return snowflake_time(typed.message) <= closed - (timedelta() if typed.unheard else ON_ITS_WAY)


def wrong_in_world(record: Record, backend: Backend) -> list[str]:
    """What is posted never or twice, or still stands though its author was told that it is gone: a line each."""
    seen = _Seen(backend)
    wrong = [f"{seen.cards[each['id']]} cards of {each['id']}" for each in record.rounds if seen.cards[each["id"]] != 1]
    wrong += [
        f"{seen.tallies[each['thread_id']]} tallies of round {each['id']}"
        for each in record.rounds
        if seen.tallies[each["thread_id"]] != (each["closed_at"] is not None)
    ]
    for response in record.responses:
        posts = seen.responses.pop(response["id"], [])
        if response["withdrawn_at"] is None and response["source"] != "message" and posts != [response["message_id"]]:
            wrong.append(f"response {response['id']} is shown by {posts}, on record {response['message_id']}")
    return [*wrong, *(f"posted, but not on record: {number}" for number in seen.responses)]


def stale_in_world(record: Record, ledger: Ledger, backend: Backend) -> list[str]:
    """What is to be seen otherwise than on record: responses, what answers to them quote, final counts. A line each."""
    shown = _Seen(backend)
    words = {response["id"]: response["words"] for response in record.responses}
    stale = [
        f"response {number} was changed, and its words are not to be seen"
        for number, messages in shown.responses.items()
        if words[number] and words[number] not in shown.texts[messages[0]]
    ]
    everything = "\n".join(text for texts_ in shown.texts.values() for text in texts_)
    standing = set(words.values())
    stale += [
        f"{text!r} was taken back or changed, and is still to be seen"
        for said in ledger.said
        for text, _ in said.wordings
        if text not in standing and text in everything
    ]
    for each in record.rounds:
        said = [one for one in record.responses if one["round_id"] == each["id"] and one["withdrawn_at"] is None]
        if each["closed_at"] is not None and f" · {counted(len(said), 'response')} · " not in shown.counts.get(
            each["thread_id"], ""
        ):
            stale.append(f"round {each['id']} has {len(said)} responses, told as {shown.counts.get(each['thread_id'])}")
    return stale


class _Seen:
    """What of the bot is to be seen: cards by round, tallies by thread, the messages of responses."""

    def __init__(self, backend: Backend) -> None:
        self.cards, self.tallies = Counter[int](), Counter[int]()
        self.responses = defaultdict[int, list[int]](list)
        self.texts: dict[int, list[str]] = {}
        self.counts: dict[int, str] = {}
        for message in (each for channel in backend.messages.values() for each in channel.values()):
            if message.author_id != backend.bot_user.id or message.is_ephemeral:
                continue
            parts = list(walk_components(message.components))
            ids = [str(part.get("custom_id", "")) for part in parts]
            self.cards.update(int(match[1]) for custom_id in ids if (match := _RESPOND.fullmatch(custom_id)))
            for match in filter(None, map(_REPLY.fullmatch, ids)):
                self.responses[int(match[1])].append(message.id)
                self.texts[message.id] = texts(message)
            if any(str(part.get("content", "")).startswith(_COUNT) for part in parts):
                self.tallies[message.channel_id] += 1
                self.counts[message.channel_id] = " ".join(texts(message))


def _words(body: str) -> str:
    """A response's first field: the words by which the ledger knows it."""
    return next(iter(json.loads(body).values()), "")

"""A small debate to record."""

import sqlite3
import subprocess
import sys
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from bot.content.models import Article, Excerpt, Prompt, PromptSet, Stance, Starters
from bot.discussion.ids import ChannelId, GuildId, MessageId, ResponseId, RoundId, SessionId, StanceId, UserId
from bot.discussion.values import Conduct, Response, Role, Round, Session, Source
from bot.storage import Transaction, responses, rounds, sessions

ROOT = Path(__file__).parents[2]

HERE = GuildId(1_310_000_000_000_000_001)
ELSEWHERE = GuildId(9_223_372_036_854_775_807)
CHANNEL = ChannelId(1_310_000_000_000_000_002)
MINA = UserId(1_310_000_000_000_000_003)
JUNO = UserId(1_310_000_000_000_000_004)
YES, NO = StanceId("yes"), StanceId("no")

ARTICLE = Article(title="A title", author="An author", paragraphs=("First, “quoted”.", "Second – naïve 한국."))
PROMPT = Prompt.model_validate(
    {
        "id": "one",
        "question": "Is it so?",
        "excerpts": [Excerpt(paragraph=1, quote="First")],
        "stances": [Stance(id="yes", label="Yes", emoji="✅"), Stance(id="no", label="No", emoji="❌")],
        "starters": Starters(claim="I hold that …"),
        "follow-ups": ["And why?"],
        "minutes": 5,
    }
)
PROMPT_SET = PromptSet(article="an-article", title="A set", prompts=(PROMPT,))


def at(seconds: float) -> datetime:
    """A time in the debate."""
    return datetime(2026, 3, 2, 9, 0, 0, 123456, tzinfo=UTC) + timedelta(seconds=seconds)


def a_session(tx: Transaction, guild: GuildId = HERE, channel: ChannelId = CHANNEL, seconds: float = 0) -> Session:
    return sessions.add(
        tx,
        guild,
        channel_id=channel,
        set_slug="a-set",
        prompt_set=PROMPT_SET,
        article=ARTICLE,
        minutes=10,
        started_by=MINA,
        started_at=at(seconds),
        conduct=Conduct(),
    )


def a_round(tx: Transaction, session: SessionId, guild: GuildId = HERE, number: int = 1) -> Round:
    return rounds.add(
        tx,
        guild,
        session_id=session,
        channel_id=CHANNEL,
        number=number,
        prompt=PROMPT,
        opened_at=at(0),
        deadline=at(300),
    )


def a_debate(tx: Transaction, guild: GuildId = HERE) -> Round:
    """An open session with an open round."""
    return a_round(tx, a_session(tx, guild).id, guild)


def a_response(
    tx: Transaction,
    round_id: RoundId,
    guild: GuildId = HERE,
    *,
    user: UserId = MINA,
    words: str = "I hold that it is so",
    seconds: float = 1,
    source: Source = Source.MODAL,
    parent: ResponseId | None = None,
    message: MessageId | None = None,
) -> Response:
    response, _ = responses.add(
        tx,
        guild,
        round_id=round_id,
        user_id=user,
        role=Role.STUDENT,
        source=source,
        parent_id=parent,
        stance=YES,
        body={"claim": words, "evidence": "¶1"},
        created_at=at(seconds),
        message_id=message,
    )
    return response


def another_process(what: str, *arguments: object) -> "subprocess.CompletedProcess[str]":
    """What `python -m tests.storage.processes WHAT …` did, once it has ended."""
    command = [sys.executable, "-m", "tests.storage.processes", what, *map(str, arguments)]
    return subprocess.run(command, cwd=ROOT, check=False, capture_output=True, text=True)


def killed_after(acknowledgements: int, *arguments: object) -> set[int]:
    """All keys that a writing process acknowledged that was killed when it had acknowledged so many."""
    command = [sys.executable, "-m", "tests.storage.processes", "write", *map(str, arguments)]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        heard = [process.stdout.readline() for _ in range(acknowledgements)]
        process.kill()
        # A line this short is written whole or not at all.
        return {int(line) for line in (*heard, *process.stdout)}


def content(path: Path) -> bytes:
    return path.read_bytes()


def seen_from_outside(path: Path, query: str, *values: object) -> list[Any]:
    """What another program reads in the file: the first column of each row."""
    with closing(sqlite3.connect(path)) as outside:
        return [row[0] for row in outside.execute(query, values)]

"""A class that debates by a format of its own, and what its students do in the phases."""

import json
import shutil
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from pathlib import Path
from textwrap import dedent
from typing import Any

import discord
from simcord import InteractionResult, MemberActor, ResponseMessage

from bot.rehearsal.simulation.environment import record_of
from tests.chat.doing import posts_in, press, rows, start
from tests.chat.panels import act, again, notices, open_panel
from tests.chat.seeing import components_of, text_of, thread_in
from tests.conftest import ROOT, SchoolClass, school_class

ARGUED = {"claim": "Talk now, since it worked before.", "evidence": "¶3 says so."}


def with_format(tmp_path: Path, plan: str) -> Path:
    """A folder with the shipped prompt set and one format, called `own`."""
    prompts = tmp_path / "prompts"
    (prompts / "formats").mkdir(parents=True)
    shutil.copy(ROOT / "prompts" / "single-lesson.yaml", prompts)
    (prompts / "formats" / "own.yaml").write_text(f"title: Own\n{dedent(plan)}", encoding="utf-8")
    return prompts


@asynccontextmanager
async def debating(
    database: Path, tmp_path: Path, plan: str, *, students: int = 2, **options: Any
) -> AsyncGenerator[SchoolClass]:
    """A class at the beginning of a debate with these phases."""
    async with school_class(database, students=students, prompts=with_format(tmp_path, plan), **options) as klass:
        assert "The debate is on" in text_of(await started(klass))
        yield klass


async def started(klass: SchoolClass, debate: str = "own") -> ResponseMessage:
    """What the teacher is told who starts a debate by a format."""
    result = await start(klass, format=debate)
    return [*([result.response] if result.response else []), *result.followups][-1]


async def go_on(klass: SchoolClass, times: int = 1) -> None:
    """The teacher goes on to the next phase, or closes the question after the last."""
    for _ in range(times):
        panel = await open_panel(klass)
        if "ends the question" in text_of(panel) or "closes the question" in text_of(panel):
            panel = await act(klass, panel, "End")
            await act(klass, panel, "End")
        else:
            await act(klass, panel, "Next phase")
        await klass.env.advance_time(1)


def notice(klass: SchoolClass) -> discord.Message:
    """The notice of the present phase."""
    return notices(klass)[-1]


async def do(klass: SchoolClass, actor: MemberActor, label: str) -> InteractionResult:
    """Press a button of the present phase's notice."""
    return await press(actor, notice(klass), label)


async def argue(klass: SchoolClass, actor: MemberActor, stance: str | None = "defend", **fields: str) -> Any:
    """Respond by the notice of the present phase; without a stance where it is assigned."""
    shown = await do(klass, actor, "Respond")
    chosen = {} if stance is None else {"stance": stance}
    return await actor.submit_modal(shown, {**chosen, **(fields or ARGUED)})


async def write(klass: SchoolClass, actor: MemberActor, label: str, words: str, **more: Any) -> InteractionResult:
    """Open the form of the present phase that has one field, fill it in, submit it."""
    return await actor.submit_modal(await do(klass, actor, label), {"text": words, **more})


def seen_by(result: InteractionResult) -> list[ResponseMessage]:
    """Everything that somebody is shown in answer, in its order; all of it private."""
    messages = [*([result.response] if result.response else []), *result.followups]
    assert messages, "nothing was answered"
    assert all(message.ephemeral for message in messages)
    return messages


async def handed_back(result: InteractionResult) -> str:
    """The words that somebody gets back with a refusal."""
    [file] = [file for message in seen_by(result) for file in message.attachments]
    return (await file.read()).decode()


def form(result: InteractionResult) -> dict[str, dict[str, Any]]:
    """The fields of a form that opened, by custom_id."""
    assert result.modal is not None, [text_of(message) for message in seen_by(result)]
    labels = [part for part in result.modal["components"] if "component" in part]
    return {part["component"]["custom_id"]: {**part["component"], "label": part["label"]} for part in labels}


def words_of(result: InteractionResult) -> str:
    """All that a form says, as it is sent."""
    assert result.modal is not None
    return json.dumps(result.modal, ensure_ascii=False)


def on_record(database: Path, columns: str = "source, body") -> list[tuple[Any, ...]]:
    """The responses of the record."""
    return rows(database, f"select {columns} from responses order by id")


def cards_in(klass: SchoolClass) -> list[str]:
    """What stands in the thread, but the notices and the count."""
    own = {message.id for message in notices(klass)}
    posts = [post for post in posts_in(thread_in(klass)) if post.id not in own]
    return [text_of(post) for post in posts if any(part.get("label") == "Reply" for part in components_of(post))]


def post_of(klass: SchoolClass, words: str) -> discord.Message:
    """The post in the thread that has these words."""
    return next(post for post in posts_in(thread_in(klass)) if words in text_of(post))


def turned(klass: SchoolClass, message: ResponseMessage) -> ResponseMessage:
    """A private page as it is now."""
    return again(klass, message)


def said_anywhere(klass: SchoolClass, words: str) -> list[str]:
    """Where in the guild's channels and threads these words can be read."""
    places = [klass.channel, *klass.channel.threads]
    return [text_of(message) for place in places for message in place.history() if words in text_of(message)]


def ids_of(message: discord.Message | ResponseMessage) -> list[str]:
    """The custom_ids of a message's buttons."""
    return [part["custom_id"] for part in components_of(message) if part["type"] == 2]


def sent_as(shown: InteractionResult, custom_id: str) -> InteractionResult:
    """The same form with another address, as somebody could forge it."""
    modal = record_of(shown).modal
    assert modal is not None
    modal["custom_id"] = custom_id
    return shown

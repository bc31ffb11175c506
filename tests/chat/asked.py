"""A class whose prompt has follow-ups of its own: how tests write them, and what the class is asked."""

import shutil
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from pathlib import Path
from textwrap import dedent, indent
from typing import Any

from simcord import InteractionResult, MemberActor

from tests.chat.doing import posts_in, respond, start
from tests.chat.seeing import text_of, thread_in
from tests.conftest import ROOT, SchoolClass, school_class

_SET = """\
article: north-korea-ballistic-missile-tests
title: A set of its own
prompts:
  - id: one
    question: Is it worth trying to talk with North Korea now?
    excerpts:
      - paragraph: 3
        quote: it is possible to resolve the nuclear problem
    stances:
      - {id: talk, label: "Yes, talk", emoji: 💬}
      - {id: wait, label: "No, wait", emoji: ⏸️}
    follow-ups:
"""
REASONED = "We should talk now, because it is possible to resolve the nuclear problem as paragraph 3 puts it."
"""Long, with a reason and a passage."""


def with_follow_ups(folder: Path, follow_ups: str) -> Path:
    """A folder with one prompt set, `own`, of one prompt with these follow-ups, and the shipped formats."""
    prompts = folder / "prompts"
    shutil.copytree(ROOT / "prompts" / "formats", prompts / "formats")
    (prompts / "own.yaml").write_text(_SET + indent(dedent(follow_ups), " " * 6), encoding="utf-8")
    return prompts


@asynccontextmanager
async def asked_back(
    database: Path, folder: Path, follow_ups: str, *, students: int = 2, debate: str | None = None, **options: Any
) -> AsyncGenerator[SchoolClass]:
    """A class in a debate about that prompt. `options` are those of `/discuss start`."""
    chosen = {"format": debate} if debate is not None else {}
    async with school_class(database, prompts=with_follow_ups(folder, follow_ups), students=students) as klass:
        await start(klass, "own", **chosen, **options)
        yield klass


async def receipt(klass: SchoolClass, actor: MemberActor, claim: str, stance: str = "talk", **more: str) -> str:
    """Respond; what one is told."""
    return told_last(await respond(klass, actor, stance, claim=claim, **more))


def told_last(result: InteractionResult) -> str:
    """What somebody is told at last."""
    return text_of([*([result.response] if result.response else []), *result.followups][-1])


def asked_of(told: str) -> list[str]:
    """The question in a receipt, with the line before it, which says why; nothing where there is none."""
    lines = told.splitlines()
    at = next((number for number, line in enumerate(lines) if line.startswith("To think on: ")), None)
    if at is None:
        return []
    why = [] if lines[at - 1].startswith(("**Recorded.**", "-#")) else [lines[at - 1]]
    return [*why, lines[at].removeprefix("To think on: ").strip("*")]


def asked_openly(klass: SchoolClass) -> list[str]:
    """What the class was asked in its thread, with the reason where it is told."""
    head = "**A question to all of you**\n"
    return [text_of(post).strip().removeprefix(head) for post in posts_in(thread_in(klass)) if head in text_of(post)]

"""Handing an export over in Discord: privately, with its progress, in parts where one file is too large."""

import asyncio
import logging
import tempfile
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import discord

from bot.chat.answers import NOT_TAKEN, note, patiently, take_note_away
from bot.chat.texts import counted, fitted
from bot.classroom import exporting
from bot.classroom.export_job import Finished
from bot.classroom.exporting import ExportFailed, Wanted
from bot.classroom.people import Person
from bot.classroom.refusals import Refusal
from bot.discussion.values import Round
from bot.transcripts import GRADEBOOKS
from bot.values import frozen

if TYPE_CHECKING:
    from bot.chat.client import Parley

log = logging.getLogger(__name__)

_TELL_EVERY = 3.0
"""Seconds between two messages of progress."""

_LARGEST_MAPPING = 1024 * 1024
_FILES_A_MESSAGE = 10
_REQUEST_LIMIT = 25 * 1024 * 1024
"""The most that Discord takes in one request, all files together."""


async def deliver(
    bot: "Parley",
    interaction: discord.Interaction,
    person: Person,
    wanted: Wanted,
    mapping: discord.Attachment | None,
) -> None:
    """Prepare, write and hand over. The interaction must have been deferred; `mapping` is for gradebooks."""
    _session, posed = await patiently(interaction, exporting.prepare(bot.room, person, wanted))
    with tempfile.TemporaryDirectory(prefix="parley-export-") as name:
        folder = Path(name)
        job = _Job(bot, interaction, person, await _kept(mapping, folder / "students.csv"))
        whole = await job.written(wanted, folder / "whole")
        if _fits(interaction, whole.files):
            await _hand_over(interaction, whole, _summary(whole))
            return
        if wanted.scope.round_number is not None or len(posed) < 2 or wanted.format in GRADEBOOKS:
            raise Refusal(_too_large(wanted))
        parts = [await job.written(_of_round(wanted, found), folder / str(found.number)) for found in posed]
        if not all(_fits(interaction, part.files) for part in parts):
            raise Refusal(_too_large(wanted))
        for found, part in zip(posed, parts, strict=True):
            await _hand_over(interaction, part, f"Question {found.number} of {len(posed)}: {_summary(part)}")


@frozen
class _Job:
    """What every part of one delivery shares."""

    bot: "Parley"
    interaction: discord.Interaction
    person: Person
    mapping: Path | None

    async def written(self, wanted: Wanted, out: Path) -> Finished:
        """Write one part, and tell how far it is where that takes long."""
        done = _Done()
        work = asyncio.ensure_future(
            exporting.export(self.bot.room, self.person.guild_id, wanted, out, self.mapping, done.heard)
        )
        try:
            told = True
            while not (await asyncio.wait({work}, timeout=_TELL_EVERY))[0]:
                told = told and await self._tell(done)
            return work.result()
        except ExportFailed as error:
            raise Refusal(str(error)) from None
        finally:
            work.cancel()

    async def _tell(self, done: "_Done") -> bool:
        """Whether that can be told or not: the export goes on."""
        try:
            await note(self.interaction, f"Writing the transcript … {done}")
        except NOT_TAKEN as error:
            log.warning("could not tell how far an export is: %s", error)
            return False
        return True


class _Done:
    """How far an export is."""

    def __init__(self) -> None:
        self._done = self._total = 0

    def heard(self, done: int, total: int) -> None:
        """The export tells how far it is."""
        self._done, self._total = done, total

    def __str__(self) -> str:
        return f"{100 * self._done // self._total} % of {counted(self._total, 'response')}" if self._total else ""


async def _kept(mapping: discord.Attachment | None, path: Path) -> Path | None:
    if mapping is None:
        return None
    if mapping.size > _LARGEST_MAPPING:
        raise Refusal("That file is too large for a mapping of students: 1 MiB is the most.")
    await mapping.save(path)
    return path


def _fits(interaction: discord.Interaction, files: Sequence[Path]) -> bool:
    sizes = [path.stat().st_size for path in files]
    return (
        len(sizes) <= _FILES_A_MESSAGE
        and max(sizes, default=0) <= interaction.filesize_limit
        and sum(sizes) <= _REQUEST_LIMIT
    )


async def _hand_over(interaction: discord.Interaction, written: Finished, summary: str) -> None:
    files = [discord.File(path, filename=path.name) for path in written.files]
    try:
        await interaction.followup.send(fitted(summary, 2000), files=files, ephemeral=True)
        await take_note_away(interaction)
    finally:
        for file in files:
            file.close()


def _summary(written: Finished) -> str:
    counts = f"{counted(written.responses, 'response')}, {counted(written.votes, 'vote')}."
    return "\n".join([counts, *written.warnings])


def _of_round(wanted: Wanted, found: Round) -> Wanted:
    return replace(wanted, scope=replace(wanted.scope, round_number=found.number))


def _too_large(wanted: Wanted) -> str:
    return (
        "This transcript is larger than Discord lets the bot send here. Whoever runs the bot can write it: "
        f"`python bot.py export --session {wanted.session_id} --format {wanted.format.value} "
        f"--names {wanted.scope.names.value} --out DIR`"
    )

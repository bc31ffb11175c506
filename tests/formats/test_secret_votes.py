"""A secret vote is nobody's business: whoever cast which, everything that anybody can see is the same."""

import io
import shutil
import zipfile
from collections.abc import Mapping
from pathlib import Path

import pytest
from simcord import InteractionResult

from bot.content.formats import ReplyPhase
from tests.chat.doing import posts_in, rows
from tests.chat.seeing import answer, components_of, thread_in
from tests.chat.test_transcript import export, files_of
from tests.formats.class_at_work import Debate, debate

PAIRS = (
    ("attack", "defend"),
    ("attack", "attack"),
    ("defend", "bargain"),
    ("defend", "defend"),
    ("bargain", "attack"),
    ("attack", "defend"),
)
"""How six students vote before and after."""
SHUFFLED = (4, 2, 5, 0, 3, 1)
"""Who casts which of these pairs in the other class."""


async def test_who_cast_a_secret_vote_changes_nothing_that_anybody_sees(
    tmp_path: Path, empty_record: Path, caplog: pytest.LogCaptureFixture
) -> None:
    told: list[Mapping[str, object]] = []
    for name, order in (("as-they-are", range(len(PAIRS))), ("shuffled", SHUFFLED)):
        database = _a_file_for(tmp_path / name, empty_record)
        caplog.clear()
        async with debate(database, len(PAIRS), "oxford-debate") as (running, played):
            running.votes = lambda student, vote, order=order: PAIRS[order[student]][vote]
            seen: dict[str, object] = {}
            for number, phase in enumerate(played.plan):
                if not phase.is_instant:
                    await running.work(phase)
                    seen |= await _everything(running, f"in phase {number}")
                    if isinstance(phase, ReplyPhase):
                        seen |= await _transcripts(running, "between the votes")
                    await running.until_it_ends()
            seen |= await _everything(running, "in the end")
            seen |= await _transcripts(running, "in the end")
            seen["the log"] = caplog.text
            told.append(seen)
        voted = rows(running.database, "select user_id, phase, stance from votes where secret order by user_id, phase")
        assert len(voted) == 2 * len(PAIRS)
    first, second = told
    assert first.keys() == second.keys()
    for what in first:
        assert first[what] == second[what], what


def _a_file_for(folder: Path, empty_record: Path) -> Path:
    folder.mkdir()
    return Path(shutil.copy(empty_record, folder / "parley.sqlite3"))


async def _everything(running: Debate, when: str) -> dict[str, object]:
    """All messages of the channel and its thread, what the teacher is told and offered, all exports."""
    klass, teacher = running.klass, running.klass.teacher
    everybody = [*klass.channel.history(), *posts_in(thread_in(klass))]
    seen: dict[str, object] = {f"messages {when}": [(m.content, [*components_of(m)]) for m in everybody]}
    for command in ("discuss status", "discuss list", "discuss control"):
        seen[f"/{command} {when}"] = _shown(await teacher.slash(klass.channel, command))
    seen[f"offers {when}"] = await teacher.autocomplete(klass.channel, "transcript export", "session", "")
    return seen


async def _transcripts(running: Debate, when: str) -> dict[str, object]:
    """The record in every format, under real names."""
    result = await export(running.klass, running.klass.teacher, format="all", names="real")
    files = {name: _unpacked(data) for name, data in (await files_of(result)).items()}
    assert files, answer(result)
    return {f"{name} {when}": data for name, data in files.items()}


def _shown(result: InteractionResult) -> object:
    return None if result.response is None else [*components_of(result.response)] or result.response.content


def _unpacked(data: bytes) -> object:
    """A file's content; of an archive that of its files, without the times at which they were packed."""
    if not zipfile.is_zipfile(io.BytesIO(data)):
        return data
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}

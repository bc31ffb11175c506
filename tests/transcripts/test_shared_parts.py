"""What is made once for many responses is made anew wherever one of its parts is another."""

import re
from dataclasses import replace
from itertools import product
from pathlib import Path

import pytest

from bot.discussion.ids import ResponseId, StanceId
from bot.discussion.phase_names import phase_name
from bot.discussion.transcript import Entry, Names, Scope
from bot.discussion.values import Role, Source
from tests.transcripts.samples import Debate, Told, shipped
from tests.transcripts.test_html import page_of
from tests.transcripts.test_tables import tables


@pytest.fixture(scope="module")
def everything() -> Told:
    """Two people who speak in each role, on each side, in each way and phase, in two rounds."""
    debate = Debate(("Amara", "Bo"), Scope(Names.REAL))
    for prompt in shipped().prompt_sets["china-or-sanctions"].prompts[:2]:
        posed = replace(debate.pose(prompt), format=shipped().formats["oxford-debate"])
        sides = (*(StanceId(each.id) for each in prompt.stances[:2]), StanceId("of-nobody"), None)
        said: list[Entry] = []
        for name, role, side, source, phase in product(debate.names, Role, sides, Source, (1, 2)):
            entry = debate.say(name, {"text": "So."}, source)
            response = replace(entry.response, role=role, stance=side, phase=phase, id=ResponseId(debate.made))
            said.append(replace(entry, response=response, round=posed))
        debate.entries[posed.id] = said
        debate.rounds[-1] = replace(debate.rounds[-1], round=posed, entries=len(said))
    return debate.told()


def entries(told: Told) -> list[Entry]:
    return [entry for each in told.head.rounds for entry in told.entries(each)]


def side_of(entry: Entry) -> tuple[int | None, str]:
    """Its place among the sides of the prompt, and what it is called."""
    stance, stances = entry.response.stance, entry.round.prompt.stances
    found = [(place, each.label) for place, each in enumerate(stances) if each.id == stance]
    return found[0] if found else (None, stance or "")


def test_a_row_tells_who_said_it_and_how(everything: Told, tmp_path: Path) -> None:
    rows = tables(everything, tmp_path)["responses"]
    for entry, row in zip(entries(everything), rows, strict=True):
        response, posed = entry.response, entry.round
        assert (row["round"], row["prompt_id"]) == (f"{posed.number}", posed.prompt.id)
        assert row["phase"] == phase_name(posed.format.plan[response.phase])
        assert (row["author"], row["role"], row["kind"]) == (entry.speaker.label, response.role, response.source)
        assert (row["stance_id"], row["stance"]) == (response.stance or "", side_of(entry)[1])
        assert row["link"].split("/")[-2:] == [f"{posed.thread_id}", f"{response.message_id}"]


def test_an_article_of_the_page_tells_who_said_it_and_how(everything: Told) -> None:
    headers = re.findall(r'<article class="e d0 c(\d+)" id="r\d+" (.*?)</header>', page_of(everything))
    for entry, (colour, header) in zip(entries(everything), headers, strict=True):
        role, (place, words) = entry.response.role, side_of(entry)
        assert f"<bdi>{entry.speaker.label}</bdi>" in header
        assert re.findall(r'class="role">(Teacher|Moderator)<', header) == (
            [] if role is Role.STUDENT else [role.value.capitalize()]
        )
        assert re.findall(r'class="side">(?:&#\d+;)* ?([^<]*)<', header) == ([words] if words else [])
        assert (colour == f"{place}") == (place is not None)
        if entry.response.stance != "of-nobody":
            assert f'data-v="{entry.round.number}.{"none" if place is None else place}"' in header

"""Acknowledged means durable: bots are killed while a class works; what they acknowledged is there, and nothing twice.

Proven against the death of the process at any moment, not against the death of the machine: what the operating system
has taken survives SIGKILL whether it is on the disk or not. Posts are held against the simulated Discord, which
remembers a nonce for as long as a restart takes here; Discord itself forgets one after some minutes.
"""

from pathlib import Path

import pytest

from tests.soak.killing import Outcome, kill_again_and_again
from tests.soak.ledger import explains

KINDS = ("vote", "respond", "reply", "change", "withdraw")


def told(outcome: Outcome) -> str:
    """The numbers of a run."""
    done = outcome.ledger.acknowledged
    unheard = sum(typed.unheard for typed in outcome.ledger.typed)
    heard = sum(response["source"] == "message" for response in outcome.record.responses)
    return (
        f"{outcome.kills} kills ({outcome.lives['starting']} of them in the start) in {outcome.seconds:.0f} s; "
        f"acknowledged {sum(done.values())}: {done}; "
        f"typed {len(outcome.ledger.typed)}, {unheard} of them while there was no bot, heard {heard}; "
        f"{len(outcome.record.rounds)} rounds, {len(outcome.record.responses)} responses on record; "
        f"{len(outcome.wrong)} flaws"
    )


async def test_nothing_acknowledged_is_lost_and_nothing_is_there_twice(database: Path) -> None:
    outcome = await kill_again_and_again(database, kills=14, seed=4)
    assert (outcome.wrong, outcome.errors) == ([], [])
    assert outcome.ledger.acknowledged.keys() >= {"vote", "respond"}, told(outcome)
    assert any(typed.unheard for typed in outcome.ledger.typed), told(outcome)


@pytest.mark.soak
async def test_two_hundred_deaths(database: Path, capsys: pytest.CaptureFixture[str]) -> None:
    outcome = await kill_again_and_again(database, kills=200, seed=200)
    with capsys.disabled():
        print(f"\n{told(outcome)}")  # noqa: T201 - the soak is run for its numbers
    assert (outcome.wrong, outcome.errors) == ([], [])
    assert outcome.ledger.acknowledged.keys() >= set(KINDS)


@pytest.mark.parametrize(
    ("recorded", "wishes", "is_explained"),
    [
        ([], [], True),
        (["a", "b"], [("a", True), ("b", True)], True),
        (["a"], [("a", True), ("a", True)], True),
        (["a", "c"], [("a", True), ("b", False), ("c", True)], True),
        (["a", "b", "a"], [("a", True), ("b", False), ("a", True)], True),
        (["a"], [("a", True), ("b", False), ("a", True)], True),
        (["a"], [("a", True), ("b", True)], False),
        (["a", "a"], [("a", True), ("a", True)], False),
        (["a", "b", "b"], [("a", True), ("b", True)], False),
        (["b", "a"], [("a", True), ("b", True)], False),
        (["a", "x"], [("a", True)], False),
        ([], [("a", True)], False),
    ],
)
def test_a_record_is_explained_by_what_was_wished_for(
    recorded: list[str], wishes: list[tuple[str, bool]], is_explained: bool
) -> None:
    assert explains(recorded, wishes) is is_explained

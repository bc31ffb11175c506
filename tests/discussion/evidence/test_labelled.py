"""What is found in the labelled sentences agrees with their labels, in both halves."""

from collections import Counter

import pytest

from tests.discussion.evidence import measure
from tests.discussion.evidence.labelled import Labelled, citing, halves, misquoting

TUNED, KEPT = halves()
LEAST_RECALL = 0.90
"""What was measured (0.94 and 0.95), less a margin for a sentence or two."""


@pytest.mark.parametrize("sentences", [TUNED, KEPT], ids=["tuned on", "kept apart"])
def test_citations_are_right_and_few_are_missed(sentences: list[Labelled]) -> None:
    measured = citing(sentences)
    assert measured.precision >= 0.95
    assert measured.recall >= LEAST_RECALL


@pytest.mark.parametrize("sentences", [TUNED, KEPT], ids=["tuned on", "kept apart"])
def test_misquotes_are_found_with_the_nearest_passage(sentences: list[Labelled]) -> None:
    measured = misquoting(sentences)
    assert measured.precision >= 0.9
    assert measured.recall >= 0.9


def test_the_set_is_large_and_of_every_kind() -> None:
    counts = Counter(sentence.category for sentence in (*TUNED, *KEPT))
    assert sum(counts.values()) >= 160
    assert all(count >= 10 for count in counts.values())
    assert {"verbatim", "altered", "paraphrase", "own argument", "invented", "chosen"} <= set(counts)


def test_the_command_tells_both_halves(capsys: pytest.CaptureFixture[str]) -> None:
    measure.main()
    told = capsys.readouterr().out
    assert told.count("precision") == 6
    assert "kept apart (115 sentences)" in told

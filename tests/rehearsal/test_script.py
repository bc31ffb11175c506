"""The classmates' script: the shipped one fits the shipped sets, and a broken one is told line by line."""

import re
from pathlib import Path

import pytest

from bot.content.loading import load
from bot.content.quotes import Passage
from bot.rehearsal.script import ScriptError, misfits, read_script
from tests.conftest import ROOT

SHIPPED = ROOT / "prompts" / "rehearsal" / "classmates.yaml"
GENERAL = "general: {claims: [c], evidence: [e], reasons: [r], remarks: [m], replies: [p]}\n"


def test_the_shipped_script_fits_the_shipped_prompt_sets() -> None:
    library = load(ROOT / "article", ROOT / "prompts")
    script = read_script(SHIPPED)
    assert misfits(script, library) == []
    known = {(scripted.set, scripted.prompt) for scripted in script.rounds}
    assert known == {(slug, p.id) for slug, found in library.prompt_sets.items() for p in found.prompts}
    assert len(script.cast(30)) == 30
    assert len({classmate.name for classmate in script.cast(30)}) == 30


def test_what_classmates_quote_stands_in_the_article_word_for_word() -> None:
    articles = load(ROOT / "article", ROOT / "prompts").articles
    passages = [Passage(paragraph) for article in articles.values() for paragraph in article.paragraphs]
    quotes = [q for q in re.findall("“([^”]+)”", SHIPPED.read_text("utf-8")) if "{" not in q and q != "…"]
    assert len(quotes) > 20
    assert [quote for quote in quotes if not any(passage.find(quote) for passage in passages)] == []


def test_a_script_that_does_not_fit_is_told() -> None:
    script = read_script(SHIPPED)
    first = script.rounds[0]
    acts = [
        first.acts[0].model_copy(update={"vote": "nobody-stands-here", "who": "Stranger"}),
        *(act for act in first.acts if act.reply or act.change or act.reword),
    ]
    wrong = misfits(
        script.model_copy(
            update={
                "rounds": (
                    first.model_copy(update={"acts": tuple(acts)}),
                    first.model_copy(update={"prompt": "no-such-prompt"}),
                )
            }
        ),
        load(ROOT / "article", ROOT / "prompts"),
    )
    told = "\n".join(wrong)
    for sentence in (
        "Stranger is no classmate",
        "votes for nobody-stands-here, which is no stance",
        "Dalia replies to Amara, who has not responded yet",
        "Gio has no response to change",
        "Emil has no message to reword",
        "no-such-prompt: there is no such prompt",
    ):
        assert sentence in told


@pytest.mark.parametrize(
    ("text", "place", "what"),
    [
        ("classmates: [{name: Ann, pase: 2}]\n" + GENERAL, ":1:26:", "pase"),
        ("classmates: []\n" + GENERAL, ":1:13:", "classmates"),
        (
            "classmates: [{name: Ann}]\n" + GENERAL + "rounds:\n- set: s\n  prompt: p\n  acts:\n"
            "  - {who: Ann, vote: a, say: b}\n",
            ":7:",
            "exactly one thing",
        ),
        ("classmates: [{name: Ann, pace: 99}]\n" + GENERAL, ":1:32:", "pace"),
    ],
)
def test_a_broken_script_is_told_with_its_place(tmp_path: Path, text: str, place: str, what: str) -> None:
    path = tmp_path / "classmates.yaml"
    path.write_text(text, "utf-8")
    with pytest.raises(ScriptError) as told:
        read_script(path)
    assert f"{path}{place}" in str(told.value)
    assert what in str(told.value)


def test_a_missing_script_is_told(tmp_path: Path) -> None:
    with pytest.raises(ScriptError, match="cannot be read"):
        read_script(tmp_path / "none.yaml")

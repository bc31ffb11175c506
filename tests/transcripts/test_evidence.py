"""The article at the end of the page: shaded by who leaned on which sentence, and marked where nobody did."""

import re
from dataclasses import replace
from typing import Any

import pytest

from bot.discussion.evidence import Citation, Kind
from bot.discussion.ids import StanceId
from bot.discussion.palette import NEUTRAL, STANCE_COLOURS
from bot.discussion.swaying import Swayed
from bot.discussion.transcript import Entry
from bot.discussion.values import Role
from bot.transcripts.html.frame import read_frame
from tests.transcripts.samples import Told, a_class, a_hostile_class
from tests.transcripts.test_html import contrast, outline_of, page_of, themes

FIRST = "Recent ballistic missile tests by North Korea have heightened animosity and fear"
CHINA = "the Biden administration should focus on bolstering its relationship with China"


def leant(paragraph: int, exact: str) -> Citation:
    """A passage of the sample's article; the whole paragraph where no words are given."""
    text = a_class().head.session.article.paragraphs[paragraph - 1]
    return Citation(paragraph, text.index(exact), exact, "", "", Kind.QUOTE if exact else Kind.CHOSEN)


def citing(*cited: tuple[str, tuple[Citation, ...]], rounds: int = 1, **changes: Any) -> Told:
    """A class whose first responses of each of these stances, in their order, lean on these, and no others."""
    told = a_class(rounds=rounds)
    for entries in told.entries_of.values():
        assert isinstance(entries, list)
        entries[:] = [replace(entry, citations=()) for entry in entries]
    number = {posed.round.id: posed.round.number for posed in told.head.rounds}
    left = list(cited)
    for round_id, entries in told.entries_of.items():
        assert isinstance(entries, list)
        for place, entry in enumerate(entries):
            at = next((at for at, (side, _) in enumerate(left) if side == f"{number[round_id]}.{_side(entry)}"), None)
            if at is not None and _counts(entry):
                response = replace(entry.response, **changes)
                entries[place] = replace(entry, response=response, citations=left.pop(at)[1])
    assert not left
    return told


def _side(entry: Entry) -> str:
    return str(entry.response.stance)


def _counts(entry: Entry) -> bool:
    return entry.response.withdrawn_at is None and entry.hidden_at is None and entry.response.role is Role.STUDENT


def article_of(told: Told) -> str:
    """The last part of the page, as HTML."""
    [found] = re.findall(r'<section id="article".*?</section>', page_of(told), re.DOTALL)
    return found


def in_words(html: str) -> str:
    """What is read of it by somebody who sees no colour."""
    return re.sub(r"<[^>]+>", "", re.sub(r"<b [^>]*>\d+</b>", "", html))


def test_a_sentence_has_the_colour_of_the_side_that_used_it_most_and_everybodys_numbers_in_words() -> None:
    article = article_of(
        citing(
            ("1.sanctions", (leant(1, FIRST),)),
            ("1.sanctions", (leant(1, FIRST), leant(2, CHINA))),
            ("1.engage-china", (leant(1, FIRST), leant(4, ""))),
        )
    )
    assert re.search(rf'<span class="us c1 k4">{FIRST}[^<]*</span>', article)
    assert re.search(r'<span class="us c1 k2">For any future success[^<]*China\.</span>', article)
    words = in_words(article)
    assert "international community. (used by 🚫 Sanctions first 2, 🤝 Engage China first 1)" in words
    assert "3 responses lean on 2 of 32 sentences" in words
    assert "Pointed to as a whole: (by 🤝 Engage China first 1)" in words


def test_what_nobody_used_is_marked_run_by_run_and_no_word_of_the_article_is_lost() -> None:
    told = citing(("1.sanctions", (leant(2, CHINA),)))
    article = article_of(told)
    assert article.count('<small class="nobody">nobody used this</small>') == 5
    assert f'<span class="un">{told.head.session.article.paragraphs[3].rstrip()}</span>' in article
    marks = r'<small class="(?:nobody|uses)">.*?</small>'
    shown = [
        re.sub(r"<[^>]+>", "", re.sub(rf" {marks}(?=$| )|{marks}", "", words))
        for words in re.findall(r'<p dir="auto">(.*?)</p>', article, re.DOTALL)
    ]
    assert [" ".join(words.split()) for words in shown] == [
        " ".join(words.split()) for words in told.head.session.article.paragraphs
    ]


def test_without_citations_the_article_is_plain() -> None:
    article = article_of(citing())
    assert "No response that is told here leans on a passage of it." in article
    assert 'class="nobody"' not in article
    assert 'class="us' not in article


def test_rounds_are_told_apart_in_words() -> None:
    first, second = a_class(rounds=2).head.rounds
    one, two = (posed.round.prompt.stances[0] for posed in (first, second))
    words = in_words(
        article_of(citing((f"1.{one.id}", (leant(1, FIRST),)), (f"2.{two.id}", (leant(1, FIRST),)), rounds=2))
    )
    assert f"(used by round 1, {one.emoji} {one.label} 1, round 2, {two.emoji} {two.label} 1)" in words


@pytest.mark.parametrize("changes", [{"role": Role.TEACHER}, {"held_back": True}])
def test_teachers_and_what_the_class_cannot_read_do_not_count(changes: dict[str, Any]) -> None:
    article = article_of(citing(("1.sanctions", (leant(1, FIRST),)), **changes))
    assert "No response that is told here leans on a passage of it." in article


def test_hostile_words_neither_mark_nor_break_it() -> None:
    told = a_hostile_class()
    article = article_of(told)
    outline_of(page_of(told))
    assert "Pointed to as a whole" in article
    assert "<img" not in article


@pytest.mark.parametrize("theme", ["light", "dark", "print"])
def test_words_are_read_on_every_shade(theme: str) -> None:
    colours, style = themes()[theme], read_frame().style
    shades = [
        int(share) for share in re.findall(r"\.us[^{]*\{ background: color-mix\(in srgb, var\(--side\) (\d+)%", style)
    ]
    assert len(shades) == 4
    for colour in (*STANCE_COLOURS, NEUTRAL):
        for share in shades:
            ground = int(colours["ground"][1:], 16)
            mixed = "#" + "".join(
                f"{round((colour >> at & 255) * share / 100 + (ground >> at & 255) * (1 - share / 100)):02x}"
                for at in (16, 8, 0)
            )
            assert contrast(colours["text"], mixed) >= 4.5, (hex(colour), share)


def test_whom_it_moved_and_who_changed_sides_stands_with_a_response() -> None:
    told = a_class(rounds=1)
    [entries] = told.entries_of.values()
    assert isinstance(entries, list)
    entries[0] = replace(entries[0], moved=6, swayed=Swayed(2, {StanceId("sanctions"): 2}))
    assert "moved 6 people (2 of them changed sides: 2 to 🚫 Sanctions first)" in page_of(told)
    entries[0] = replace(entries[0], moved=1, swayed=Swayed(0, {}))
    assert "moved 1 person (none of them changed their side)" in page_of(told)

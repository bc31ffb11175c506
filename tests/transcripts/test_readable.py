import re
from io import BytesIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from markdown_it.token import Token

from bot.discussion.transcript import Names, Scope
from bot.discussion.values import Source
from bot.transcripts.clock import Clock
from bot.transcripts.markdown import Markdown
from bot.transcripts.plain_text import PlainText
from bot.transcripts.telling import Telling
from bot.transcripts.writer import Writer
from tests.transcripts.samples import HOSTILE, Debate, Told, a_class, a_hostile_class, shipped

STEERING = re.compile("[\0-\x08\x0b-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ufeff\ud800-\udfff]")


def told_as(kind: type[Markdown | PlainText], told: Told) -> str:
    out = BytesIO()
    writer: Writer = kind(out, Clock(told.head.time_zone))
    Telling(told, [writer]).tell()
    return out.getvalue().decode("utf-8")


def a_debate_of(words: str) -> Told:
    debate = Debate((words or "nobody",), Scope(Names.REAL))
    debate.pose(shipped().prompt_sets["china-or-sanctions"].prompts[0])
    who = debate.names[0]
    debate.vote(who, "both")
    first = debate.say(who, {"claim": words, "evidence": words}, Source.MODAL)
    debate.change(debate.say(who, {"text": words}, Source.REPLY, first), {"text": words})
    debate.close()
    return debate.told()


def parsed(text: str) -> list[Token]:
    return MarkdownIt("commonmark").enable(["table", "strikethrough"]).parse(text)


def shape(tokens: list[Token]) -> list[str]:
    """The skeleton of a document; how many paragraphs a person's words make is theirs to say."""
    kinds = [token.type for token in tokens if token.type not in {"paragraph_open", "paragraph_close", "inline"}]
    return [
        *kinds,
        *(token.content for token in tokens if token.type == "inline" and token.content.startswith("Round")),
    ]


def inline_kinds(tokens: list[Token]) -> set[str]:
    return {child.type for token in tokens for child in token.children or ()}


@pytest.mark.parametrize("words", HOSTILE, ids=range(len(HOSTILE)))
def test_hostile_words_do_not_change_the_shape_of_the_markdown(words: str) -> None:
    tokens = parsed(told_as(Markdown, a_debate_of(words)))
    assert shape(tokens) == shape(parsed(told_as(Markdown, a_debate_of("harmless"))))
    assert inline_kinds(tokens) <= {
        "text",
        "strong_open",
        "strong_close",
        "em_open",
        "em_close",
        "softbreak",
        "hardbreak",
        "text_special",
    }


@given(words=st.text("ab `*_[]()<>#+-.!|~&=\\:/\n\t1)\"'", max_size=40))
@settings(max_examples=150, deadline=None)
def test_no_words_change_the_shape_of_the_markdown(words: str) -> None:
    tokens = parsed(told_as(Markdown, a_debate_of(words)))
    assert shape(tokens) == shape(parsed(told_as(Markdown, a_debate_of("harmless"))))
    assert inline_kinds(tokens) <= {
        "text",
        "strong_open",
        "strong_close",
        "em_open",
        "em_close",
        "softbreak",
        "hardbreak",
        "text_special",
    }
    visible = " ".join("".join(child.content for child in token.children or ()) for token in tokens if token.children)
    for word in words.split():
        assert word in visible


@pytest.mark.parametrize("kind", [Markdown, PlainText])
def test_nothing_steers_or_turns_a_line(kind: type[Markdown | PlainText]) -> None:
    text = told_as(kind, a_hostile_class())
    assert not STEERING.search(text)
    for shown in ("⟨U+202E⟩gnirts desrever", "null␀byte ␛[31mred", "half � sign �", "W" * 4000, "👩‍👩‍👧‍👦"):
        assert shown in text.replace("\\[", "[")


@pytest.mark.parametrize("kind", [Markdown, PlainText])
def test_no_words_cover_or_push_away_others(kind: type[Markdown | PlainText]) -> None:
    text = told_as(kind, a_hostile_class())
    assert "Z\u0301\u0301\u0301algo of" in text
    assert not re.search("\u0301{4}|[\u200b\u2060]", text)


def test_every_line_of_a_person_begins_with_a_bar() -> None:
    lines = told_as(PlainText, a_hostile_class()).split("\n")
    assert [line for line in lines if line.startswith("Round ")] == [
        line for line in lines if re.match(r"Round [12]: (Is engaging|In its dealings)", line)
    ]
    assert sum("Round 9: not a round" in line for line in lines) == sum(
        "Round 9: not a round" in line and (line.lstrip().startswith("│") or " · " in line or ": " in line)
        for line in lines
    )
    assert "│ Round 9: not a round" in {line.strip() for line in lines}


@pytest.mark.parametrize("kind", [Markdown, PlainText])
def test_a_class_is_told_whole(kind: type[Markdown | PlainText]) -> None:
    text = told_as(kind, a_class())
    for shown in (
        "Withdrawn by its author, Tue 17 Nov 2026, 10:58",
        "Hidden by a moderator, Tue 17 Nov 2026, 10:45",
        "From Tue 17 Nov 2026, 10:39 to 10:40 the bot could not listen",
        "answers Amara",
        "🤝 Engage China first",
        "This transcript has real names.",
        "Sanctions. Talking has not stopped one test.",
        "Cites ¶2",
    ):
        assert shown in text.replace("\\", "")

import re
from base64 import b64encode
from dataclasses import replace
from hashlib import sha256
from html.parser import HTMLParser
from io import BytesIO

import pytest

from bot.discussion.palette import NEUTRAL, STANCE_COLOURS
from bot.discussion.transcript import Names, Scope
from bot.transcripts.clock import Clock
from bot.transcripts.html import HtmlPage
from bot.transcripts.html.frame import read_frame
from bot.transcripts.telling import Telling
from tests.transcripts.samples import Told, a_class, a_hostile_class

VOID = {"meta", "rect"}
MAY_STAND = {
    "html", "head", "meta", "title", "style", "body", "script", "a", "header", "p", "h1", "h2", "h3", "h4", "dl", "dt",
    "dd", "div", "nav", "ol", "ul", "li", "span", "small", "main", "section", "aside", "figure", "figcaption",
    "blockquote", "table", "caption", "thead", "tbody", "tr", "th", "td", "svg", "rect", "article", "time", "bdi",
    "details", "summary", "q", "strong", "footer", "label", "select", "option", "optgroup", "button", "b", "i",
}  # fmt: skip


class Outline(HTMLParser):
    """Checks that elements nest, and keeps what a reader of the structure would want."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.open: list[str] = []
        self.headings: list[int] = []
        self.ids: list[str] = []
        self.links: list[str] = []
        self.attributes: set[str] = set()
        self.elements: dict[str, int] = {}
        self.text: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert tag in MAY_STAND, tag
        self.elements[tag] = self.elements.get(tag, 0) + 1
        self.attributes |= {name for name, _ in attrs}
        self.ids += [value or "" for name, value in attrs if name == "id"]
        self.links += [value or "" for name, value in attrs if name == "href"]
        if re.fullmatch(r"h\d", tag):
            self.headings.append(int(tag[1]))
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag not in VOID:
            assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if self.open and self.open[-1] not in {"style", "script"}:
            self.text.append(data)


def page_of(told: Told) -> str:
    out = BytesIO()
    Telling(told, [HtmlPage(out, Clock(told.head.time_zone), told.head)]).tell()
    return out.getvalue().decode("utf-8")


def outline_of(page: str) -> Outline:
    outline = Outline()
    outline.feed(page)
    outline.close()
    assert outline.open == []
    return outline


@pytest.mark.parametrize("told", [a_class(), a_hostile_class()], ids=["class", "hostile"])
def test_the_page_is_sound(told: Told) -> None:
    page = page_of(told)
    outline = outline_of(page)
    assert outline.headings[0] == 1
    assert outline.headings.count(1) == 1
    assert all(after <= before + 1 for before, after in zip(outline.headings, outline.headings[1:], strict=False))
    assert len(set(outline.ids)) == len(outline.ids)
    assert {link for link in outline.links if link.removeprefix("#") not in outline.ids} == set()
    assert all(link.startswith("#") for link in outline.links)
    assert not [
        name for name in outline.attributes if name.startswith("on") or name in {"src", "style", "srcset", "action"}
    ]
    assert '<html lang="en">' in page
    for landmark in ("main", "nav", "footer", "aside"):
        assert outline.elements[landmark]
    assert (outline.elements["script"], outline.elements["style"]) == (1, 1)


def test_the_policy_allows_exactly_the_style_and_script_that_stand_in_the_page() -> None:
    page = page_of(a_hostile_class())
    found = re.findall(r'Content-Security-Policy" content="([^"]+)"', page)
    assert len(found) == 1
    rules = dict(rule.strip().split(" ", 1) for rule in found[0].split(";"))
    for directive, element in (("style-src", "style"), ("script-src", "script")):
        content = re.findall(rf"<{element}>(.*?)</{element}>", page, re.DOTALL)
        assert len(content) == 1
        assert rules.pop(directive) == f"'sha256-{b64encode(sha256(content[0].encode()).digest()).decode()}'"
    assert rules == {"default-src": "'none'", "base-uri": "'none'", "form-action": "'none'"}
    assert page.index("Content-Security-Policy") < page.index("<style>")


def test_there_is_no_outside_address_but_in_the_words_of_people() -> None:
    assert "//" not in re.sub(r"(?m)^\s*//.*$", "", page_of(a_class()))


def test_nothing_steers_or_turns_a_line() -> None:
    assert not re.search("[\0-\x08\x0b-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ufeff]", page_of(a_hostile_class()))


def test_no_words_cover_or_push_away_others() -> None:
    page = page_of(a_hostile_class())
    assert "Z\u0301\u0301\u0301algo of\n\n\nmany lines" in page
    assert not set("\u200b\u2060") & set(page)


def test_what_happened_to_a_response_is_told_in_its_place() -> None:
    text = "".join(outline_of(page_of(a_class())).text)
    for shown in (
        "Withdrawn by its author at 10:58.",
        "Hidden by a moderator at 10:45.this is boring",
        "Edited at 10:36: 1 earlier wording",
        "ClaimSanctions. Talking has not stopped one test.",
        "Gap. From Tue 17 Nov 2026, 10:39 to 10:40 the bot could not listen (the bot was restarted).",
        "Cites ¶2 chief financial and political benefactor",
        "Ms. RiveraTeacher",
        "Chen⚖️ Neither works without the otheranswers Ms. Rivera",
        "9 voters, each by their last vote",
    ):
        assert shown in text, shown
    told = ("Watered down is what you get", "Gap. From", "your choice a success?\nChen")
    place = {words: text.index(words) for words in told}
    assert list(place.values()) == sorted(place.values())


def test_an_answer_to_what_is_not_told_has_no_link() -> None:
    told = a_class()
    first = told.head.rounds[0]
    hana = next(user for user, speaker in told.head.speakers.items() if speaker.label == "Hana")
    kept = [entry for entry in told.entries(first) if entry.speaker.label == "Hana"]
    head = replace(
        told.head,
        scope=Scope(Names.REAL, student=hana),
        rounds=(replace(first, entries=len(kept)),),
    )
    page = page_of(Told(head, {first.round.id: kept}, told.votes_of))
    outline = outline_of(page)
    assert "answers <bdi>Amara</bdi>" in page
    assert {link for link in outline.links if link.removeprefix("#") not in outline.ids} == set()
    assert "Only a part is told here: what Hana said." in page


def luminance(colour: str) -> float:
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def themes() -> dict[str, dict[str, str]]:
    blocks = re.findall(r":root \{(.*?)\}", read_frame().style, re.DOTALL)
    light, dark, paper = (dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6})", block)) for block in blocks)
    return {"light": light, "dark": {**light, **dark}, "print": {**light, **paper}}


@pytest.mark.parametrize("theme", ["light", "dark", "print"])
def test_text_and_edges_have_the_contrast_of_wcag_aa(theme: str) -> None:
    colours = themes()[theme]
    text = [
        *((ink, on) for ink in ("text", "strong", "muted", "link") for on in ("ground", "paper", "soft", "off-ground")),
        ("button-text", "button"), ("warn", "warn-ground"), ("off", "off-ground"), ("text", "warn-ground"),
    ]  # fmt: skip
    for ink, ground in text:
        assert contrast(colours[ink], colours[ground]) >= 4.5, (ink, ground)
    for edge in ("edge", "focus"):
        for ground in ("ground", "paper"):
            assert contrast(colours[edge], colours[ground]) >= 3, (edge, ground)


def test_every_stance_has_the_palettes_colour() -> None:
    style = read_frame().style
    for place, colour in enumerate((*STANCE_COLOURS, NEUTRAL)):
        assert f".c{place}{{--side:#{colour:06x}}}" in style

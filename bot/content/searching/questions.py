"""What somebody asks an article: read from the form of the question, by rules alone."""

import re
from collections.abc import Sequence

from bot.content.quotes import comparable
from bot.content.searching.values import LONGEST, Wants
from bot.content.searching.words import Word, words_of
from bot.values import frozen


@frozen
class Question:
    """A question as it is understood.

    `words` are those that say what is looked for; `speaker` those that name who is to have said it; `of_speech` are
    verbs such as “argued”, by which passages are ranked and nothing is refused. `paragraph` counts from 1; -1 is the
    last. `term` is what is to be explained.
    """

    wants: Wants
    words: tuple[Word, ...] = ()
    speaker: tuple[Word, ...] = ()
    of_speech: tuple[Word, ...] = ()
    paragraph: int | None = None
    term: str = ""

    @property
    def is_empty(self) -> bool:
        """Is nothing asked that could be looked for?"""
        return not (self.words or self.speaker) and self.paragraph is None


SPEECH_VERBS = (
    "said|says?|saying|stat(?:e|es|ed|ing)|explain(?:s|ed|ing)?|argu(?:e|es|ed|ing)|claim(?:s|ed|ing)?"
    "|declar(?:e|es|ed|ing)|emphasi[sz](?:e|es|ed|ing)|add(?:s|ed)|warn(?:s|ed|ing)?|announc(?:e|es|ed|ing)"
    "|insist(?:s|ed|ing)?|ask(?:s|ed)|call(?:s|ed)|told|tells?|wrote|writes?|not(?:e|es|ed)|believ(?:e|es|ed)"
    "|think(?:s)?|thought|suggest(?:s|ed)?|propos(?:e|es|ed)|den(?:y|ies|ied)|quot(?:e|es|ed)|answer(?:s|ed)?"
)
"""Words that tell who said something."""

_FRAME_WORDS = (
    "article articles text author authors passage passages paragraph paragraphs sentence sentences line lines "
    "page say says said saying mention mentions mentioned mentioning talk talks talked talking speak speaks tell "
    "tells told find show shows know mean means meant meaning word words quote quotes quoted discuss discusses "
    "discussed describe describes described refer refers referred write writes wrote written read state according "
    "happen happens happened reason reasons question parley exactly actually info information detail details "
    "anywhere somewhere kind sort type part parts time use uses used long"
)
_FRAME = frozenset(_FRAME_WORDS.split())
"""Words of which a question is made; none of them says what it is about."""

_ORDINAL_WORDS = "first second third fourth fifth sixth seventh eighth"
_ORDINALS = {name: number for number, name in enumerate(_ORDINAL_WORDS.split(), 1)}

_PARAGRAPH = re.compile(
    r"(?:¶|\b(?:paragraph|para|par\.?|p\.)(?:\s*(?:no\.?|number|#))?)\s*(\d{1,6})\b"
    rf"|\b(?:the\s+)?({'|'.join(_ORDINALS)}|\d{{1,4}}(?:st|nd|rd|th)|last|final)\s+paragraph\b",
    re.IGNORECASE,
)
_SOURCE = (
    r"(?:it|this|that|the\s+(?:article|text|author|writer|passage|paragraph)|article|text|author|they|you|we|i"
    r"|(?:some\s+|many\s+|most\s+)?people|anybody|anyone|somebody)"
)
_SPEECH = re.compile(
    rf"\bwhat\s+(?:did|does|do|has|have|had|was|is|were)\s+(?P<who>.{{1,120}}?)\s+(?:{SPEECH_VERBS})\b(?P<what>.*)",
    re.IGNORECASE,
)
_ACCORDING = re.compile(r"\baccording\s+to\s+(?P<who>[^,?]{1,60})(?P<what>.*)", re.IGNORECASE)
_QUOTE_OF = re.compile(
    r"\b(?:quotes?|quotations?|words|statements?|opinions?|views?)\s+(?:of|from|by)\s+(?P<who>[^,?]{1,60})(?P<what>)",
    re.IGNORECASE,
)
_SPEAKER = re.compile(rf"\bwho\s+(?:has\s+|had\s+|also\s+)?(?:{SPEECH_VERBS})\b", re.IGNORECASE)
_PERSON = re.compile(r"^\W*(?:so\s+|and\s+)?who(?:'s|\s+is|\s+are|\s+was|\s+were)\b(?P<what>.*)", re.IGNORECASE)
_MENTION = re.compile(
    rf"^\W*(?:does|do|did|is|are|was|were|has)\s+(?:{_SOURCE}\s+)?(?:ever\s+|also\s+|even\s+)?.{{0,60}}?"
    r"\b(?:mention(?:s|ed)?|say\s+(?:anything|something)|talks?|speaks?|refers?|named?|contains?|includes?|have|use)\b",
    re.IGNORECASE,
)
_MEANING = re.compile(
    r"^\W*(?:what\s+(?:does|do|did)\s+(?:the\s+(?:word|term)\s+)?(?P<a>.{1,80}?)\s+(?:mean|stand\s+for)\b"
    r"|(?:define|explain|meaning\s+of)\s+(?:the\s+(?:word|term)\s+)?(?P<b>.{1,80})"
    r"|what(?:'s|\s+is|\s+are|\s+was)\s+(?:meant\s+by\s+|the\s+meaning\s+of\s+)?(?:an?\s+|the\s+)?(?P<c>.{1,80}))",
    re.IGNORECASE,
)
_SOURCE_ALONE = re.compile(rf"^\W*{_SOURCE}\W*$", re.IGNORECASE)
_COUNT = re.compile(r"\bhow\s+(?:many|much)\b", re.IGNORECASE)
_TIME = re.compile(
    r"^\W*(?:\w+\W+){0,2}?(?:when|(?:what|which|in\s+what|in\s+which)\s+(?:year|month|day|date))\b", re.IGNORECASE
)
_REASON = re.compile(r"\b(?:why|how\s+come|what\s+(?:caused|causes|led|made)|for\s+what\s+reason)\b", re.IGNORECASE)
_DATE_WORDS = frozenset({"year", "month", "date", "day"})
_VERB = re.compile(rf"(?:{SPEECH_VERBS})", re.IGNORECASE)


def read_question(asked: str) -> Question:
    """What a question asks for."""
    text = comparable(asked).strip()[:LONGEST]
    meant = _PARAGRAPH.search(text)
    rest = f"{text[: meant.start()]} {text[meant.end() :]}" if meant else text
    paragraph = _paragraph(meant) if meant else None
    wants, speaker = _form(rest)
    words = [word for word in words_of(_without_speaker(rest, wants)) if _tells(word)]
    if wants is Wants.TIME:
        words = [word for word in words if word.lower not in _DATE_WORDS]
    of_speech = [word for word in words if _VERB.fullmatch(word.shown)]
    if paragraph is not None and not words and not speaker:
        return Question(Wants.PARAGRAPH, paragraph=paragraph)
    if len(of_speech) < len(words) or speaker:
        words = [word for word in words if word not in of_speech]
    return Question(
        wants,
        _once(words),
        _once(speaker),
        tuple(of_speech),
        paragraph,
        _term(text) if wants is not Wants.SPEECH else "",
    )


def _paragraph(match: re.Match[str]) -> int:
    if match[1]:
        return int(match[1])
    name = match[2].lower()
    return -1 if name in {"last", "final"} else _ORDINALS.get(name) or int(re.sub(r"\D", "", name))


def _form(text: str) -> tuple[Wants, list[Word]]:
    """What is wanted, and the words for who is to have said it."""
    said = _speech(text)
    if said is not None:
        return Wants.SPEECH, [word for word in words_of(said["who"]) if _tells(word)]
    forms = (
        (_SPEAKER, Wants.SPEAKER),
        (_PERSON, Wants.PERSON),
        (_COUNT, Wants.COUNT),
        (_TIME, Wants.TIME),
        (_REASON, Wants.REASON),
        (_MENTION, Wants.MENTION),
    )
    found = next((wants for pattern, wants in forms if pattern.search(text)), None)
    if found is not None:
        return found, []
    return (Wants.MEANING if _MEANING.search(text) else Wants.PASSAGE), []


def _speech(text: str) -> re.Match[str] | None:
    """Where somebody is asked for by whom something is said; not the article itself."""
    for pattern in (_SPEECH, _ACCORDING, _QUOTE_OF):
        match = pattern.search(text)
        if match is not None and not _SOURCE_ALONE.match(match["who"]):
            return match if any(_tells(word) for word in words_of(match["who"])) else None
    return None


def _without_speaker(text: str, wants: Wants) -> str:
    match = _speech(text) if wants is Wants.SPEECH else None
    if match is None:
        return text
    before = "" if match.re is _SPEECH else text[: match.start()]
    return f"{before} {match['what']}"


def _term(text: str) -> str:
    match = _MEANING.search(text)
    return next((found.strip(" ?!.\"'") for found in match.group("a", "b", "c") if found), "") if match else ""


def _tells(word: Word) -> bool:
    return word.is_content and word.lower not in _FRAME


def _once(words: Sequence[Word]) -> tuple[Word, ...]:
    return tuple({word.stem: word for word in words}.values())

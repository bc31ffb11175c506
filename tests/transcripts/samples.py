"""Recorded debates as values: a class that plays the shipped script, and a hostile one."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path

from bot.content.library import Library
from bot.content.loading import load
from bot.content.models import Prompt
from bot.discussion.evidence import Citation, Kind
from bot.discussion.ids import ChannelId, GuildId, MessageId, ResponseId, RoundId, SessionId, StanceId, UserId
from bot.discussion.tally import tally
from bot.discussion.transcript import (
    Entry,
    Gap,
    Head,
    Names,
    Scope,
    Speaker,
    ToldRound,
    ToldVote,
)
from bot.discussion.values import Attachment, Closing, Response, Revision, Role, Round, Session, Source
from bot.rehearsal.script import Act, read_script

ROOT = Path(__file__).parents[2]
GUILD = GuildId(1_310_000_000_000_000_001)
CHANNEL = ChannelId(1_310_000_000_000_000_002)
ZONE = "Europe/Berlin"
PSEUDONYMS = ("Amber Otter", "Blue Heron", "Copper Lynx", "Grey Falcon", "Green Newt", "Ivory Crane", "Red Fox",
              "Silver Hare", "Teal Finch", "Violet Wren", "White Stag")  # fmt: skip


def at(seconds: float) -> datetime:
    """A time in the debate."""
    return datetime(2026, 11, 17, 9, 30, 0, 123000, tzinfo=UTC) + timedelta(seconds=seconds)


@dataclass(frozen=True)
class Told:
    """A transcript over lists."""

    head: Head
    entries_of: Mapping[RoundId, Sequence[Entry]]
    votes_of: Mapping[RoundId, Sequence[ToldVote]]

    def entries(self, told: ToldRound) -> Iterator[Entry]:
        return iter(self.entries_of[told.round.id])

    def votes(self, told: ToldRound) -> Iterator[ToldVote]:
        return iter(self.votes_of[told.round.id])


@dataclass
class Debate:
    """Records a debate act by act, as the bot would, and tells it."""

    names: Sequence[str]
    scope: Scope
    clock: float = 0
    rounds: list[ToldRound] = field(default_factory=list[ToldRound])
    entries: dict[RoundId, list[Entry]] = field(default_factory=dict[RoundId, list[Entry]])
    votes: dict[RoundId, list[ToldVote]] = field(default_factory=dict[RoundId, list[ToldVote]])
    made: int = 0

    def __post_init__(self) -> None:
        real = self.scope.names is Names.REAL
        self.users = {name: UserId(1_310_000_000_000_100_000 + 7919 * place) for place, name in enumerate(self.names)}
        self.speakers = {
            user: Speaker(
                f"s{place + 1}",
                name if real else PSEUDONYMS[place % len(PSEUDONYMS)],
                Role.TEACHER if name == "Ms. Rivera" else Role.STUDENT,
                user if real else None,
            )
            for place, (name, user) in enumerate(self.users.items())
        }

    def speaker(self, name: str) -> Speaker:
        return self.speakers[self.users[name]]

    def pose(self, prompt: Prompt) -> Round:
        number = len(self.rounds) + 1
        posed = Round(
            RoundId(40 + number), GUILD, SessionId(7), CHANNEL, number, prompt, at(self.clock), at(self.clock + 1200),
            None, None, MessageId(1_310_000_000_000_200_000 + number), ChannelId(1_310_000_000_000_300_000 + number),
            None,
        )  # fmt: skip
        self.rounds.append(ToldRound(posed, tally(prompt, {}, 0), (), 0, 0))
        self.entries[posed.id], self.votes[posed.id] = [], []
        return posed

    @property
    def posed(self) -> Round:
        return self.rounds[-1].round

    def side(self, name: str) -> StanceId | None:
        held = [vote.stance for vote in self.votes[self.posed.id] if vote.speaker is self.speaker(name)]
        return held[-1] if held else None

    def vote(self, name: str, stance: str) -> None:
        self.clock += 13.4
        vote = ToldVote(self.posed, self.speaker(name), StanceId(stance), self.side(name), at(self.clock))
        self.votes[self.posed.id].append(vote)

    def say(
        self,
        name: str,
        body: Mapping[str, str],
        source: Source,
        to: Entry | None = None,
        cites: tuple[Citation, ...] = (),
    ) -> Entry:
        self.clock += 41.7
        self.made += 1
        user, speaker = self.users[name], self.speaker(name)
        response = Response(
            ResponseId(100 + self.made), GUILD, self.posed.id, user, speaker.role, source,
            to.response.id if to else None, self.side(name), dict(body), at(self.clock), None, None,
            MessageId(1_310_000_000_000_400_000 + self.made),
        )  # fmt: skip
        entry = Entry(
            response, self.posed, speaker, to.speaker if to else None, to.depth + 1 if to else 0, (), cites, None
        )
        told = self.entries[self.posed.id]
        told.insert(self._behind(to) if to else len(told), entry)
        return entry

    def _behind(self, parent: Entry) -> int:
        told = self.entries[self.posed.id]
        place = told.index(parent) + 1
        while place < len(told) and told[place].depth > parent.depth:
            place += 1
        return place

    def change(self, old: Entry, body: Mapping[str, str]) -> Entry:
        self.clock += 30
        revision = Revision(old.response.id, old.response.body, old.response.stance, at(self.clock))
        response = replace(old.response, body=dict(body), edited_at=at(self.clock))
        return self._put(old, replace(old, response=response, revisions=(*old.revisions, revision)))

    def attach(self, old: Entry, *files: Attachment) -> Entry:
        return self._put(old, replace(old, response=replace(old.response, attachments=files)))

    def withdraw(self, old: Entry) -> Entry:
        self.clock += 20
        return self._put(
            old,
            replace(
                old, response=replace(old.response, body={}, withdrawn_at=at(self.clock)), revisions=(), citations=()
            ),
        )

    def hide(self, old: Entry) -> Entry:
        self.clock += 20
        hidden = at(self.clock)
        return self._put(old, replace(old, response=replace(old.response, hidden_at=hidden), hidden_at=hidden))

    def _put(self, old: Entry, new: Entry) -> Entry:
        told = self.entries[self.posed.id]
        told[told.index(old)] = new
        return new

    def close(self, gaps: tuple[Gap, ...] = ()) -> None:
        self.clock += 60
        posed = replace(self.posed, closed_at=at(self.clock), closing=Closing.NEXT)
        last = {vote.speaker.key: vote.stance for vote in self.votes[posed.id]}
        numbered = {UserId(place): stance for place, stance in enumerate(last.values())}
        entries = [replace(entry, round=posed) for entry in self.entries[posed.id]]
        votes = [replace(vote, round=posed) for vote in self.votes[posed.id]]
        self.entries[posed.id], self.votes[posed.id] = entries, votes
        self.rounds[-1] = ToldRound(posed, tally(posed.prompt, numbered, len(entries)), gaps, len(entries), len(votes))

    def told(self, title: str | None = None, zone: str = ZONE) -> Told:
        shipped_set = shipped().prompt_sets["china-or-sanctions"]
        article = shipped().articles[shipped_set.article]
        prompt_set = shipped_set if title is None else shipped_set.model_copy(update={"title": title})
        session = Session(
            SessionId(7), GUILD, CHANNEL, "china-or-sanctions", prompt_set, article, 20,
            UserId(1_310_000_000_000_999_999), at(-30), at(self.clock + 5),
        )  # fmt: skip
        head = Head(session, tuple(self.rounds), self.speakers, self.scope, zone, at(self.clock + 600), "0.1.0")
        return Told(head, self.entries, self.votes)


def _body(act: Act) -> tuple[dict[str, str], Source]:
    if act.respond:
        return act.respond.model_dump(exclude_none=True), Source.MODAL
    if act.reply:
        return {"text": act.reply.text}, Source.REPLY
    return {"text": act.say or ""}, Source.MESSAGE


@cache
def shipped() -> Library:
    """The shipped content."""
    return load(ROOT / "article", ROOT / "prompts")


def play(debate: Debate, acts: Sequence[Act]) -> None:
    """Let the script's classmates do what they do with one prompt."""
    last: dict[str, Entry] = {}
    for act in acts:
        if act.vote:
            debate.vote(act.who, act.vote)
        elif act.change:
            new = {**last[act.who].response.body, **act.change.model_dump(exclude_none=True)}
            last[act.who] = debate.change(last[act.who], new)
        elif act.reword:
            last[act.who] = debate.change(last[act.who], {"text": act.reword})
        elif act.withdraw:
            last[act.who] = debate.withdraw(last[act.who])
        else:
            to = next(
                (entry for entry in debate.entries[debate.posed.id] if act.reply and entry is last.get(act.reply.to)),
                None,
            )
            made = debate.say(act.who, *_body(act), to=to)
            last[act.who] = made


NOTES = Attachment("bo-notes.pdf", "application/pdf", 12_345)


def a_class(names: Names = Names.REAL, rounds: int = 3) -> Told:
    """The shipped classmates on the first questions of the shipped set, with everything a transcript can show."""
    script = read_script(ROOT / "prompts" / "rehearsal" / "classmates.yaml")
    debate = Debate([*(mate.name for mate in script.classmates), "Ms. Rivera"], Scope(names))
    for prompt in shipped().prompt_sets["china-or-sanctions"].prompts[:rounds]:
        posed = debate.pose(prompt)
        scripted = script.round_for("china-or-sanctions", prompt.id)
        play(debate, scripted.acts if scripted else ())
        if posed.number == 1:
            debate.clock += 200
            gap = Gap(posed.id, at(debate.clock - 150), at(debate.clock - 60), "the bot was restarted")
            first = debate.entries[posed.id][0]
            quote = Citation(
                2, 98, "chief financial and political benefactor", "North Korea’s “", ",” China", Kind.QUOTE
            )
            debate.say(
                "Hana", {"text": "So who pays decides. I had not seen it that way."}, Source.REPLY, first, (quote,)
            )
            asked = debate.say(
                "Ms. Rivera",
                {"text": "What would have to happen for you to call your choice a success?"},
                Source.MESSAGE,
            )
            answer = debate.say("Chen", {"text": "A year without a test."}, Source.REPLY, asked)
            doubt = {"text": "Only a year? They stopped before and began again."}
            debate.attach(debate.say("Bo", doubt, Source.REPLY, answer), NOTES)
            debate.hide(debate.say("Gio", {"text": "this is boring"}, Source.MESSAGE))
            debate.close((gap,))
        else:
            debate.close()
    return debate.told()


HOSTILE = (
    "<script>alert(1)</script>",
    "</style><style>*{display:none}</style><img src=x onerror=alert(2)>",
    "\"><svg onload=alert(3)>' onmouseover='alert(4)",
    "=HYPERLINK(\"http://evil.example\";\"click\")",
    " \t+1+cmd|' /C calc'!A0",
    "“＝1＋1",
    "-2+3",
    "@SUM(A1)",
    "\t=1",
    "\r=1",
    "'already",
    "\u202egnirts desrever\u202c and \u2066isolated",
    "W" * 4000,
    "👩‍👩‍👧‍👦 🏴󠁧󠁢󠁥󠁮󠁧󠁿 🇩🇪 naïve 한국 עברית",
    "null\0byte \x1b[31mred\x1b[0m \x07bell \x85next",
    "../../etc/passwd",
    "first\r\nsecond\rthird\u2028fourth\n\n# Round 9: a heading\n---\n| a | b |\n"
    "| --- | --- |\n> quote\n1. one\n    code\n```\nfence",
    "half \ud800 sign \udfff",
    "[link](javascript:alert(5)) ![pic](http://evil.example/x.png) "
    "<http://evil.example> http://evil.example www.evil.example",
    "**bold** _it_ `code` ~~gone~~ &lt;b&gt; &#60;script&#62; $x$ \\",
    "================\nRound 9: not a round\n================",
    "javascript:alert(6)",
    "{{7*7}} {% raw %} %s {0} ${x}",
    "-->]]><!--",
    "   ",
    "\ufeff=1+1",
    "Z" + "\u0301" * 40 + "algo\u200b\u200b\u2060 of\n\n\n\n\n\nmany lines",
)  # fmt: skip


def a_hostile_class(names: Names = Names.REAL) -> Told:
    """Everybody's name and words are an attack, and so are the gap's reason and the stance that nobody knows."""
    debate = Debate(HOSTILE, Scope(names))
    debate.speakers = {
        user: replace(speaker, label=HOSTILE[place]) for place, (user, speaker) in enumerate(debate.speakers.items())
    }
    for prompt in shipped().prompt_sets["china-or-sanctions"].prompts[:2]:
        posed = debate.pose(prompt)
        for place, words in enumerate(HOSTILE):
            debate.vote(words, prompt.stances[place % 3].id)
            first = debate.say(words, {"claim": words, "evidence": words, "reasoning": words}, Source.MODAL)
            quoted = (Citation(1, 0, words, words, words, Kind.PARAPHRASE),)
            reply = debate.say(HOSTILE[place - 1], {"text": words}, Source.REPLY, first, quoted)
            debate.attach(debate.change(reply, {"text": f"{words} again"}), Attachment(words, words, place))
        debate.close(tuple(Gap(posed.id, at(debate.clock - 50), at(debate.clock), words) for words in HOSTILE))
    return debate.told()

"""A debate of any length, made as it is told: 30 students, texts of a usual length, a reply to every response."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from bot.content.loading import load
from bot.discussion.ids import ChannelId, GuildId, MessageId, ResponseId, RoundId, SessionId, StanceId, UserId
from bot.discussion.tally import tally
from bot.discussion.transcript import Entry, Head, Names, Scope, Speaker, ToldRound, ToldVote
from bot.discussion.values import Response, Role, Round, Session, Source

ROOT = Path(__file__).parent.parent
GUILD, CHANNEL = GuildId(1_310_000_000_000_000_001), ChannelId(1_310_000_000_000_000_002)
BEGAN = datetime(2026, 11, 17, 9, 30, tzinfo=UTC)
STUDENTS = 30
TEXTS = (
    "Engaging China comes first, because China is the one North Korea cannot afford to lose.",
    "But the same paragraph says China was “delaying the United States and its allies’ effort”. Why would it help now?",
    "To add to this: it backed the UN in 2006 and again in 2017. So it can be moved, if slowly.",
    "If somebody doesn't come to the table, you can only make staying away more expensive.\nThat's what sanctions do.",
    "A blank check is money. Cutting money is the fastest thing a council can do & it costs them < than talks.",
    "Without China the sanctions leak, and without sanctions China has no reason to talk. 🤝",
    "I agree about patience. But who decides when “persistent” has been long enough?",
)


@dataclass(frozen=True)
class LongDebate:
    """A transcript of one round with so many responses, and a vote for every tenth."""

    head: Head
    people: tuple[Speaker, ...]

    def entries(self, told: ToldRound) -> Iterator[Entry]:
        """Responses, each second one a reply to the one before."""
        posed, people = told.round, self.people
        stances = [StanceId(stance.id) for stance in posed.prompt.stances]
        for number in range(told.entries):
            speaker, is_reply = people[number % STUDENTS], number % 2
            response = Response(
                ResponseId(number + 1),
                GUILD,
                posed.id,
                speaker.user_id or UserId(0),
                Role.STUDENT,
                Source.REPLY if is_reply else Source.MESSAGE,
                ResponseId(number) if is_reply else None,
                stances[number % len(stances)],
                {"text": TEXTS[number % len(TEXTS)]},
                at(number),
                None,
                None,
                message_id(number),
            )
            parent = people[(number - 1) % STUDENTS] if is_reply else None
            yield Entry(response, posed, speaker, parent, is_reply, (), (), None)

    def votes(self, told: ToldRound) -> Iterator[ToldVote]:
        """Votes, all of them first ones."""
        stance = StanceId(told.round.prompt.stances[0].id)
        for number in range(told.votes):
            yield ToldVote(told.round, self.people[number % STUDENTS], stance, None, at(number))


@dataclass(frozen=True)
class Ready:
    """The same debate with its values made already, as a peer gets its messages."""

    head: Head
    said: tuple[Entry, ...]
    voted: tuple[ToldVote, ...]

    def entries(self, told: ToldRound) -> Iterator[Entry]:  # noqa: ARG002 - there is one round
        """Responses."""
        return iter(self.said)

    def votes(self, told: ToldRound) -> Iterator[ToldVote]:  # noqa: ARG002 - as above
        """Votes."""
        return iter(self.voted)


def ready(debate: LongDebate) -> Ready:
    """Make all values of a debate."""
    told = debate.head.rounds[0]
    return Ready(debate.head, tuple(debate.entries(told)), tuple(debate.votes(told)))


def at(number: int) -> datetime:
    """When the response of that number was written."""
    return BEGAN + timedelta(seconds=number)


def message_id(number: int) -> MessageId:
    """The message of the response of that number."""
    return MessageId(1_310_000_000_001_000_000 + number)


def user_id(place: int) -> UserId:
    """The student at that place."""
    return UserId(1_310_000_000_000_100_000 + place)


def long_debate(responses: int, names: Names = Names.REAL) -> LongDebate:
    """A debate of so many responses on the shipped prompts."""
    library = load(ROOT / "article", ROOT / "prompts")
    prompt_set = library.prompt_sets["china-or-sanctions"]
    prompt = prompt_set.prompts[0]
    posed = Round(RoundId(1), GUILD, SessionId(1), CHANNEL, 1, prompt, BEGAN, None, None, None, None, CHANNEL, None)
    people = tuple(
        Speaker(f"s{place}", f"Student {place}", Role.STUDENT, user_id(place) if names is Names.REAL else None)
        for place in range(STUDENTS)
    )
    session = Session(
        SessionId(1),
        GUILD,
        CHANNEL,
        "china-or-sanctions",
        prompt_set,
        library.articles[prompt_set.article],
        None,
        user_id(0),
        BEGAN,
        None,
    )
    told = ToldRound(posed, tally(prompt, {}, responses), (), responses, responses // 10)
    speakers = {user_id(place): speaker for place, speaker in enumerate(people)}
    return LongDebate(Head(session, (told,), speakers, Scope(names), "Europe/Berlin", BEGAN, "bench"), people)

"""Anything that a class could write or a teacher pose, up to the longest and the worst, for property tests."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import partial

from hypothesis import strategies as st

from bot.classroom.announcing import Notice
from bot.classroom.posting import Shown
from bot.classroom.responding import Recorded
from bot.classroom.results import Participation, Point, Results
from bot.classroom.reviewing import OwnResponses, Status
from bot.classroom.voting import Standing
from bot.content.formats import ChartKind, Format, Step
from bot.content.models import Article, Excerpt, FollowUp, Prompt, PromptSet, Stance, Starters, When
from bot.discussion.attendance import attendance
from bot.discussion.ids import (
    ChannelId,
    GuildId,
    MessageId,
    ResponseId,
    RoundId,
    SessionId,
    StanceId,
    UserId,
)
from bot.discussion.swing import Swing, swing
from bot.discussion.tally import tally
from bot.discussion.values import Closing, PhaseLog, Response, Role, Round, Session, Source
from bot.discussion.wording import FIELDS, REPLY_FIELD
from tests.charts.samples import ALL

NOW = datetime(2026, 1, 1, tzinfo=UTC)
GUILD, SNOWFLAKE = GuildId(10**18), 1456074443980800020
EMOJIS = ("🚀", "🛡️", "<a:abcdefghijklmnopqrstuvwxyz_12345:123456789012345678>")


def words(most: int, *, lines: bool = False) -> st.SearchStrategy[str]:
    """Text of one sign up to the longest, mostly of signs that Discord reads as markup."""
    units = ["*", "_~|`", "\\", "<@1>", "[x](y)", "> ", "1. ", "a", "é 🚀", "https://a.example/b_c ", "\u200b"]
    units += ["https://a.example/<@1>", "שלום 1 ", "e\u0301\u0302\u0303\u0304\u0305\u0306"]

    def stretched(part: str, length: int) -> str:
        return ("x" + (part + "\n" * lines) * length)[:length]

    return st.builds(stretched, st.sampled_from(units), st.sampled_from([most, most, most, 7, 1])).map(str.strip)


def slugs() -> st.SearchStrategy[str]:
    return st.sampled_from(["a", "b-c", "x" * 32, "0", "y" * 31])


def prompts() -> st.SearchStrategy[Prompt]:
    """A prompt as the models allow it, five of everything included."""
    ids = ["a" * 32, "b" * 32, "c" * 32, "d" * 32, "e" * 32]

    def stances(count: int, label: Callable[[], str], emoji: str) -> tuple[Stance, ...]:
        return tuple(Stance(id=ids[number], label=label(), emoji=emoji) for number in range(count))

    @st.composite
    def build(draw: st.DrawFn) -> Prompt:
        quote = words(1000, lines=True)
        excerpts = draw(st.lists(st.builds(Excerpt, paragraph=st.integers(1, 99), quote=quote), min_size=1, max_size=5))
        hint = st.none() | words(100)
        return Prompt.model_validate(
            {
                "id": draw(slugs()),
                "question": draw(words(300)),
                "excerpts": excerpts,
                "stances": stances(draw(st.integers(2, 5)), lambda: draw(words(60)), draw(st.sampled_from(EMOJIS))),
                "starters": draw(st.builds(Starters, claim=hint, evidence=hint, reasoning=hint)),
                "follow-ups": draw(st.lists(words(300), max_size=2)),
            }
        )

    return build()


def articles() -> st.SearchStrategy[Article]:
    paragraph = words(10_000, lines=True)
    return st.builds(
        Article,
        title=words(100),
        author=words(100),
        deck=st.none() | words(1000),
        paragraphs=st.lists(paragraph, min_size=1, max_size=5).map(tuple),
    )


@st.composite
def rounds(draw: st.DrawFn) -> Round:
    closing = draw(st.sampled_from([None, *Closing]))
    return Round(
        id=RoundId(10**17),
        guild_id=GUILD,
        session_id=SessionId(10**17),
        channel_id=ChannelId(SNOWFLAKE),
        number=25,
        prompt=draw(prompts()),
        opened_at=NOW,
        deadline=draw(st.sampled_from([None, NOW + timedelta(minutes=10080)])),
        closed_at=NOW if closing else None,
        closing=closing,
        card_id=MessageId(SNOWFLAKE),
        thread_id=ChannelId(SNOWFLAKE),
        tally_id=None,
    )


@st.composite
def sessions(draw: st.DrawFn, prompt: Prompt) -> Session:
    return Session(
        id=SessionId(10**17),
        guild_id=GUILD,
        channel_id=ChannelId(SNOWFLAKE),
        set_slug="x" * 32,
        prompt_set=PromptSet(article="x", title=draw(words(100)), prompts=(prompt,)),
        article=draw(articles()),
        minutes=None,
        started_by=UserId(SNOWFLAKE),
        started_at=NOW,
        closed_at=draw(st.sampled_from([None, NOW])),
    )


@st.composite
def standings(draw: st.DrawFn) -> Standing:
    found = draw(rounds())
    votes = {UserId(n): StanceId(found.prompt.stances[n % 2].id) for n in range(draw(st.sampled_from([0, 1, 40])))}
    return Standing(draw(sessions(found.prompt)), found, tally(found.prompt, votes, draw(st.sampled_from([0, 1, 999]))))


def swings(prompt: Prompt) -> st.SearchStrategy[Swing]:
    """How two votes of the same people differ, in secret or not."""
    ids = [StanceId(stance.id) for stance in prompt.stances]
    votes = st.fixed_dictionaries({UserId(user): st.sampled_from(ids) for user in range(12)})
    return st.builds(partial(swing, ids), votes, votes, secret=st.booleans())


@st.composite
def results(draw: st.DrawFn) -> Results:
    """Everything that a round can come to at once, with the longest words."""
    standing = draw(standings())
    point = st.builds(Point, responses(standing.round), words(32), st.sampled_from([1, 29]))
    return Results(
        standing,
        draw(st.none() | swings(standing.round.prompt)),
        draw(st.sampled_from([0, 1, 4])),
        draw(st.sampled_from([(), ((99, 999), (98, 99), (1, 1))])),
        Participation(draw(st.sampled_from([0, 40])), 39, 999, 999, 99_999, draw(st.none() | words(250))),
        tuple(draw(st.lists(point, max_size=3))),
        draw(st.sampled_from([(), tuple(ChartKind)])),
    )


@st.composite
def reveals(draw: st.DrawFn) -> Notice:
    """A reveal with the longest chart that it may have."""
    standing = draw(standings())
    kind = draw(st.none() | st.sampled_from(ChartKind))
    step = {"reveal": {"say": draw(st.none() | words(300)), "chart": kind}}
    found = replace(standing.round, format=Format.model_construct(title="x", phases=(Step.model_validate(step),)))
    chart = draw(st.none() | st.sampled_from([*ALL.values()])) if kind is not None else None
    log = PhaseLog(0, NOW, NOW, None)
    return Notice(replace(standing, round=found), log, chart, draw(st.sampled_from([0, 3])))


@st.composite
def responses(draw: st.DrawFn, found: Round) -> Response:
    fields = draw(st.sampled_from([FIELDS, FIELDS[:1], (REPLY_FIELD,)]))
    return Response(
        id=ResponseId(10**17),
        guild_id=GUILD,
        round_id=found.id,
        user_id=UserId(SNOWFLAKE),
        role=Role.STUDENT,
        source=draw(st.sampled_from([Source.MODAL, Source.REPLY])),
        parent_id=None,
        stance=draw(st.sampled_from([None, StanceId(found.prompt.stances[0].id)])),
        body={field.name: draw(words(field.most, lines=True)) for field in fields},
        created_at=NOW,
        edited_at=draw(st.sampled_from([None, NOW])),
        withdrawn_at=None,
        message_id=MessageId(SNOWFLAKE),
    )


@st.composite
def shown(draw: st.DrawFn) -> Shown:
    found = draw(rounds())
    parent = draw(st.none() | responses(found))
    return Shown(draw(responses(found)), found, draw(words(32)), parent, draw(words(32)) if parent else None)


@st.composite
def follow_ups(draw: st.DrawFn) -> FollowUp:
    why = draw(st.none() | st.sampled_from([when for when in When if when is not When.ONE_SIDED]))
    cites = draw(st.none() | st.just(10**6))
    return FollowUp.model_construct(ask=draw(words(300)), when=why, stance=None, cites=cites, quiet_for=None)


@st.composite
def recorded(draw: st.DrawFn) -> Recorded:
    found = draw(rounds())
    return Recorded(found, draw(responses(found)), draw(st.none() | follow_ups()))


@st.composite
def own(draw: st.DrawFn) -> OwnResponses:
    found = draw(rounds())
    page = draw(st.integers(0, 2))
    several = [draw(responses(found)) for _ in range(draw(st.sampled_from([4, 4, 4, 1])))]
    apart = [replace(response, id=ResponseId(10**17 + number)) for number, response in enumerate(several)]
    moved = {response.id: 999 for response in apart}
    return OwnResponses(tuple((response, found) for response in apart), page, 3, 12, moved)


@st.composite
def statuses(draw: st.DrawFn) -> Status:
    """A class of forty, or two of them, with the longest names."""
    standing = draw(standings())
    name = draw(words(32))
    roster = [UserId(number) for number in range(draw(st.sampled_from([40, 80])))]
    stance = StanceId(standing.round.prompt.stances[0].id)
    voted = dict.fromkeys(roster[: draw(st.sampled_from([0, 13, 40]))], stance)
    responded = set(roster[: draw(st.sampled_from([0, 5, 40]))])
    return Status(standing, attendance(roster, voted, responded), 99, dict.fromkeys(roster, name))

"""What a round has come to: its count, how minds moved, what was cited, who spoke, whose points moved others."""

from collections.abc import Mapping
from datetime import datetime
from zoneinfo import ZoneInfo

from bot.charts.values import Chart
from bot.classroom.charting import Charting, evenness
from bot.classroom.finding import the_latest_round, the_round
from bot.classroom.naming import SOMEBODY, names_in
from bot.classroom.people import Person, require_teacher
from bot.classroom.refusals import Refusal
from bot.classroom.room import Classroom
from bot.classroom.speech import Speech, speech_of
from bot.classroom.voting import Standing, standing_in, votes_told
from bot.content.formats import ChartKind
from bot.discussion.disclosing import last_revealed, swing_of
from bot.discussion.evidence import counted_paragraphs
from bot.discussion.ids import ChannelId, RoundId, UserId
from bot.discussion.swing import Swing
from bot.discussion.values import Response, Round, Session
from bot.storage import Transaction, citations, endorsements, guilds, responses, sessions
from bot.values import frozen

MOST = 3
"""So many passages and points are told."""


@frozen
class Participation:
    """How many took part and how many of them spoke, what they said in all, and how evenly, in a sentence."""

    took_part: int
    spoke: int
    responses: int
    replies: int
    words: int
    evenness: str | None


@frozen
class Point:
    """A response that has moved so many classmates; who they are is nobody's business."""

    response: Response
    author: str
    moved: int


@frozen
class Results:
    """A round with its results.

    `left_out` votes are not in the count: see `disclosing`. `passages` are paragraphs with the number of responses that
    cite them, `charts` the kinds of charts that have something to show.
    """

    standing: Standing
    swing: Swing | None
    left_out: int
    passages: tuple[tuple[int, int], ...]
    participation: Participation
    points: tuple[Point, ...]
    charts: tuple[ChartKind, ...]

    @property
    def round(self) -> Round:
        """The round."""
        return self.standing.round


@frozen
class Charted:
    """A chart of a round, and which others there are to choose from."""

    round: Round
    kind: ChartKind
    chart: Chart
    kinds: tuple[ChartKind, ...]


def results_in(tx: Transaction, found: Round, zone: ZoneInfo, now: datetime) -> Results:
    """The results of a round within a transaction."""
    standing = standing_in(tx, found.guild_id, found)
    speech = speech_of(tx, standing.session, found)
    told = votes_told(tx, found)
    counted = last_revealed(found, told)
    cited = citations.of_responses(tx, found.guild_id, [entry.id for entry in speech.said])
    return Results(
        standing,
        swing_of(found, told),
        counted.left_out if counted is not None else 0,
        tuple(counted_paragraphs(cited.values())[:MOST]),
        _participation(speech),
        _points(tx, found),
        Charting(tx, zone, now).kinds(standing.session, found),
    )


async def chart_of(room: Classroom, person: Person, round_id: RoundId, kind: ChartKind | None) -> Charted:
    """A chart of a round for anybody in its server, without names; no kind: the first that has something to show."""
    now = room.now()

    def work(tx: Transaction) -> Charted:
        return _charted(Charting(tx, room.zone, now), the_round(tx, person.guild_id, round_id), kind)

    return await room.store.read(work)


async def chart_here(
    room: Classroom, person: Person, channel_id: ChannelId, thread_id: ChannelId | None, kind: ChartKind, *, names: bool
) -> Charted:
    """A chart of the thread's round, or of the channel's latest, for a teacher: with names if nobody else sees it."""
    now = room.now()

    def work(tx: Transaction) -> Charted:
        require_teacher(person, guilds.settings(tx, person.guild_id))
        found = the_latest_round(tx, person.guild_id, channel_id, thread_id)
        return _charted(Charting(tx, room.zone, now, names), found, kind)

    return await room.store.read(work)


def _charted(charting: Charting, found: Round, kind: ChartKind | None) -> Charted:
    session = _session(charting.tx, found)
    kinds = charting.kinds(session, found)
    if not kinds:
        raise Refusal("There is nothing to draw yet: nobody has said anything, and no vote may be told.")
    wanted = kinds[0] if kind is None else kind
    chart = charting.chart(wanted, session, found) if wanted in kinds else None
    if chart is None:
        raise Refusal(_NOT_YET[wanted])
    return Charted(found, wanted, chart, kinds)


_NOT_YET: Mapping[ChartKind, str] = {
    ChartKind.SWING: "There is no swing to show: it compares the first and the last vote of the same people, once both "
    "are revealed, and where it does not tell how single people voted.",
    ChartKind.STANCES: "There are no stances to show: nobody has taken a side openly, and no secret vote is revealed.",
    ChartKind.TIMELINE: "There is nothing to show over time: nobody has said anything yet.",
    ChartKind.VOICES: "There are no voices to compare yet: it takes two people, and something that was said.",
    ChartKind.EVIDENCE: "There is no evidence to show yet: nobody has leaned on a passage of the article.",
}


def _participation(speech: Speech) -> Participation:
    voices = speech.voices
    return Participation(
        took_part=len(voices),
        spoke=sum(voice.responses + voice.replies > 0 for voice in voices),
        responses=sum(voice.responses for voice in voices),
        replies=sum(voice.replies for voice in voices),
        words=sum(voice.words for voice in voices),
        evenness=evenness(speech),
    )


def _points(tx: Transaction, found: Round) -> tuple[Point, ...]:
    moved = endorsements.of_round(tx, found.guild_id, found.id)
    first = sorted(moved, key=lambda response_id: (-moved[response_id], response_id))[:MOST]
    names: Mapping[UserId, str] = names_in(tx, found) if first else {}
    told = [(response, moved[response.id]) for each in first if (response := responses.get(tx, found.guild_id, each))]
    return tuple(Point(response, names.get(response.user_id, SOMEBODY), count) for response, count in told)


def _session(tx: Transaction, found: Round) -> Session:
    session = sessions.get(tx, found.guild_id, found.session_id)
    if session is None:
        raise Refusal("This debate is not on record in this server.")
    return session

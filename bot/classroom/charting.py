"""A round's results as charts: the values that a picture is made of. Charts for a class name nobody."""

from collections.abc import Mapping
from datetime import datetime
from zoneinfo import ZoneInfo

from bot.charts.values import (
    Away,
    Chart,
    ChartStance,
    EvidenceChart,
    EvidenceParagraph,
    EvidenceSentence,
    FlowChart,
    Mark,
    Speaker,
    StancesChart,
    StancesRound,
    TimelineChart,
    VoicesChart,
)
from bot.classroom.naming import names_in
from bot.classroom.speech import Speech, speech_of
from bot.classroom.voting import counted_votes, votes_told
from bot.content.formats import ChartKind
from bot.content.models import Prompt
from bot.discussion.disclosing import Votes, swing_of
from bot.discussion.evidence import Citation
from bot.discussion.ids import StanceId, UserId
from bot.discussion.leaning import Leaning, Passage, counts, uses_of
from bot.discussion.outcome import outcome
from bot.discussion.palette import STANCE_COLOURS
from bot.discussion.phase_names import phase_name
from bot.discussion.tally import tally
from bot.discussion.values import Response, Round, Session
from bot.discussion.voices import evenness_in_words, gini
from bot.storage import Transaction, citations, gaps, phases, rounds
from bot.values import frozen


@frozen
class Charting:
    """What charts are made from: the record, the school's zone and the time. `names` says whether to name people.

    `until` is the number of the reveal that shows the chart: votes of later phases are left out.
    """

    tx: Transaction
    zone: ZoneInfo
    now: datetime
    names: bool = False
    until: int | None = None

    def chart(self, kind: ChartKind, session: Session, found: Round) -> Chart | None:
        """The chart of that kind; None for a swing that there is none of, or that may not be told."""
        match kind:
            case ChartKind.SWING:
                return self._flow(found)
            case ChartKind.STANCES:
                return self._stances(session, found)
            case ChartKind.TIMELINE:
                return self._timeline(found, speech_of(self.tx, session, found))
            case ChartKind.VOICES:
                return self._voices(found, speech_of(self.tx, session, found))
            case ChartKind.EVIDENCE:
                return self._evidence(session, found)

    def kinds(self, session: Session, found: Round) -> tuple[ChartKind, ...]:
        """The kinds that have something to show."""
        speech = speech_of(self.tx, session, found)
        swing = swing_of(found, votes_told(self.tx, found, self.until))
        has: Mapping[ChartKind, bool] = {
            ChartKind.SWING: swing is not None and swing.both > 0,
            ChartKind.STANCES: any(each.voters for each in self._votes(session, found)),
            ChartKind.TIMELINE: bool(speech.said),
            ChartKind.VOICES: bool(speech.said) and len(speech.people) > 1,
            ChartKind.EVIDENCE: bool(self._cited(speech, found)),
        }
        return tuple(kind for kind in ChartKind if has[kind])

    def _flow(self, found: Round) -> FlowChart | None:
        moved = swing_of(found, votes_told(self.tx, found, self.until))
        if moved is None:
            return None
        stances = [StanceId(stance.id) for stance in found.prompt.stances]
        flow = moved.flow
        return FlowChart(
            found.prompt.question,
            _stances(found.prompt),
            tuple(moved.before[stance] for stance in stances),
            tuple(moved.after[stance] for stance in stances),
            None if flow is None else tuple(tuple(flow[was, now] for now in stances) for was in stances),
            said=outcome(moved, found.prompt) if moved.both else "",
        )

    def _stances(self, session: Session, found: Round) -> StancesChart:
        title = found.prompt.question if found.number == 1 else session.prompt_set.title
        return StancesChart(title, tuple(self._votes(session, found)))

    def _votes(self, session: Session, found: Round) -> list[StancesRound]:
        """The session's questions up to this one; while it is the first, each vote on it."""
        if found.number > 1:
            posed = rounds.of_session(self.tx, found.guild_id, session.id)[: found.number]
            return [_counted(_title(each), each.prompt, counted_votes(self.tx, each)) for each in posed]
        told = votes_told(self.tx, found, self.until)
        if not told:
            return [_counted("Now" if found.is_open else "In the end", found.prompt, counted_votes(self.tx, found))]
        return [_counted(phase_name(found.format.plan[each.number]), found.prompt, each.votes) for each in told]

    def _timeline(self, found: Round, speech: Speech) -> TimelineChart:
        log = phases.of_round(self.tx, found.guild_id, found.id)
        end = max(found.opened_at, found.closed_at or self.now)
        marks = [Mark(each.began_at, phase_name(found.format.plan[each.number])) for each in log if each.began_at < end]
        return TimelineChart(
            found.prompt.question,
            found.opened_at,
            end,
            str(self.zone),
            responses=tuple(entry.created_at for entry in speech.said if entry.parent_id is None),
            replies=tuple(entry.created_at for entry in speech.said if entry.parent_id is not None),
            marks=tuple(marks) if found.has_phases else (),
            away=tuple(Away(gap.began_at, gap.ended_at) for gap in gaps.of_round(self.tx, found.guild_id, found.id)),
        )

    def _voices(self, found: Round, speech: Speech) -> VoicesChart:
        names: Mapping[UserId, str] = names_in(self.tx, found) if self.names else {}
        return VoicesChart(
            found.prompt.question,
            tuple(
                Speaker(
                    None if voice.user_id in speech.nameless else names.get(voice.user_id),
                    voice.responses,
                    voice.replies,
                )
                for voice in speech.voices
            ),
            evenness(speech) or "",
        )

    def _evidence(self, session: Session, found: Round) -> EvidenceChart:
        leaning = Leaning[StanceId | None](session.article.paragraphs)
        for entry, cited in self._cited(speech_of(self.tx, session, found), found):
            leaning.add(entry.stance, [Passage(each.paragraph, each.start, each.exact) for each in cited])
        sides = [*(StanceId(stance.id) for stance in found.prompt.stances), None]
        return EvidenceChart(
            found.prompt.question,
            _stances(found.prompt),
            tuple(
                EvidenceParagraph(
                    tuple(
                        EvidenceSentence(each.words_of(sentence), uses_of(sentence.uses, sides))
                        for sentence in each.sentences
                    ),
                    uses_of(each.named, sides),
                )
                for each in leaning.paragraphs
            ),
        )

    def _cited(self, speech: Speech, found: Round) -> list[tuple[Response, tuple[Citation, ...]]]:
        """What the class can read that leans on the article, with its passages."""
        known = citations.of_round(self.tx, found.guild_id, found.id)
        return [(entry, known[entry.id]) for entry in speech.said if entry.id in known and counts(entry)]


def evenness(speech: Speech) -> str | None:
    """How evenly the class spoke, in a sentence for pupils; None where there is nothing to compare."""
    counts = [voice.responses + voice.replies for voice in speech.voices]
    return evenness_in_words(gini(counts)) if len(counts) > 1 and any(counts) else None


def _counted(name: str, prompt: Prompt, votes: Votes) -> StancesRound:
    return StancesRound(name, _stances(prompt), tuple(tally(prompt, votes, 0).counts.values()))


def _stances(prompt: Prompt) -> tuple[ChartStance, ...]:
    return tuple(
        ChartStance(stance.label, colour) for stance, colour in zip(prompt.stances, STANCE_COLOURS, strict=False)
    )


def _title(found: Round) -> str:
    return f"{found.number}. {found.prompt.question}"

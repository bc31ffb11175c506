"""JSON Lines: everything, for programs. One object a line; records/ says which."""

import json
from typing import cast

from pydantic import TypeAdapter

from bot.discussion.phase_names import phase_name
from bot.discussion.transcript import Entry, Gap, Head, Names, ToldRound, ToldVote
from bot.transcripts.clock import Clock
from bot.transcripts.json_rounds import citation_record, moved_record, phase_record, swing_record, tally_records
from bot.transcripts.ledger import Ledger
from bot.transcripts.links import channel_of, link
from bot.transcripts.records.responses import AttachmentRecord, ResponseLine, RevisionRecord, VoteLine
from bot.transcripts.records.rounds import GapLine, PlaceLine, RoundLine
from bot.transcripts.records.session import (
    CountsRecord,
    EndLine,
    ParticipantLine,
    ScopeRecord,
    SessionLine,
    StudentScope,
)
from bot.transcripts.signs import json_line
from bot.transcripts.writer import Out, Writer

_DUMP = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), check_circular=False).encode


class JsonLines(Writer):
    """Writes UTF-8, each line ended by a line feed."""

    def __init__(self, out: Out, clock: Clock) -> None:
        self._out = out
        self._clock = clock
        self._names = Names.PSEUDONYM
        self._labels: dict[str, str] = {}
        self._phases: list[str] = []
        self._channel = ""

    def begin(self, head: Head) -> None:
        """The session, then everybody who took part."""
        self._names = head.scope.names
        self._line(TypeAdapter(SessionLine).dump_python(self._session(head), mode="json", by_alias=True))
        for speaker in sorted(head.speakers.values(), key=lambda each: (each.label.casefold(), each.key)):
            self._line(
                ParticipantLine(
                    kind="participant",
                    key=speaker.key,
                    label=speaker.label,
                    role=speaker.role,
                    user_id=None if speaker.user_id is None else str(speaker.user_id),
                )
            )

    def begin_round(self, told: ToldRound) -> None:
        """The round as it was posed, how it went and ended, and who was assigned which side."""
        posed, clock = told.round, self._clock
        self._labels = {stance.id: stance.label for stance in posed.prompt.stances}
        self._phases = [phase_name(phase) for phase in posed.format.plan]
        self._channel = channel_of(posed)
        self._line(TypeAdapter(RoundLine).dump_python(self._round(told), mode="json", by_alias=True))
        for place in told.places:
            self._line(
                PlaceLine(
                    kind="place",
                    round_id=posed.id,
                    round=posed.number,
                    author=place.speaker.key,
                    author_label=place.speaker.label,
                    side=place.side,
                    group=place.group,
                    at=clock.utc(place.at),
                    at_local=clock.local(place.at),
                    reason=place.reason,
                )
            )

    def gap(self, gap: Gap) -> None:
        """A gap in its place."""
        clock = self._clock
        self._line(
            GapLine(
                kind="gap",
                round_id=gap.round_id,
                began_at=clock.utc(gap.began_at),
                began_at_local=clock.local(gap.began_at),
                ended_at=clock.utc(gap.ended_at),
                ended_at_local=clock.local(gap.ended_at),
                reason=gap.reason,
            )
        )

    def entry(self, entry: Entry, words: int) -> None:
        """A response with all that belongs to it."""
        response, clock, parent = entry.response, self._clock, entry.parent_speaker
        self._line(
            ResponseLine(
                kind="response",
                id=response.id,
                round_id=entry.round.id,
                round=entry.round.number,
                author=entry.speaker.key,
                author_label=entry.speaker.label,
                role=response.role,
                source=response.source,
                phase=response.phase + 1,
                phase_name=self._phases[response.phase],
                group=response.group,
                held_back=response.held_back,
                parent_id=response.parent_id,
                parent_author=parent.key if parent else None,
                depth=entry.depth,
                stance=response.stance,
                stance_label=self._labels.get(response.stance) if response.stance else None,
                body=dict(response.body),
                words=words,
                created_at=clock.utc(response.created_at),
                created_at_local=clock.local(response.created_at),
                edited_at=clock.utc_or_none(response.edited_at),
                edited_at_local=clock.local_or_none(response.edited_at),
                edited_by=entry.writers[-1].key if len(entry.writers) > 1 else None,
                withdrawn_at=clock.utc_or_none(response.withdrawn_at),
                withdrawn_at_local=clock.local_or_none(response.withdrawn_at),
                hidden_at=clock.utc_or_none(entry.hidden_at),
                hidden_at_local=clock.local_or_none(entry.hidden_at),
                message_id=self._snowflake(response.message_id),
                link=link(entry, self._channel),
                revisions=[self._revision(entry, place) for place in range(len(entry.revisions))],
                citations=[citation_record(each) for each in entry.citations],
                attachments=[
                    AttachmentRecord(name=each.name, type=each.type, size=each.size) for each in response.attachments
                ],
                moved=entry.moved,
                moved_votes=moved_record(entry.round.prompt, entry.swayed) if entry.swayed else None,
            )
        )

    def vote(self, vote: ToldVote) -> None:
        """A vote."""
        self._line(
            VoteLine(
                kind="vote",
                round_id=vote.round.id,
                round=vote.round.number,
                phase=vote.phase + 1,
                author=vote.speaker.key,
                author_label=vote.speaker.label,
                stance=vote.stance,
                previous=vote.previous,
                at=self._clock.utc(vote.at),
                at_local=self._clock.local(vote.at),
            )
        )

    def end(self, ledger: Ledger) -> None:
        """The counts."""
        self._line(EndLine(kind="end", counts=cast("CountsRecord", ledger.counts.as_dict())))

    def _line(self, record: object) -> None:
        self._out.write(f"{json_line(_DUMP(record))}\n".encode())

    def _snowflake(self, number: int | None) -> str | None:
        return str(number) if number and self._names is Names.REAL else None

    def _revision(self, entry: Entry, place: int) -> RevisionRecord:
        revision = entry.revisions[place]
        return RevisionRecord(
            body=dict(revision.body),
            author=entry.writers[place].key if entry.writers else None,
            stance=revision.stance,
            replaced_at=self._clock.utc(revision.replaced_at),
            replaced_at_local=self._clock.local(revision.replaced_at),
        )

    def _session(self, head: Head) -> SessionLine:
        session, clock = head.session, self._clock
        return SessionLine(
            kind="session",
            lines=2,
            id=session.id,
            guild_id=self._snowflake(session.guild_id),
            channel_id=self._snowflake(session.channel_id),
            set_slug=session.set_slug,
            prompt_set=session.prompt_set,
            article=session.article,
            minutes=session.minutes,
            started_by=self._snowflake(session.started_by),
            started_at=clock.utc(session.started_at),
            started_at_local=clock.local(session.started_at),
            closed_at=clock.utc_or_none(session.closed_at),
            closed_at_local=clock.local_or_none(session.closed_at),
            scope=self._scope(head),
            time_zone=head.time_zone,
            exported_at=clock.utc(head.exported_at),
            exported_at_local=clock.local(head.exported_at),
            version=head.version,
        )

    def _scope(self, head: Head) -> ScopeRecord:
        scope = head.scope
        return ScopeRecord(
            names=scope.names.value,
            round=scope.round_number,
            student=student_scope(head),
            since=self._clock.utc_or_none(scope.since),
        )

    def _round(self, told: ToldRound) -> RoundLine:
        posed, clock = told.round, self._clock
        return RoundLine(
            kind="round",
            id=posed.id,
            number=posed.number,
            prompt=posed.prompt,
            opened_at=clock.utc(posed.opened_at),
            opened_at_local=clock.local(posed.opened_at),
            deadline_at=clock.utc_or_none(posed.deadline),
            deadline_at_local=clock.local_or_none(posed.deadline),
            closed_at=clock.utc_or_none(posed.closed_at),
            closed_at_local=clock.local_or_none(posed.closed_at),
            closing=posed.closing.value if posed.closing else None,
            channel_id=self._snowflake(posed.channel_id),
            card_id=self._snowflake(posed.card_id),
            thread_id=self._snowflake(posed.thread_id),
            tally_id=self._snowflake(posed.tally_id),
            format=posed.format,
            phase=posed.phase_number + 1,
            phases=[phase_record(posed.prompt, phase, clock) for phase in told.phases],
            tally=tally_records(posed.prompt, told.tally.counts),
            counted=None if told.counted is None else told.counted + 1,
            tally_responses=told.tally.responses,
            swing=swing_record(posed.prompt, told.swing) if told.swing else None,
            responses=told.entries,
            votes=told.votes,
        )


def student_scope(head: Head) -> StudentScope | None:
    """The one student who is told; None where all are. The user id with real names only."""
    student = head.scope.student
    if student is None:
        return None
    speaker = head.speakers.get(student)
    return StudentScope(
        key=speaker.key if speaker else None,
        label=speaker.label if speaker else None,
        user_id=str(student) if head.scope.names is Names.REAL else None,
    )

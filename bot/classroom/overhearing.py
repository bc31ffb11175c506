"""How what is typed in the threads goes on record: whole pages of messages at a time, in few look-ups each."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import NamedTuple

from bot.classroom.admitting import review_of, waits_when_changed
from bot.classroom.floor import Floor, assigns_stances
from bot.classroom.people import Person, role_of
from bot.discussion.consent import recorded_since
from bot.discussion.ids import ChannelId, GuildId, MessageId, StanceId, UserId
from bot.discussion.leaving import same_words
from bot.discussion.values import Attachment, Consent, GuildSettings, Response, Role, Round, Source
from bot.discussion.wording import typed
from bot.storage import Transaction, altering, consents, guilds, outdated, recording, responses, rounds, votes
from bot.values import frozen


class Message(NamedTuple):
    """A message typed in a thread: its words as they stand, when it was sent and last edited, and what it answers."""

    id: MessageId
    thread_id: ChannelId
    text: str
    sent_at: datetime
    answers: MessageId | None = None
    edited_at: datetime | None = None
    attachments: tuple[Attachment, ...] = ()
    question: str | None = None
    """What it asks the bot; None where it is not said to the bot."""

    @property
    def body(self) -> dict[str, str] | None:
        """The words as they are kept: none beside attachments alone. None where there is nothing to record."""
        return typed(self.text) or ({} if self.attachments else None)


@dataclass(slots=True)
class Said:
    """A message with its author and its words, and when it was heard: as typed (`live`), or read back afterwards."""

    person: Person
    message: Message
    body: Mapping[str, str]
    now: datetime
    live: bool = True
    listed: bool = False
    """Does a listed word stand in it?"""


@frozen
class NotAgreed:
    """Words in this round's thread were not recorded: who typed them has not said yet whether they may be."""

    round: Round


@frozen
class Silenced:
    """A message was not recorded, and is not to stay in the thread: a moderator has muted who typed it, or would have
    to read it first, and it may not be put on record to wait for that.
    """

    round: Round


@frozen
class Held:
    """A message is on record and not to stay in the thread until a moderator has approved it."""

    round: Round
    response: Response


@frozen
class Asked:
    """A message is a question to the bot, which is no response: it was not recorded, and nothing of it is kept."""

    round: Round


Outcome = Round | NotAgreed | Silenced | Held | Asked | None
"""What became of a message: the round that it changed; None where it changed nothing."""


def follow(tx: Transaction, said: Sequence[Said]) -> list[Outcome]:
    """Record or revise, in the order given; what became of each.

    In a debate under pseudonyms nothing does: what is typed shows its author's name.
    """
    outcomes: list[Outcome] = [None] * len(said)
    threads: dict[tuple[GuildId, ChannelId], list[int]] = {}
    for number, each in enumerate(said):
        threads.setdefault((each.person.guild_id, each.message.thread_id), []).append(number)
    for (guild_id, thread_id), numbers in threads.items():
        found = rounds.by_thread(tx, guild_id, thread_id)
        if found is not None and found.is_open and not found.conduct.pseudonymous:
            page = _Page.opened(tx, found, [said[number] for number in numbers])
            for number in numbers:
                outcomes[number] = page.hear(said[number])
            page.write()
            for number in numbers:
                held = page.held.get(said[number].message.id)
                if held is not None and outcomes[number] is found:
                    outcomes[number] = Held(found, held)
    return outcomes


def question(tx: Transaction, said: Said) -> Asked | Silenced | None:
    """What becomes of a question where nothing typed is recorded; None where it is none, or in no open round."""
    found = rounds.by_thread(tx, said.person.guild_id, said.message.thread_id)
    if found is None or not found.is_open or found.conduct.pseudonymous:
        return None
    page = _Page.opened(tx, found, [said])
    return page.asked(said) if page.is_question(said) else None


@dataclass(slots=True)
class _Page:
    """Messages of one thread, with what has to be known of them."""

    tx: Transaction
    round: Round
    known: Collection[MessageId]
    """Those messages, and those that they answer, that are on record already."""
    standing: Mapping[UserId, recording.Standing]
    floor: Floor
    settings: GuildSettings
    since: Mapping[UserId, datetime | None]
    """From when on somebody's words may be recorded; None where they may not."""
    end: datetime | None
    """When the round's time is over, though nobody may have closed it yet. A phase that ends leads to the next."""
    now: datetime
    new: list[recording.NewResponse] = field(default_factory=list[recording.NewResponse])
    fresh: set[MessageId] = field(default_factory=set[MessageId])
    """The messages of `new`."""
    people: dict[UserId, str] = field(default_factory=dict[UserId, str])
    roles: dict[UserId, Role] = field(default_factory=dict[UserId, Role])
    held: dict[MessageId, Response] = field(default_factory=dict[MessageId, Response])
    """What waits for a moderator now."""

    @classmethod
    def opened(cls, tx: Transaction, found: Round, said: Sequence[Said]) -> "_Page":
        ids = {each.message.id for each in said} | {each.message.answers for each in said if each.message.answers}
        known = recording.known_messages(tx, found.guild_id, ids)
        users, now = {each.person.user_id for each in said}, said[-1].now
        standing = recording.standing(tx, found.guild_id, found.id, users, now, found.session_id)
        floor, settings = Floor.of(tx, found, now), guilds.settings(tx, found.guild_id)
        school = consents.school_since(tx, found.guild_id) if settings.consent is Consent.SCHOOL else None
        since = {
            user_id: recorded_since(settings.consent, each.agreed_at, each.declined_at, school)
            for user_id, each in standing.items()
        }
        end = found.deadline if found.is_in_last_phase and found.paused_at is None else None
        return cls(tx, found, known, standing, floor, settings, since, end, now)

    def hear(self, said: Said) -> Outcome:
        """Take a message, if it may be and is to be; what became of it."""
        if self.is_question(said):
            return self.asked(said)
        if not self.may_record(said):
            return self.not_agreed(said)
        if self.is_muted(said):
            return self.silenced(said)
        return self.round if self.take(said) else None

    def may_record(self, said: Said) -> bool:
        """Had the author agreed when they typed it, and do they still?"""
        since, message = self.since[said.person.user_id], said.message
        typed_at = message.edited_at if message.id in self.known else message.sent_at
        return since is not None and (typed_at is None or typed_at >= since)

    def not_agreed(self, said: Said) -> NotAgreed | Silenced | None:
        """What is to be told of words that are not recorded: nothing where their author has declined, and knows it.

        Whoever is not recorded gets around neither a mute nor a moderator who reads first.
        """
        would_wait = review_of(self.round, self._role(said.person), listed=said.listed) is not None
        if would_wait or self.is_muted(said):
            return self.silenced(said)
        known = self.standing[said.person.user_id]
        is_news = said.live and known.agreed_at is None and known.declined_at is None
        return NotAgreed(self.round) if is_news else None

    def is_question(self, said: Said) -> bool:
        """Is it asked of the bot, by anybody, agreed or not? Not what is on record already: that follows its message.

        Nor what would wait for a moderator as a response: a mention is no way around them.
        """
        if said.message.question is None or said.message.id in self.known:
            return False
        return review_of(self.round, self._role(said.person), listed=said.listed) is None

    def asked(self, said: Said) -> Asked | Silenced | None:
        """What is to be done about a question: nothing where it is read back, long after it was asked."""
        if self.is_muted(said):
            return self.silenced(said)
        return Asked(self.round) if said.live else None

    def is_muted(self, said: Said) -> bool:
        """Had a moderator muted the author when they typed it, or changed it?"""
        known, message = self.standing[said.person.user_id], said.message
        if not known.mutes or self._role(said.person) is not Role.STUDENT:
            return False
        return known.is_muted((message.edited_at or said.now) if message.id in self.known else message.sent_at)

    def silenced(self, said: Said) -> Silenced | None:
        """What is to be done about it. A change of what is on record stays in the thread, and only there."""
        is_news = said.live and said.message.id not in self.known
        return Silenced(self.round) if is_news else None

    def take(self, said: Said) -> bool:
        """Record or revise one message; False where nothing is to be recorded or nothing has changed."""
        message, person, role = said.message, said.person, self._role(said.person)
        if self._is_late(message.sent_at):
            return False
        if (before := self._response(message.id)) is not None:
            return self._revise(before, said)
        parent = self._response(message.answers) if message.answers is not None else None
        if self.standing[person.user_id].recent_name != person.name:
            self.people[person.user_id] = person.name
        self.fresh.add(message.id)
        self.new.append(
            recording.NewResponse(
                self.round.id,
                person.user_id,
                role,
                Source.MESSAGE,
                parent.id if parent is not None and parent.round_id == self.round.id else None,
                self._stance(said),
                said.body,
                message.sent_at,
                message.id,
                message.attachments,
                self.round.phase_number,
                review=review_of(self.round, role, listed=said.listed),
            )
        )
        return True

    def write(self) -> None:
        """Put what was taken on record."""
        if self.new:
            recording.seen(self.tx, self.round.guild_id, self.people, self.now)
            ids = recording.add_responses(self.tx, self.round.guild_id, self.new)
            for response_id, entry in zip(ids, self.new, strict=True):
                if entry.review is not None:
                    self._hold(entry.recorded(self.round.guild_id, response_id))
            self.known = {*self.known, *self.fresh}
            self.new.clear()
            self.fresh.clear()

    def _response(self, message_id: MessageId) -> Response | None:
        if message_id in self.fresh:  # written and edited, or answered, within one page
            self.write()
        if message_id not in self.known:
            return None
        return responses.by_message(self.tx, self.round.guild_id, message_id)

    def _revise(self, before: Response, said: Said) -> bool:
        files, at = said.message.attachments, said.message.edited_at or said.now
        if before.source is not Source.MESSAGE or self._is_late(at):
            return False
        if same_words(before.body, said.body) and before.attachments == files:
            return False
        here, waits = (self.tx, before.guild_id, before.id), waits_when_changed(self.round, before, listed=said.listed)
        stance = before.stance
        after = altering.revise(*here, body=said.body, stance=stance, at=at, attachments=files, waits=waits)
        if after is not None and waits:
            self._hold(after)
        return after is not None

    def _hold(self, waiting: Response) -> None:
        """Its message is to be deleted, until that is done."""
        outdated.mark_message(self.tx, waiting)
        if waiting.message_id is not None:
            self.held[waiting.message_id] = waiting

    def _stance(self, said: Said) -> StanceId | None:
        """Where the author stood when they typed it."""
        user_id = said.person.user_id
        if assigns_stances(self.round):
            return self.floor.assigned_stance(user_id)
        if said.live:
            return self.standing[user_id].stance
        return votes.held_at(self.tx, self.round.guild_id, self.round.id, user_id, said.message.sent_at)

    def _role(self, person: Person) -> Role:
        role = self.roles.get(person.user_id)
        if role is None:
            role = self.roles[person.user_id] = role_of(person, self.settings)
        return role

    def _is_late(self, at: datetime) -> bool:
        """Was the round's time over then?"""
        return self.end is not None and at > self.end

"""What is on record of whoever asks, for them alone: in short, and as files."""

from datetime import datetime

from bot.classroom.people import Person
from bot.classroom.refusals import Refusal
from bot.classroom.room import Classroom
from bot.discussion.own_data import OwnData
from bot.discussion.values import GuildSettings, Source
from bot.storage import Transaction, guilds, owning
from bot.values import frozen

NOTHING = "Nothing of yours is on record in this server."


@frozen
class OwnRecord:
    """All that is on record of somebody, what their guild has set, and when the first of it is purged by itself.

    `first_purge` is None while no debate of theirs has ended.
    """

    settings: GuildSettings
    data: OwnData
    first_purge: datetime | None

    @property
    def responses(self) -> int:
        """How many responses of theirs stand, reflections and what they wrote with groups left out."""
        apart = {Source.REFLECTION.value, Source.STATEMENT.value}
        return sum(each.withdrawn_at is None and each.source not in apart for each in self.data.responses)

    def of(self, source: Source) -> int:
        """How many of one kind stand."""
        return sum(each.withdrawn_at is None and each.source == source.value for each in self.data.responses)

    def notes(self, kind: str) -> int:
        """How many notes of one kind there are."""
        return sum(each.kind == kind for each in self.data.notes)


async def own_record(room: Classroom, person: Person) -> OwnRecord:
    """What is on record of whoever asks in this guild."""

    def work(tx: Transaction) -> OwnRecord:
        settings = guilds.settings(tx, person.guild_id)
        closed = owning.oldest_close(tx, person.guild_id, person.user_id)
        data = owning.own_data(tx, person.guild_id, person.user_id)
        return OwnRecord(settings, data, None if closed is None else closed + settings.retention)

    return await room.store.read(work)


async def own_files(room: Classroom, person: Person) -> tuple[bytes, bytes]:
    """The same as files for whoever asks: JSON and CSV."""
    from bot.transcripts.own_files import as_csv, as_json  # noqa: PLC0415 - few ask, and a start need not wait for it

    data = await room.store.read(lambda tx: owning.own_data(tx, person.guild_id, person.user_id))
    if not data:
        raise Refusal(NOTHING)
    return as_json(data), as_csv(data)

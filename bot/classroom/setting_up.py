"""`/setup`: who teaches and moderates in a guild, where debates go, whether each member is asked, and how long all is
kept.
"""

from collections.abc import Callable
from dataclasses import asdict, replace

from bot.classroom.people import Person, require_manager
from bot.classroom.room import Classroom
from bot.discussion.ids import ChannelId, RoleId
from bot.discussion.values import Consent, GuildSettings
from bot.storage import Transaction, audits, consents, guilds
from bot.values import frozen

SET_UP = "setup.change"
"""The action under which changes of a guild's settings stand on the audit."""


@frozen
class Changes:
    """What somebody names in `/setup`; None: as it was."""

    teacher_role: RoleId | None = None
    moderator_role: RoleId | None = None
    channel: ChannelId | None = None
    consent: Consent | None = None
    retention_days: int | None = None

    def of(self, before: GuildSettings) -> GuildSettings:
        """The settings with these changes."""
        return replace(
            before,
            teacher_role_id=self.teacher_role or before.teacher_role_id,
            moderator_role_id=self.moderator_role or before.moderator_role_id,
            default_channel_id=self.channel or before.default_channel_id,
            consent=self.consent or before.consent,
            retention_days=self.retention_days or before.retention_days,
        )


async def set_up(room: Classroom, person: Person, changes: Changes) -> GuildSettings:
    """Keep what was named and leave the rest as it was; with nothing named, tell how it stands."""
    require_manager(person)
    return await _save(room, person, changes.of)


async def reset(room: Classroom, person: Person) -> GuildSettings:
    """Back to the defaults: teachers by Manage Server, moderators by Manage Messages, debates where started; each
    member is asked, and the record kept as long as the product keeps it.
    """
    require_manager(person)
    return await _save(room, person, lambda _before: GuildSettings(person.guild_id))


async def _save(room: Classroom, person: Person, changed: Callable[[GuildSettings], GuildSettings]) -> GuildSettings:
    now = room.now()

    def work(tx: Transaction) -> GuildSettings:
        before = guilds.settings(tx, person.guild_id)
        after = changed(before)
        if after != before:
            guilds.save(tx, after)
            if after.consent is Consent.SCHOOL and before.consent is not Consent.SCHOOL:
                consents.put_school_since(tx, person.guild_id, now)
            audits.add(
                tx,
                person.guild_id,
                user_id=person.user_id,
                at=now,
                action=SET_UP,
                session_id=None,
                details=_differences(before, after),
            )
        return after

    return await room.store.write(work)


def _differences(before: GuildSettings, after: GuildSettings) -> dict[str, str]:
    """What has changed, and to what."""
    was, is_now = asdict(before), asdict(after)
    return {name: "default" if value is None else str(value) for name, value in is_now.items() if value != was[name]}

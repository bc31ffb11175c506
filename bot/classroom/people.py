"""Who is asking, and what they may do."""

from typing import NamedTuple

from bot.classroom.refusals import Refusal
from bot.discussion.ids import GuildId, RoleId, UserId
from bot.discussion.values import GuildSettings, Role


class Person(NamedTuple):
    """A member of a guild as Discord describes them at this moment; never remembered from an earlier call."""

    guild_id: GuildId
    user_id: UserId
    name: str
    role_ids: frozenset[RoleId] = frozenset[RoleId]()
    manages_guild: bool = False
    manages_messages: bool = False


def is_teacher(person: Person, settings: GuildSettings) -> bool:
    """Holders of the teacher role; whoever has Manage Server, always, so that nobody can lock themselves out."""
    return person.manages_guild or settings.teacher_role_id in person.role_ids


def is_moderator(person: Person, settings: GuildSettings) -> bool:
    """Holders of the moderator role; until one is set, members with Manage Messages."""
    if settings.moderator_role_id is None:
        return person.manages_messages
    return settings.moderator_role_id in person.role_ids


def role_of(person: Person, settings: GuildSettings) -> Role:
    """The role that a response is recorded under."""
    if is_teacher(person, settings):
        return Role.TEACHER
    return Role.MODERATOR if is_moderator(person, settings) else Role.STUDENT


def require_teacher(person: Person, settings: GuildSettings) -> None:
    """Let teachers pass; refuse everybody else with what would make them one."""
    if not is_teacher(person, settings):
        who = "the teacher role" if settings.teacher_role_id else "the permission Manage Server"
        raise Refusal(f"This is for teachers: members with {who}. Who runs the server can change that: `/setup`.")


def may_moderate(person: Person, settings: GuildSettings) -> bool:
    """Moderators keep order among what is said, and so do teachers."""
    return is_teacher(person, settings) or is_moderator(person, settings)


def require_moderator(person: Person, settings: GuildSettings) -> None:
    """Let moderators and teachers pass."""
    if not may_moderate(person, settings):
        raise Refusal("This is for moderators and teachers. Who runs the server says who they are: `/setup`.")


def require_manager(person: Person) -> None:
    """Let members with Manage Server pass."""
    if not person.manages_guild:
        raise Refusal("`/setup` is for members with the permission Manage Server.")

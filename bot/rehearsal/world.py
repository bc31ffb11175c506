"""The class's server: its channels, roles and people, and what each person can see of it."""

from collections.abc import Iterable, Sequence
from itertools import chain

import discord
from simcord import ChannelHandle, GuildHandle, MemberActor, ResponseMessage, UserHandle
from simcord.backend.access import channel_accessible
from simcord.backend.models import Channel, Guild, Message

from bot.discussion.ids import ChannelId, MessageId, UserId
from bot.rehearsal.people import TEACHER, Part, Person, new_token, student_names
from bot.rehearsal.refusals import MESSAGE_GONE, NOT_POSSIBLE, RefusedError
from bot.rehearsal.simulation.environment import RoomEnv

GUILD = "Class 7B"
CHANNELS = (
    ("general", "Anything that is not a debate"),
    ("debate", "Here the class debates. A teacher starts with /discuss start"),
)
TEACHER_ROLE = "Teacher"
MODERATOR_ROLE = "Moderator"
TEACHER_COLOUR = 0xE8A33D
MODERATOR_COLOUR = 0x4FA89B
BOT_NAME = "Parley"

TEACHER_MAY = discord.Permissions(
    manage_guild=True, manage_messages=True, manage_threads=True, manage_channels=True, mention_everyone=True
)
MODERATOR_MAY = discord.Permissions(manage_messages=True, manage_threads=True)


class World:
    """One guild on the simulated Discord and the people in it."""

    def __init__(self, env: RoomEnv, people: Sequence[Person] = (), operator: str | None = None) -> None:
        self.env = env
        self.operator = operator or new_token()
        self.played: dict[int, int] = {}
        """How much the classmates have done, by the id of the card or notice that called them to it."""
        self.people: dict[UserId, Person] = {person.user_id: person for person in people}

    @property
    def guild(self) -> Guild:
        """The room's one guild."""
        return next(iter(self.env.backend.guilds.values()))

    # -- building

    def furnish(self) -> None:
        """Set up the guild, its roles and its channels in an empty world."""
        backend = self.env.backend
        backend.bot_user.name = BOT_NAME
        guild = backend.create_guild(GUILD)
        del guild.members[guild.owner_id]  # simcord seats an owner of its own, who would count as a silent student
        for name, topic in CHANNELS:
            channel = backend.create_channel(guild.id, name)
            channel.topic = topic
        backend.create_role(
            guild.id, MODERATOR_ROLE, permissions=MODERATOR_MAY.value, color=MODERATOR_COLOUR, hoist=True
        )
        backend.create_role(guild.id, TEACHER_ROLE, permissions=TEACHER_MAY.value, color=TEACHER_COLOUR, hoist=True)

    def seat(self, *, students: int, classmates: Iterable[str]) -> None:
        """Let in whoever is not there yet: the teacher, that many students, and the classmates of those names."""
        present = {(person.part, person.name) for person in self.people.values()}
        wanted = chain(
            [(Part.TEACHER, TEACHER)],
            ((Part.STUDENT, name) for name in student_names(students)),
            ((Part.CLASSMATE, name) for name in classmates),
        )
        for part, name in wanted:
            if (part, name) not in present:
                self._let_in(part, name)

    def _let_in(self, part: Part, name: str) -> None:
        backend, guild = self.env.backend, self.guild
        user = backend.make_user(name.lower().replace(". ", "-").replace(" ", "-"), global_name=name)
        roles = [role.id for role in guild.roles.values() if role.name == TEACHER_ROLE and part is Part.TEACHER]
        backend.add_member(guild.id, user.id, roles=roles, announce=True)
        token = None if part is Part.CLASSMATE else new_token()
        person = Person(user_id=UserId(user.id), name=name, part=part, token=token)
        self.people[person.user_id] = person

    # -- looking

    def of_part(self, part: Part) -> list[Person]:
        """Everybody who is that, in the order in which they came."""
        return [person for person in self.people.values() if person.part is part]

    def actor(self, person: Person) -> MemberActor:
        """The hands that simcord gives a person."""
        user = UserHandle(self.env, self.env.backend.get_user(person.user_id))
        return MemberActor(self.env, GuildHandle(self.env, self.guild), user)

    def channel(self, person: Person, channel_id: ChannelId) -> ChannelHandle:
        """A channel or thread that the person can see. Raises RefusedError for any other."""
        found = self.env.backend.channels.get(channel_id)
        if found is None or not channel_accessible(self.env.backend, channel_id, person.user_id):
            raise RefusedError(NOT_POSSIBLE)
        return ChannelHandle(self.env, GuildHandle(self.env, self.guild), found)

    def sees(self, person: Person, channel_id: int) -> bool:
        """Can the person see that channel or thread?"""
        return channel_accessible(self.env.backend, channel_id, person.user_id)

    def channels(self, person: Person) -> list[Channel]:
        """Every channel and thread that the person can see, archived threads included."""
        backend, guild = self.env.backend, self.guild
        known = [backend.channels[number] for number in (*guild.channel_ids, *guild.thread_ids)]
        return [channel for channel in known if channel_accessible(backend, channel.id, person.user_id)]

    def message(self, person: Person, channel_id: ChannelId, message_id: MessageId) -> Message:
        """A message that the person can see. Raises RefusedError for any other."""
        self.channel(person, channel_id)
        found = self.env.backend.messages.get(channel_id, {}).get(message_id)
        if found is None or not found.visible_to(person.user_id):
            raise RefusedError(MESSAGE_GONE)
        return found

    def held(self, message: Message) -> ResponseMessage:
        """A message as simcord's actors want it handed."""
        return ResponseMessage(self.env, message)

    def history(
        self, person: Person, channel_id: ChannelId, *, before: MessageId | None = None, limit: int = 100
    ) -> list[Message]:
        """The newest messages that the person can see (before one, if given), oldest first."""
        self.channel(person, channel_id)
        stored = self.env.backend.messages.get(channel_id, {}).values()
        seen = [m for m in stored if m.visible_to(person.user_id) and (before is None or m.id < before)]
        return sorted(seen, key=lambda message: message.id)[-limit:]

    def may(self, person: Person, channel: Channel, permission: str) -> bool:
        """Does the person hold that permission in the channel?"""
        allowed = self.env.backend.compute_permissions(self.guild.id, person.user_id, channel.id)
        return bool(getattr(discord.Permissions(allowed), permission))

    def may_write(self, person: Person, channel: Channel) -> bool:
        """Can the person write here? A locked thread, which simcord lets anybody write in, only takes moderators."""
        meta = channel.thread_metadata
        if meta is None:
            return self.may(person, channel, "send_messages")
        if meta.locked and not self.may(person, channel, "manage_threads"):
            return False
        return self.may(person, channel, "send_messages_in_threads")

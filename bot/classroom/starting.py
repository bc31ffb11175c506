"""Starting a session, and going on to its next question."""

import secrets
from collections.abc import Sequence
from dataclasses import field
from datetime import datetime

from bot.classroom.advancing import How, conclude, pose
from bot.classroom.finding import the_session
from bot.classroom.in_hand import note_act
from bot.classroom.library import library_of
from bot.classroom.people import Person, is_teacher, require_teacher
from bot.classroom.refusals import Refusal
from bot.classroom.room import Classroom
from bot.content.formats import OPEN_FLOOR, Format, open_floor
from bot.content.layout import FORMATS_FOLDER
from bot.content.library import Library, Problem
from bot.content.models import Article, Prompt, PromptSet
from bot.content.slugs import slug_of
from bot.discussion import order
from bot.discussion.ids import ChannelId, GuildId, UserId
from bot.discussion.values import Closing, Conduct, Round, Session
from bot.storage import AlreadyOpen, Transaction, guilds, rounds, sessions
from bot.values import frozen


@frozen
class Wanted:
    """What a teacher asks for: a set's slug or title, the id or words of the prompt to begin with, minutes instead of
    the prompts' own, a format's slug or title (without one the floor is open), and how order is kept.
    """

    prompts: str
    question: str | None = None
    minutes: int | None = None
    format: str | None = None
    conduct: Conduct = field(default_factory=Conduct)


@frozen
class Plan:
    """What is to be debated and how, as the library has it at this moment; `minutes` instead of the prompts' own."""

    slug: str
    prompt_set: PromptSet
    prompt: Prompt
    article: Article
    format: Format
    minutes: int | None
    conduct: Conduct = field(default_factory=Conduct)


@frozen
class Started:
    """A session and its first round; `ended` is the round-less session that made way for it, if one did."""

    session: Session
    round: Round
    ended: Session | None


@frozen
class Advanced:
    """The round that was closed (None: it had closed by itself) and the one posed in its place."""

    session: Session
    closed: Round | None
    round: Round


async def where_to_start(room: Classroom, person: Person, here: ChannelId) -> ChannelId:
    """The channel in which a debate started here is posted: the guild's default channel, else here."""

    def work(tx: Transaction) -> ChannelId:
        settings = guilds.settings(tx, person.guild_id)
        require_teacher(person, settings)
        return settings.default_channel_id or here

    return await room.store.read(work)


async def start(
    room: Classroom,
    person: Person,
    channel_id: ChannelId,
    wanted: Wanted,
    *,
    seed: int | None = None,
) -> Started:
    """Open a session in a channel and pose its first prompt. All lots are drawn from the seed.

    An open session whose last round is over makes way; one with an open round does not.
    """
    plan = await planned(room, person.guild_id, wanted)
    how = How(plan.format, secrets.randbelow(2**31) if seed is None else seed)
    now = room.now()

    def work(tx: Transaction) -> Started:
        require_teacher(person, guilds.settings(tx, person.guild_id))
        return open_session(tx, person.guild_id, channel_id, person.user_id, plan=plan, how=how, now=now)

    try:
        return await room.store.write(work)
    except AlreadyOpen:
        raise Refusal(f"A debate has just been started in <#{channel_id}>.") from None


async def planned(room: Classroom, guild_id: GuildId, wanted: Wanted) -> Plan:
    """Find in the guild's library what is to be debated, or refuse with what there is."""
    library = await library_of(room, guild_id)
    slug, prompt_set = _the_set(library, wanted.prompts)
    prompt = _the_prompt(prompt_set, wanted.question) if wanted.question else prompt_set.prompts[0]
    article = library.articles[prompt_set.article]
    chosen = the_format(room, wanted.format, wanted.minutes)
    return Plan(slug, prompt_set, prompt, article, chosen, wanted.minutes, wanted.conduct)


def open_session(
    tx: Transaction, guild_id: GuildId, channel_id: ChannelId, user_id: UserId, *, plan: Plan, how: How, now: datetime
) -> Started:
    """Open a session for a teacher and pose its first prompt: the one way to start, at once or as scheduled.

    A Refusal, where the channel has an open round, leaves nothing changed.
    """
    present = sessions.open_in(tx, guild_id, channel_id)
    if present is not None:
        if rounds.open_in_session(tx, guild_id, present.id) is not None:
            raise Refusal(
                f"A debate is open in <#{channel_id}>: “{present.prompt_set.title}”. "
                "`/discuss next` poses its next question, `/discuss close` ends it."
            )
        sessions.close(tx, guild_id, present.id, now)
    session = sessions.add(
        tx,
        guild_id,
        channel_id=channel_id,
        set_slug=plan.slug,
        prompt_set=plan.prompt_set,
        article=plan.article,
        minutes=plan.minutes,
        started_by=user_id,
        started_at=now,
        conduct=plan.conduct,
    )
    return Started(session, pose(tx, session, plan.prompt, how, number=1, now=now), present)


async def next_round(room: Classroom, person: Person, channel_id: ChannelId) -> Advanced:
    """Close the open round of the channel's session and pose the next prompt of its set."""
    now = room.now()

    def work(tx: Transaction) -> Advanced:
        require_teacher(person, guilds.settings(tx, person.guild_id))
        session = the_session(tx, person.guild_id, channel_id)
        earlier = rounds.of_session(tx, person.guild_id, session.id)
        last = earlier[-1].prompt.id if earlier else None
        prompt = order.next_prompt(session.prompt_set, {posed.prompt.id for posed in earlier}, last)
        if prompt is None:
            raise Refusal("That was the last question of the set. `/discuss close` ends the debate.")
        present = rounds.open_in_session(tx, person.guild_id, session.id)
        if present is not None:
            note_act(tx, person, present, "question", now)
            present = conclude(tx, present, now, Closing.NEXT)
        how = How(earlier[-1].format, earlier[-1].seed) if earlier else How(open_floor(), 0)
        return Advanced(session, present, pose(tx, session, prompt, how, number=len(earlier) + 1, now=now))

    return await room.store.write(work)


async def choices_of_sets(room: Classroom, person: Person, typed: str) -> list[tuple[str, str]]:
    """Title and slug of the guild's sets whose title or slug contains what a teacher typed, for autocomplete."""
    if not await _teaches(room, person):
        return []
    wanted, library = typed.casefold(), await library_of(room, person.guild_id)
    rows = [(prompt_set.title, slug) for slug, prompt_set in library.prompt_sets.items()]
    return sorted(row for row in rows if wanted in row[0].casefold() or wanted in row[1].casefold())


async def choices_of_questions(room: Classroom, person: Person, prompts: str, typed: str) -> list[tuple[str, str]]:
    """Question and prompt id of the named set's prompts that contain what a teacher typed, in the set's order.

    Students are not told what they will be asked.
    """
    if not await _teaches(room, person):
        return []
    try:
        _, prompt_set = _the_set(await library_of(room, person.guild_id), prompts)
    except Refusal:
        return []
    wanted = typed.casefold()
    rows = [(f"{number}. {prompt.question}", prompt.id) for number, prompt in enumerate(prompt_set.prompts, 1)]
    return [row for row in rows if wanted in row[0].casefold() or wanted in row[1]]


async def _teaches(room: Classroom, person: Person) -> bool:
    return await room.store.read(lambda tx: is_teacher(person, guilds.settings(tx, person.guild_id)))


def choices_of_formats(room: Classroom, typed: str) -> list[tuple[str, str]]:
    """Title and slug of the formats whose title or slug contains what was typed, for autocomplete.

    Behind them those whose files did not load: choosing one tells why.
    """
    wanted = typed.casefold()
    rows = [(found.title, slug) for slug, found in room.library.formats.items()]
    rows += [(f"{slug} did not load", slug) for slug in _broken_formats(room)]
    return [row for row in rows if wanted in row[0].casefold() or wanted in row[1].casefold()]


def the_format(room: Classroom, named: str | None, minutes: int | None) -> Format:
    """The format of that slug or title; the open floor where none is named."""
    wanted = (named or OPEN_FLOOR).strip().casefold()
    for slug, found in room.library.formats.items():
        if wanted in (slug.casefold(), found.title.casefold()):
            if minutes is not None and len(found.plan) > 1:
                raise Refusal(
                    f"“{found.title}” has {len(found.plan)} phases with times of their own: leave `minutes` out. While "
                    "it runs, `/discuss control` extends a phase or goes on to the next."
                )
            return found
    for slug, problem in _broken_formats(room).items():
        if wanted == slug.casefold():
            raise Refusal(f"The format “{slug}” did not load: {problem.in_short()}. `/prompts list` tells all of them.")
    known = _listed([f"“{found.title}”" for found in room.library.formats.values()])
    broken = " Some files did not load: see `/prompts list`." if room.library.problems else ""
    raise Refusal(f"There is no format called “{(named or '')[:100]}”. There is {known}.{broken}")


def _broken_formats(room: Classroom) -> dict[str, Problem]:
    """The formats that did not load, by slug, each with its first problem."""
    told = [
        (slug_of(each.path.stem), each) for each in room.library.problems if each.path.parent.name == FORMATS_FOLDER
    ]
    return {slug: problem for slug, problem in reversed(told) if slug not in room.library.formats}


def _the_set(library: Library, named: str) -> tuple[str, PromptSet]:
    wanted = named.strip().casefold()
    for slug, prompt_set in library.prompt_sets.items():
        if wanted in (slug.casefold(), prompt_set.title.casefold()):
            return slug, prompt_set
    known = _listed([f"“{prompt_set.title}”" for prompt_set in library.prompt_sets.values()])
    broken = " Some files did not load: see `/prompts list`." if library.problems else ""
    raise Refusal(f"There is no prompt set called “{named[:100]}”. There is {known}.{broken}")


def _the_prompt(prompt_set: PromptSet, named: str) -> Prompt:
    wanted = named.strip().casefold()
    for number, prompt in enumerate(prompt_set.prompts, 1):
        if wanted in (prompt.id, prompt.question.casefold(), str(number)):
            return prompt
    raise Refusal(
        f"“{prompt_set.title}” has no question “{named[:100]}”. Choose one from the list that opens as you type."
    )


def _listed(names: Sequence[str]) -> str:
    return ", ".join(names) if names else "none"

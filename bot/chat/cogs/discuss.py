"""`/discuss`: the teacher's hand on a debate."""

import discord
from discord import app_commands
from discord.ext import commands

from bot.chat.answers import patiently, show, tell
from bot.chat.cards.chart_parts import CHART_NAMES
from bot.chat.cards.preview import card_to_be, plan_page
from bot.chat.cards.progress_page import voices_page
from bot.chat.cards.side_names import assigned_line
from bot.chat.cards.teacher_pages import sessions_page, status_page
from bot.chat.cards.timing_lines import extended_line, in_short, slowed_line
from bot.chat.charting import post_chart, show_chart
from bot.chat.clicks.controlling import clock_changed, open_panel
from bot.chat.cogs import completing
from bot.chat.cogs.scheduling import Scheduling
from bot.chat.people import channel_of, members_of, person_of, person_of_member, thread_of
from bot.chat.permissions import require_room_for_debate
from bot.chat.posing import concluded, place_of, posed, started_line, still_waiting
from bot.chat.texts import counted, plain
from bot.classroom import closing, controlling, inviting, previewing, results, reviewing, starting
from bot.classroom.people import Person
from bot.classroom.previewing import Preview
from bot.classroom.refusals import Refusal
from bot.classroom.starting import Wanted
from bot.content.formats import ChartKind
from bot.discussion.ids import ChannelId
from bot.discussion.timing import LONGEST_MINUTES
from bot.discussion.values import SLOWEST, Conduct, Round

Minutes = app_commands.Range[int, 1, LONGEST_MINUTES]


@app_commands.guild_only()
class Discuss(Scheduling, commands.GroupCog, group_name="discuss", group_description="Run a debate on an article"):
    """Start, next, status, control, assign, extend, close, list; and what `Scheduling` adds."""

    @app_commands.command(description="Start a debate: post the excerpts and the question, and open its thread")
    @app_commands.describe(
        prompts="Which prompt set",
        question="Begin with this question instead of the first",
        minutes="Close each question by itself after so many minutes",
        channel="Where to post, if not here or in the default channel",
        format="How the class debates, phase by phase; without it the floor is open",
        preview="First show only me what the class will see, with a button that starts it",
        pseudonyms="Let everybody speak under a pseudonym that holds for this debate",
        approve_first="Let moderators read what students write before the class does",
        slow_mode="Seconds that each student waits between two responses",
        coach="Let Parley ask back: a student about their response, the class when the talk stalls (yes if left out)",
    )
    @app_commands.autocomplete(prompts=completing.prompt_sets, question=completing.questions, format=completing.formats)
    async def start(  # noqa: PLR0913, PLR0917 - each option of a slash command is a parameter
        self,
        interaction: discord.Interaction,
        prompts: str,
        question: str | None = None,
        minutes: Minutes | None = None,
        channel: discord.TextChannel | None = None,
        format: str | None = None,  # noqa: A002 - the option's name, as teachers see it
        preview: bool = False,
        pseudonyms: bool = False,
        approve_first: bool = False,
        slow_mode: app_commands.Range[int, 0, SLOWEST] = 0,
        coach: bool = True,
    ) -> None:
        """One command, and the class can debate."""
        person = person_of(interaction)
        await interaction.response.defer(ephemeral=True, thinking=True)
        target = ChannelId(channel.id) if channel else await self._where(interaction, person)
        require_room_for_debate(self._bot.get_channel(target))
        conduct = Conduct(pseudonyms, approve_first, slow_mode, coach)
        wanted = Wanted(prompts, question, minutes, format, conduct)
        begin = previewing.preview if preview else starting.start
        begun = await patiently(interaction, begin(self._bot.room, person, target, wanted))
        if isinstance(begun, Preview):
            await show(interaction, card_to_be(begun, hears_thread=self._bot.hears_threads))
            await show(interaction, plan_page(begun))
            return
        after, trouble = await posed(self._bot, begun.round)
        await tell(interaction, started_line(self._bot, begun, after, trouble))

    @app_commands.command(name="next", description="Close this question and pose the next one, in a thread of its own")
    async def next_question(self, interaction: discord.Interaction) -> None:
        """Go on to the next question."""
        person, channel = person_of(interaction), channel_of(interaction)
        await interaction.response.defer(ephemeral=True, thinking=True)
        await self._bot.attending.let_read(person.guild_id, channel)
        advanced = await patiently(interaction, starting.next_round(self._bot.room, person, channel))
        after, trouble = await posed(self._bot, advanced.round)
        if advanced.closed is not None:
            await concluded(self._bot, advanced.closed)
        await tell(interaction, trouble or f"Question {after.number} is on: {place_of(after)}.")

    @app_commands.command(description="Who has answered, who has only voted, who is silent; counts and time left")
    async def status(self, interaction: discord.Interaction) -> None:
        """The class at a glance, for the teacher alone."""
        person, here = person_of(interaction), channel_of(interaction)
        members = members_of(self._bot, here)
        status = await patiently(interaction, reviewing.status(self._bot.room, person, here, members))
        floods = self._bot.pacing.floods_in(status.standing.round.thread_id)
        await show(interaction, status_page(status, knows_members=members is not None, floods=floods))

    @app_commands.command(description="See how the debate stands; next phase, more time, pause, reveal, remind, close")
    async def control(self, interaction: discord.Interaction) -> None:
        """The teacher's private panel."""
        work = open_panel(self._bot, person_of(interaction), channel_of(interaction))
        await show(interaction, await patiently(interaction, work))

    @app_commands.command(description="Put a student on a side, or on the other one")
    @app_commands.describe(member="Which student", side="Which side; left out: the other one")
    @app_commands.autocomplete(side=completing.sides)
    async def assign(self, interaction: discord.Interaction, member: discord.Member, side: str | None = None) -> None:
        """The teacher's word goes before the lot."""
        if member.bot:
            raise Refusal("A bot takes no side.")
        person, here, student = person_of(interaction), channel_of(interaction), person_of_member(member)
        assigned = await patiently(interaction, controlling.assign(self._bot.room, person, here, student, side))
        await tell(interaction, assigned_line(assigned, student.name))

    @app_commands.command(description="Give the open question, or its present phase, more minutes")
    @app_commands.describe(minutes="How many more")
    async def extend(self, interaction: discord.Interaction, minutes: Minutes = 5) -> None:
        """More time."""
        work = closing.extend(self._bot.room, person_of(interaction), channel_of(interaction), minutes)
        found = await patiently(interaction, work)
        await clock_changed(self._bot, found, extended_line(found, minutes))
        await tell(interaction, _extended(found, minutes))

    @app_commands.command(description="Let each student wait so many seconds between two responses; 0 ends that")
    @app_commands.describe(seconds="How many")
    async def slow(self, interaction: discord.Interaction, seconds: app_commands.Range[int, 0, SLOWEST]) -> None:
        """Slow mode, while the debate runs."""
        work = controlling.slow_down(self._bot.room, person_of(interaction), channel_of(interaction), seconds)
        found = await patiently(interaction, work)
        typed = await self._bot.publisher.slow_down(found)
        await tell(interaction, slowed_line(seconds, typed=typed))

    @app_commands.command(description="End the debate: close the question, post the count, lock the thread")
    async def close(self, interaction: discord.Interaction) -> None:
        """End the session."""
        person, channel = person_of(interaction), channel_of(interaction)
        await interaction.response.defer(ephemeral=True, thinking=True)
        await self._bot.attending.let_read(person.guild_id, channel)
        closed = await patiently(interaction, closing.close(self._bot.room, person, channel))
        told = closed.last is not None and await concluded(self._bot, closed.last)
        where = f" The count is in {place_of(closed.last)}." if closed.last and told else ""
        if closed.last is not None and not told:
            where = " The count is posted as soon as Discord takes it."
        asked = counted(len(closed.rounds), "question")
        where += still_waiting(closed)
        await tell(interaction, f"“{plain(closed.session.prompt_set.title)}” has ended after {asked}.{where}")

    @app_commands.command(name="list", description="The debates of this server, open ones first")
    async def list_sessions(self, interaction: discord.Interaction) -> None:
        """What has been debated here."""
        entries = await patiently(interaction, reviewing.listing(self._bot.room, person_of(interaction), 12))
        if entries:
            await show(interaction, sessions_page(entries))
        else:
            await tell(interaction, "No debate has been held here yet. `/discuss start` opens the first.")

    @app_commands.command(description="Who has not spoken, who carries the talk, whose points nobody answered")
    async def voices(self, interaction: discord.Interaction) -> None:
        """For the teacher alone, with invitations to the class that name nobody."""
        person, here = person_of(interaction), channel_of(interaction)
        members = members_of(self._bot, here)
        work = inviting.voices(self._bot.room, person, here, thread_of(interaction), members)
        await show(interaction, voices_page(await patiently(interaction, work)))

    @app_commands.command(description="See a chart of the debate, for yourself or posted for the class")
    @app_commands.describe(
        kind="What it shows", post="Post it in the thread, where it names nobody; left out: only you see it"
    )
    @app_commands.choices(kind=[app_commands.Choice(name=name, value=kind) for kind, name in CHART_NAMES.items()])
    async def chart(self, interaction: discord.Interaction, kind: str, post: bool = False) -> None:
        """Results as a picture, at any time."""
        await interaction.response.defer(ephemeral=True, thinking=True)
        thread = thread_of(interaction)
        person, here, wanted = person_of(interaction), channel_of(interaction), ChartKind(kind)
        work = results.chart_here(self._bot.room, person, here, thread, wanted, names=not post)
        charted = await patiently(interaction, work)
        if post:
            await tell(interaction, f"Posted in {await post_chart(self._bot, interaction, charted)}.")
        else:
            await show_chart(self._bot, interaction, charted)

    async def _where(self, interaction: discord.Interaction, person: Person) -> ChannelId:
        return await starting.where_to_start(self._bot.room, person, channel_of(interaction))


def _extended(found: Round, minutes: int) -> str:
    more = f"{counted(minutes, 'minute')} more"
    if found.paused_at is not None or found.deadline is None:
        return f"{more}, once the clock goes on."
    ends = f"{in_short(found)} ends" if found.has_phases else "the question closes"
    return f"{more}: {ends} {discord.utils.format_dt(found.deadline, 'R')}."

"""`/article`: read it, ask it, find where it says something, have its hard words explained, and quote it."""

from typing import TYPE_CHECKING

import discord
from discord import app_commands
from discord.ext import commands

from bot.chat.answers import patiently, show, tell
from bot.chat.asking import resume_at
from bot.chat.cards.answer_page import answer_page
from bot.chat.cards.article_page import article_page, definition_page, found_passages
from bot.chat.cogs import completing
from bot.chat.modals import quoting_modal
from bot.chat.people import channel_of, person_of, thread_of
from bot.chat.routing import to
from bot.chat.texts import fitted, plain
from bot.classroom import quoting, reading
from bot.classroom.refusals import Refusal
from bot.content.searching.values import LONGEST

if TYPE_CHECKING:
    from bot.chat.client import Parley


@app_commands.guild_only()
class Article(commands.GroupCog, group_name="article", group_description="Read the article, privately"):
    """Read, ask, find, define and quote."""

    def __init__(self, bot: "Parley") -> None:
        self._bot = bot

    @app_commands.command(description="Read the article of this channel's debate, paragraph by paragraph")
    @app_commands.describe(paragraph="Begin at this paragraph", article="Another article than the debate's")
    async def read(
        self,
        interaction: discord.Interaction,
        paragraph: app_commands.Range[int, 1, 10000] | None = None,
        article: str | None = None,
    ) -> None:
        """Open the article at a paragraph."""
        source = await self._source(interaction, article)
        opened = await reading.open_at(self._bot.room, person_of(interaction).guild_id, source, paragraph)
        await show(interaction, article_page(opened))

    @app_commands.command(description="Find where the article says something")
    @app_commands.describe(words="What to look for", article="Another article than the debate's")
    async def find(
        self, interaction: discord.Interaction, words: app_commands.Range[str, 1, 200], article: str | None = None
    ) -> None:
        """Show the passages that have these words."""
        source = await self._source(interaction, article)
        guild_id = person_of(interaction).guild_id
        opened, passages = await patiently(interaction, reading.find(self._bot.room, guild_id, source, words))
        if passages:
            await show(interaction, found_passages(opened, words, passages))
        else:
            title = plain(opened.article.title)
            await tell(interaction, f"“{title}” does not say “{plain(fitted(words, 100))}” anywhere.")

    @app_commands.command(description="Ask the article: it answers in its own words, or says that it does not say")
    @app_commands.describe(
        question="Such as: ¶3, where does it say …, what did … say, who is …",
        article="Another article than the debate's",
    )
    async def ask(
        self,
        interaction: discord.Interaction,
        question: app_commands.Range[str, 1, LONGEST],
        article: str | None = None,
    ) -> None:
        """Answer privately; the question is not kept."""
        source = await self._source(interaction, article)
        guild_id = person_of(interaction).guild_id
        told = await patiently(interaction, reading.ask(self._bot.room, guild_id, source, question))
        await show(interaction, answer_page(told))

    @app_commands.command(description="Have a hard word of the article explained")
    @app_commands.describe(word="The word", article="Another article than the debate's")
    async def define(
        self, interaction: discord.Interaction, word: app_commands.Range[str, 1, 100], article: str | None = None
    ) -> None:
        """Show what the teacher's glossary says of it; else where the article uses it."""
        source = await self._source(interaction, article)
        guild_id = person_of(interaction).guild_id
        found = await patiently(interaction, reading.define(self._bot.room, guild_id, source, word))
        await show(interaction, definition_page(found, word))

    @app_commands.command(description="Begin a response with a quotation from the article")
    @app_commands.describe(paragraph="The paragraph", words="What to quote: choose a sentence, or type words of it")
    async def quote(
        self,
        interaction: discord.Interaction,
        paragraph: app_commands.Range[int, 1, 10000],
        words: app_commands.Range[str, 1, 1000],
    ) -> None:
        """Open the form for a response to the open question, with the quotation in it."""
        room, person = self._bot.room, person_of(interaction)
        here = await quoting.round_here(room, person, channel_of(interaction), thread_of(interaction))
        resume_at(interaction, to("respond", here.round.id))
        invited, quotation = await quoting.quotation(room, person, here, paragraph, words)
        await interaction.response.send_modal(quoting_modal(invited, quotation))

    @quote.autocomplete("words")
    async def _sentences_that_match(
        self, interaction: discord.Interaction, current: str
    ) -> list[app_commands.Choice[str]]:
        paragraph = getattr(interaction.namespace, "paragraph", None)
        try:
            person, places = person_of(interaction), (channel_of(interaction), thread_of(interaction))
            here = await quoting.round_here(self._bot.room, person, *places)
        except Refusal:
            return []
        number = paragraph if isinstance(paragraph, int) else 0
        return completing.choices(quoting.sentences_like(here.article, number, current))

    @define.autocomplete("word")
    async def _terms_that_match(self, interaction: discord.Interaction, current: str) -> list[app_commands.Choice[str]]:
        named = str(getattr(interaction.namespace, "article", "") or "") or None
        try:
            source = await self._source(interaction, named)
            guild_id = person_of(interaction).guild_id
            terms = await reading.choices_of_terms(self._bot.room, guild_id, source, current)
        except Refusal:
            return []
        return completing.choices([(term, term) for term in terms])

    @read.autocomplete("article")
    @find.autocomplete("article")
    @ask.autocomplete("article")
    @define.autocomplete("article")
    async def _articles_that_match(
        self, _interaction: discord.Interaction, current: str
    ) -> list[app_commands.Choice[str]]:
        rows = reading.choices_of_articles(self._bot.room, current)[:25]
        return [app_commands.Choice(name=fitted(title, 100), value=slug) for title, slug in rows]

    async def _source(self, interaction: discord.Interaction, named: str | None) -> str:
        guild_id = person_of(interaction).guild_id
        return await reading.source_here(self._bot.room, guild_id, channel_of(interaction), named)

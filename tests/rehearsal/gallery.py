"""A small bot that uses everything the room can draw and do, so that the room is tested without the debate."""

import base64
import io
import re
from typing import Any, Self

import discord
from discord import app_commands, ui
from discord.ext import commands

PARTS = ("The first page.", "The second page.", "The third page.")
ALT = "Two of three changed sides."
PNG = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)
Client = discord.Client


def button(custom_id: str, **how: Any) -> ui.Button[Any]:
    """A button of the card. The dynamic items below answer it by its custom_id."""
    return ui.Button(label=custom_id.partition(":")[2].title(), custom_id=custom_id, **how)


class Side(ui.DynamicItem[ui.Button[ui.LayoutView]], template=r"side:(?P<side>yes|no)"):
    """A button that goes on working after a restart."""

    def __init__(self, side: str) -> None:
        style = discord.ButtonStyle.success if side == "yes" else discord.ButtonStyle.danger
        emoji = "🤝" if side == "yes" else "🚫"
        super().__init__(ui.Button(label=side.title(), emoji=emoji, style=style, custom_id=f"side:{side}"))
        self.side = side

    @classmethod
    async def from_custom_id(
        cls, _inter: discord.Interaction[Client], _item: ui.Item[Any], match: re.Match[str]
    ) -> Self:
        return cls(match["side"])

    async def callback(self, interaction: discord.Interaction[Client]) -> None:
        await interaction.response.send_message(f"You chose **{self.side}**.", ephemeral=True)


class Press(ui.DynamicItem[ui.Button[ui.LayoutView]], template=r"do:(?P<what>[a-z]+)"):
    """The other buttons of the card, by what they do."""

    def __init__(self, what: str, *, disabled: bool = False) -> None:
        super().__init__(ui.Button(label=what.title(), custom_id=f"do:{what}", disabled=disabled))
        self.what = what

    @classmethod
    async def from_custom_id(
        cls, _inter: discord.Interaction[Client], _item: ui.Item[Any], match: re.Match[str]
    ) -> Self:
        return cls(match["what"])

    async def callback(self, interaction: discord.Interaction[Client]) -> None:
        if self.what == "respond":
            await interaction.response.send_modal(Answer())
        elif self.what == "read":
            await interaction.response.send_message(view=Pages(0), ephemeral=True)
        elif self.what == "file":
            await interaction.response.defer(ephemeral=True, thinking=True)
            await interaction.followup.send(
                "Yours.", file=discord.File(io.BytesIO(b"a,b\n1,2\n"), "mine.csv"), ephemeral=True
            )
        elif self.what == "picture":
            await interaction.response.send_message(view=Picture(), files=[picture()])
            await interaction.followup.send("The same", file=picture())
        elif self.what == "lock" and interaction.message is not None and interaction.message.thread is not None:
            await interaction.response.defer()
            await interaction.message.thread.edit(locked=True, archived=True)


def picture() -> discord.File:
    """The smallest of all pictures."""
    return discord.File(io.BytesIO(PNG), "chart.png", description=ALT)


class Picture(ui.LayoutView):
    """A message that shows its file itself."""

    def __init__(self) -> None:
        super().__init__(timeout=None)
        self.add_item(ui.MediaGallery(discord.MediaGalleryItem("attachment://chart.png", description=ALT)))


class Answer(ui.Modal, title="Your response"):
    hint = ui.TextDisplay[ui.LayoutView]("Say it in your **own** words.")
    stance = ui.Label[ui.LayoutView](
        text="Where do you stand?",
        component=ui.RadioGroup(
            custom_id="stance",
            options=[
                discord.RadioGroupOption(label="Yes", value="yes"),
                discord.RadioGroupOption(label="No", value="no"),
            ],
        ),
    )
    claim = ui.Label[ui.LayoutView](
        text="Claim",
        description="One sentence.",
        component=ui.TextInput(custom_id="claim", placeholder="I think that …", max_length=200),
    )
    why = ui.Label[ui.LayoutView](
        text="Reasoning",
        component=ui.TextInput(custom_id="why", style=discord.TextStyle.paragraph, required=False, max_length=1000),
    )

    def __init__(self) -> None:
        super().__init__(custom_id="answer", timeout=600)

    async def on_submit(self, interaction: discord.Interaction[Client]) -> None:
        claim = self.claim.component
        assert isinstance(claim, ui.TextInput)
        await interaction.response.send_message(f"Recorded: {claim.value}", ephemeral=True)
        if isinstance(interaction.channel, discord.TextChannel) and interaction.message is not None:
            thread = interaction.channel.get_thread(interaction.message.id)
            if thread is not None:
                await thread.send(f"**{interaction.user.display_name}**: {claim.value}")


class Pages(ui.LayoutView):
    """A private pager."""

    def __init__(self, page: int) -> None:
        super().__init__(timeout=600)
        self.page = page
        back: ui.Button[Self] = ui.Button(label="Back", disabled=page == 0, custom_id="back")
        forward: ui.Button[Self] = ui.Button(label="Next", disabled=page == len(PARTS) - 1, custom_id="next")
        back.callback = self.back
        forward.callback = self.forward
        self.add_item(ui.Container(ui.TextDisplay(f"### Page {page + 1}\n{PARTS[page]}"), ui.ActionRow(back, forward)))

    async def back(self, interaction: discord.Interaction[Client]) -> None:
        await interaction.response.edit_message(view=Pages(self.page - 1))

    async def forward(self, interaction: discord.Interaction[Client]) -> None:
        await interaction.response.edit_message(view=Pages(self.page + 1))


class Card(ui.LayoutView):
    """The card: every kind of component that a message of the debate uses."""

    def __init__(self, question: str) -> None:
        super().__init__(timeout=None)
        green, red = discord.ButtonStyle.success, discord.ButtonStyle.danger
        sides = ui.ActionRow[Self](
            button("side:yes", style=green, emoji="🤝"),
            button("side:no", style=red, emoji="🚫"),
            button("do:respond", style=discord.ButtonStyle.primary),
            button("do:read"),
            button("do:silent"),
        )
        others = ui.ActionRow[Self](
            button("do:lock"), button("do:file"), button("do:picture"), button("do:never", disabled=True)
        )
        select: ui.Select[Self] = ui.Select(
            custom_id="choose",
            placeholder="Pick one",
            options=[discord.SelectOption(label=name) for name in ("A", "B")],
        )
        select.callback = self.chosen
        self.add_item(
            ui.Container(
                ui.TextDisplay("## A debate\n-# by the gallery · ends <t:1900000000:R>"),
                ui.Section[Self](
                    ui.TextDisplay[Self](f"**{question}** with `code`, ~~not~~ and <@1>"), accessory=button("do:help")
                ),
                ui.Separator(spacing=discord.SeparatorSpacing.large),
                ui.TextDisplay("> “A quote” ¶2\n> in two lines\n- one\n- two"),
                sides,
                others,
                ui.ActionRow(select),
                accent_colour=discord.Colour(0x3B82F6),
            )
        )

    async def chosen(self, interaction: discord.Interaction[Client]) -> None:
        data: Any = interaction.data
        await interaction.response.send_message(f"Chosen: {data['values'][0]}", ephemeral=True)


@app_commands.guild_only()
class Gallery(commands.GroupCog, name="gallery"):
    @app_commands.command(name="card", description="Post the card")
    @app_commands.checks.has_permissions(manage_guild=True)
    async def card(
        self,
        interaction: discord.Interaction[Client],
        question: str,
        minutes: app_commands.Range[int, 1, 60] | None = None,
    ) -> None:
        await interaction.response.send_message(view=Card(f"{question} ({minutes})"))
        message = await interaction.original_response()
        assert isinstance(interaction.channel, discord.TextChannel)
        await interaction.channel.create_thread(name=question, message=message)

    @card.autocomplete("question")
    async def questions(self, _inter: discord.Interaction[Client], typed: str) -> list[app_commands.Choice[str]]:
        names = ("Engage or sanction?", "Ally or shield?")
        return [app_commands.Choice(name=n, value=n) for n in names if typed.lower() in n.lower()]

    @app_commands.command(name="setup", description="Choose a role and a channel")
    @app_commands.default_permissions(manage_guild=True)
    async def setup(
        self, interaction: discord.Interaction[Client], role: discord.Role, channel: discord.TextChannel
    ) -> None:
        await interaction.response.send_message(f"{role.name} in {channel.name}", ephemeral=True)


class GalleryBot(commands.Bot):
    """Keeps what people wrote, to see that it heard them."""

    def __init__(self) -> None:
        intents = discord.Intents.default()
        intents.message_content = True
        super().__init__(command_prefix=commands.when_mentioned, intents=intents)
        self.heard: list[str] = []
        self.submitted: list[str] = []

    async def setup_hook(self) -> None:
        self.add_dynamic_items(Side, Press)
        await self.add_cog(Gallery())

        async def reply_to(interaction: discord.Interaction[Client], message: discord.Message) -> None:
            await interaction.response.send_message(f"Replying to: {message.content}", ephemeral=True)

        self.tree.add_command(app_commands.ContextMenu(name="Reply to this", callback=reply_to))
        await self.tree.sync()

    async def on_message(self, message: discord.Message, /) -> None:
        if not message.author.bot:
            self.heard.append(message.content)

    async def on_interaction(self, interaction: discord.Interaction[Client]) -> None:
        if interaction.type is discord.InteractionType.modal_submit:
            data: Any = interaction.data
            self.submitted.append(data["custom_id"])

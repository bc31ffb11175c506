"""What is on record of somebody, what erasing it does, and what became of it: for them alone."""

import discord
from discord import ui

from bot.chat.cards.parts import button, card, line, row, text
from bot.chat.routing import to
from bot.chat.texts import counted, plain
from bot.classroom.erasing import Erased
from bot.classroom.own_record import NOTHING, OwnRecord
from bot.discussion.ids import UserId
from bot.discussion.own_data import Membership
from bot.discussion.palette import NEUTRAL
from bot.discussion.values import Consent, Response, Round, Source

MOST_LINKS = 15
"""Messages of one's own to delete oneself that are listed one by one."""


def record_page(own: OwnRecord) -> ui.LayoutView:
    """What is on record, who sees it, how long it stays, and how to be rid of it."""
    days = counted(own.settings.retention.days, "day")
    if not own.data:
        return card(text(f"### Your record\n{NOTHING}"), text(_purge(own, days)), colour=NEUTRAL)
    return card(
        text(f"### Your record\n{_counts(own)}"),
        text(_word(own)),
        line(),
        text(
            "**Who sees it**: the class sees what you post. Teachers and moderators of this server can read and export "
            "all you write. How you vote in a secret vote is shown to nobody but you. Whoever runs this Parley keeps "
            "the file.\n**Under a pseudonym**: only a moderator can find out who you are; they must say why, and it is "
            "put on the audit."
        ),
        text(_purge(own, days)),
        line(),
        text(
            "`/privacy export` gives you all of it in two files. `/my responses` changes or withdraws one by one. "
            "`/privacy withdraw` stops recording. `/privacy erase` erases everything at once."
        ),
        colour=NEUTRAL,
    )


_COMING_BACK = {
    Consent.ASK: "You may come back at any time: you are then asked anew, as anybody who comes for the first time.",
    Consent.SCHOOL: "Your school has agreed for its students: what you say here afterwards is recorded again. If that "
    "is not to be, use `/privacy withdraw` after this; it needs your id, and so keeps that alone.",
}


def erase_page(own: OwnRecord, user_id: UserId) -> ui.LayoutView:
    """What happens when somebody erases everything, and the button that does it: for them, and for nobody else."""
    return card(
        text(f"### Erase everything of yours in this server?\n{_counts(own)}"),
        text(
            "**At once, and for good**: your words, their earlier wordings, your name, your id and your settings leave "
            "the record. Nobody can bring them back, not even whoever runs Parley.\n"
            "**Replies to you** stay: they answer an empty place of “Somebody who left”.\n"
            "**Your votes**: in debates that are over they stay in the counts, without your name; in one that still "
            "runs they are taken out.\n"
            "**What you wrote with a group** stays without your name, unless nobody else wrote in it. Withdraw it "
            "first if it is to go: `/my responses`.\n"
            "**Where classmates mention you**, “@somebody” stands instead. A name that they typed as a plain word "
            "stays in their words.\n"
            "**On Discord**: Parley deletes its posts of your words. Messages that you typed yourself it deletes where "
            "it may; the others you are shown, to delete them yourself. What was exported or backed up before stays "
            "with whoever has the file."
        ),
        text(f"-# {_COMING_BACK[own.settings.consent]}"),
        row([button("Erase everything", to("erase", user_id), style=discord.ButtonStyle.danger)]),
        colour=NEUTRAL,
    )


def erased_page(erased: Erased | None, stays: list[tuple[Response, Round]]) -> ui.LayoutView:
    """What has become of it; `stays` are the typed messages that the bot may not delete."""
    if erased is None:
        return card(text(NOTHING), colour=NEUTRAL)
    parts = [f"{counted(len(erased.responses), 'response')} and {counted(erased.votes, 'vote')}"]
    told = [f"**Erased.** {parts[0]} of yours, your name and your id are out of the record."]
    if erased.together:
        told.append(f"{counted(erased.together, 'text')} that you wrote with a group stay without your name.")
    if len(erased.responses) > len(stays):
        told.append("Their posts go from the threads as fast as Discord takes it.")
    items: list[ui.Item[ui.LayoutView]] = [text("\n".join(told))]
    if stays:
        links = "\n".join(f"- {_link(response, found)}" for response, found in stays[:MOST_LINKS])
        more = f"\n- and {len(stays) - MOST_LINKS} more in the same threads" if len(stays) > MOST_LINKS else ""
        items += [line(), text(f"**Delete these yourself**: you typed them, and Parley may not.\n{links}{more}")]
    return card(*items, colour=NEUTRAL)


def _counts(own: OwnRecord) -> str:
    data = own.data
    earlier = sum(len(each.earlier) for each in data.responses)
    withdrawn = sum(each.withdrawn_at is not None for each in data.responses)
    parts = [
        (own.responses, counted(own.responses, "response")),
        (own.of(Source.REFLECTION), counted(own.of(Source.REFLECTION), "reflection")),
        (own.of(Source.STATEMENT), counted(own.of(Source.STATEMENT), "text") + " written with a group"),
        (earlier, counted(earlier, "earlier wording")),
        (withdrawn, counted(withdrawn, "withdrawn response")),
        (len(data.votes), counted(len(data.votes), "vote")),
        (len(data.places), counted(len(data.places), "assigned side")),
        (own.notes("moved"), counted(own.notes("moved"), "classmate") + " named as having moved you"),
        (own.notes("report"), counted(own.notes("report"), "report") + " to moderators"),
        (own.notes("asked"), counted(own.notes("asked"), "question") + " asked back"),
        (own.notes("mute"), counted(own.notes("mute"), "mute")),
        (own.notes("act"), counted(own.notes("act"), "entry", "entries") + " on the audit"),
    ]
    told = [words for number, words in parts if number]
    return "On record of you: " + (", ".join(told) if told else "your name alone") + "."


def _word(own: OwnRecord) -> str:
    member = own.data.member
    if member is None:
        return "Your name is not on record."
    reminded = "on" if member.reminded_since is not None else "off"
    return f"Kept as **{plain(member.name)}**. {_agreement(own, member)} Reminders are {reminded}."


def _agreement(own: OwnRecord, member: Membership) -> str:
    if member.declined_at is not None:
        return (
            f"You took back your consent {discord.utils.format_dt(member.declined_at, 'D')}: nothing new is recorded."
        )
    if member.agreed_at is not None:
        return f"You agreed to be recorded {discord.utils.format_dt(member.agreed_at, 'D')}."
    if own.settings.consent is Consent.SCHOOL:
        return "Your school has agreed for its students."
    return "You have not agreed to be recorded yet."


def _purge(own: OwnRecord, days: str) -> str:
    how_long = f"**How long**: until {days} after a debate has ended; then it is erased by itself."
    if own.first_purge is None:
        return how_long
    return f"{how_long} The oldest of yours goes {discord.utils.format_dt(own.first_purge, 'D')}."


def _link(response: Response, found: Round) -> str:
    return f"https://discord.com/channels/{found.guild_id}/{found.thread_id or found.channel_id}/{response.message_id}"

"""Pseudonyms kept: what leads to a person is taken out before any format hears of it.

Under pseudonyms the ids of Discord are zero or None, and mentions, links into Discord and numbers long enough to be an
id are taken out of the words. A name that somebody typed out stays: nobody can tell it from any other word.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace

from bot.discussion.ids import ChannelId, GuildId, UserId
from bot.discussion.transcript import Entry, Head, Names, Speaker, ToldRound, ToldVote, Transcript
from bot.discussion.values import Response, Revision, Round
from bot.transcripts.signs import one_line

_MENTION = re.compile(r"<@!?(\d{1,20})>")
_LEADS_SOMEWHERE = re.compile(r"\d{15}|<[@#:/a]|discord", re.IGNORECASE)
_LINK = re.compile(r"(?:https?://)?(?:[\w-]{1,63}\.){0,5}discord(?:app)?\.(?:com|net)(?:/\S*)?", re.IGNORECASE)
"""A name of so many parts, each as long as one may be: without a bound it is tried anew from every letter on."""
_NAMED = re.compile(r"<(?:a?(?P<emoji>:\w{1,40}:)|(?P<command>/[^<>:\n]{1,100}):)\d{1,20}>")
_PLACE = re.compile(r"<(?:(?P<role>@&)|#)\d{1,20}>")
_NUMBER = re.compile(r"\d{15,}")


class Mentions:
    """Puts names in the place of mentions."""

    def __init__(self, speakers: Mapping[UserId, Speaker]) -> None:
        self._speakers = speakers

    def named(self, text: str) -> str:
        """`<@123>` as @Amara, where Amara took part."""
        return _MENTION.sub(self._name, text) if "<@" in text else text

    def _name(self, match: re.Match[str]) -> str:
        speaker = self._speakers.get(UserId(int(match[1])))
        return f"@{one_line(speaker.label)}" if speaker else "@somebody"


class Pseudonymous:
    """A transcript whose every value is safe to print under pseudonyms."""

    def __init__(self, transcript: Transcript) -> None:
        self._inner = transcript
        self._mentions = Mentions(transcript.head.speakers)
        self._rounds = {told.round.id: _masked_round(told.round) for told in transcript.head.rounds}
        self._told = {told.round.id: told for told in transcript.head.rounds}
        self._speakers = {speaker.key: replace(speaker, user_id=None) for speaker in transcript.head.speakers.values()}
        self.head = self._masked_head(transcript.head)

    def entries(self, told: ToldRound) -> Iterator[Entry]:
        """The round's responses, masked."""
        posed, speakers = self._rounds[told.round.id], self._speakers
        for entry in self._inner.entries(self._told[told.round.id]):
            parent = entry.parent_speaker
            yield Entry(
                self._response(entry.response),
                posed,
                speakers[entry.speaker.key],
                speakers[parent.key] if parent else None,
                entry.depth,
                tuple(self._revision(revision) for revision in entry.revisions) if entry.revisions else (),
                entry.citations,
                entry.hidden_at,
                entry.moved,
                tuple(speakers[writer.key] for writer in entry.writers) if entry.writers else (),
                entry.swayed,
            )

    def votes(self, told: ToldRound) -> Iterator[ToldVote]:
        """The round's votes, masked."""
        posed, speakers = self._rounds[told.round.id], self._speakers
        for vote in self._inner.votes(self._told[told.round.id]):
            yield ToldVote(posed, speakers[vote.speaker.key], vote.stance, vote.previous, vote.at, vote.phase)

    def _masked_head(self, head: Head) -> Head:
        session = replace(head.session, guild_id=GuildId(0), channel_id=ChannelId(0), started_by=UserId(0))
        rounds = tuple(self._masked_told(told) for told in head.rounds)
        people = sorted(self._speakers.values(), key=lambda speaker: (speaker.label.casefold(), speaker.key))
        numbered = {UserId(number): speaker for number, speaker in enumerate(people, 1)}
        student = head.scope.student
        asked = next((at for at, each in numbered.items() if student and each.key == self._key(head, student)), None)
        scope = replace(head.scope, student=None if student is None else asked or UserId(0))
        return replace(head, session=session, rounds=rounds, speakers=numbered, scope=scope)

    def _masked_told(self, told: ToldRound) -> ToldRound:
        places = tuple(replace(place, speaker=self._speakers[place.speaker.key]) for place in told.places)
        return replace(told, round=self._rounds[told.round.id], places=places)

    def _key(self, head: Head, student: UserId) -> str | None:
        speaker = head.speakers.get(student)
        return speaker.key if speaker else None

    def _response(self, response: Response) -> Response:
        return Response(
            response.id,
            GuildId(0),
            response.round_id,
            UserId(0),
            response.role,
            response.source,
            response.parent_id,
            response.stance,
            self._body(response.body),
            response.created_at,
            response.edited_at,
            response.withdrawn_at,
            None,
            response.hidden_at,
            tuple(replace(each, name="a file") for each in response.attachments),
            response.phase,
            response.group,
            response.held_back,
            review=response.review,
        )

    def _revision(self, revision: Revision) -> Revision:
        return replace(revision, body=self._body(revision.body), user_id=None)

    def _body(self, body: Mapping[str, str]) -> Mapping[str, str]:
        if any(_LEADS_SOMEWHERE.search(text) for text in body.values()):
            return {name: without_ids(text, self._mentions) for name, text in body.items()}
        return body


def without_ids(text: str, mentions: Mentions) -> str:
    """Words without what leads to a person or a place of Discord's."""
    text = mentions.named(text)
    text = _LINK.sub("(a link into Discord)", text)
    text = _NAMED.sub(lambda match: match["emoji"] or match["command"], text)
    text = _PLACE.sub(lambda match: "@role" if match["role"] else "#channel", text)
    return _NUMBER.sub("(a long number)", text)


def as_named(transcript: Transcript) -> Transcript:
    """The transcript as its scope names people: itself, or masked under pseudonyms."""
    return Pseudonymous(transcript) if transcript.head.scope.names is Names.PSEUDONYM else transcript


def _masked_round(posed: Round) -> Round:
    """The round without ids, and without the seed: whoever knows the class could draw its lots again."""
    return replace(
        posed, guild_id=GuildId(0), channel_id=ChannelId(0), card_id=None, thread_id=None, tally_id=None, seed=0
    )

"""The lines of a JSON Lines transcript. Their JSON Schema is made of these types, and ships beside this folder.

Times are UTC (`…_at`), each with the school's own time beside it (`…_at_local`). Ids of Discord are strings, since many
readers of JSON round large numbers; all of them are null under pseudonyms.
"""

from typing import Annotated

from pydantic import Field

from bot.transcripts.records.responses import ResponseLine, VoteLine
from bot.transcripts.records.rounds import GapLine, PlaceLine, RoundLine
from bot.transcripts.records.session import EndLine, ParticipantLine, SessionLine

Line = Annotated[
    SessionLine | ParticipantLine | RoundLine | PlaceLine | GapLine | ResponseLine | VoteLine | EndLine,
    Field(discriminator="kind"),
]

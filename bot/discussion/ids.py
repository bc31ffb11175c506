"""Typed ids, so that a round's id cannot pass for a channel's."""

from typing import NewType

GuildId = NewType("GuildId", int)
ChannelId = NewType("ChannelId", int)
"""A channel or a thread: Discord numbers both alike."""
MessageId = NewType("MessageId", int)
UserId = NewType("UserId", int)
RoleId = NewType("RoleId", int)
EventId = NewType("EventId", int)
"""An event on a server's own list of events."""

SessionId = NewType("SessionId", int)
RoundId = NewType("RoundId", int)
ResponseId = NewType("ResponseId", int)
ScheduleId = NewType("ScheduleId", int)
AskingId = NewType("AskingId", int)
"""A question that was asked back."""
StanceId = NewType("StanceId", str)
"""A stance's id within its prompt."""
SideId = NewType("SideId", str)
"""A side that somebody was assigned: a stance's id, or `inner` or `outer` of two circles."""

"""The tables. Every key that leads from one to another carries the guild: the database itself keeps guilds apart.

A change here needs a migration in migrations/versions; a test holds the two equal.
"""

from bot.storage.schema.base import metadata
from bot.storage.schema.coach import askings, citations
from bot.storage.schema.debate import (
    THREAD,
    endorsements,
    phases,
    places,
    responses,
    revisions,
    rounds,
    sessions,
    votes,
)
from bot.storage.schema.guild import guild_settings, listed_words, uploads
from bot.storage.schema.operation import audits, gaps, notes, outdated, schedules
from bot.storage.schema.order import kept_words, mutes, removals, reports
from bot.storage.schema.people import participants, pseudonyms, reminders

__all__ = [
    "THREAD",
    "askings",
    "audits",
    "citations",
    "endorsements",
    "gaps",
    "guild_settings",
    "kept_words",
    "listed_words",
    "metadata",
    "mutes",
    "notes",
    "outdated",
    "participants",
    "phases",
    "places",
    "pseudonyms",
    "reminders",
    "removals",
    "reports",
    "responses",
    "revisions",
    "rounds",
    "schedules",
    "sessions",
    "uploads",
    "votes",
]

"""Whom the coach may say something to: the teacher has a switch for a debate, and everybody has one for themselves."""

from bot.discussion.ids import UserId
from bot.discussion.values import Round
from bot.storage import Transaction, participants


def is_coached(tx: Transaction, found: Round, user_id: UserId) -> bool:
    """May the coach speak to somebody in this round?"""
    return found.conduct.coached and not participants.is_uncoached(tx, found.guild_id, user_id)

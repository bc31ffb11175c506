"""The one word that work on the database needs from outside."""

from typing import TypeAlias

from sqlalchemy import Connection

Transaction: TypeAlias = Connection
"""What a work function gets and hands on to the functions of this room. It never commits or rolls back itself."""

"""Column types that mean the same in every database."""

from collections.abc import Mapping
from datetime import UTC, datetime
from functools import lru_cache
from typing import Any, Generic, Protocol, TypeVar

from pydantic import BaseModel, ConfigDict, TypeAdapter
from pydantic_core import from_json, to_json
from sqlalchemy import JSON, BigInteger, DateTime, Dialect, Integer, Text, TypeDecorator

from bot.discussion.values import Attachment
from bot.patterns import pattern

Snowflake = BigInteger
"""A Discord id: 64 bits."""

RowId = BigInteger().with_variant(Integer, "sqlite")
"""A key that the database counts up itself: SQLite does so only for a column declared INTEGER."""

M = TypeVar("M", bound=BaseModel)

M_co = TypeVar("M_co", bound=BaseModel, covariant=True)

READ_ONCE = 32
"""So many prompts, articles and prompt sets stay taken apart. They are immutable, so all may share them."""

_body = TypeAdapter(dict[str, str], config=ConfigDict(hide_input_in_errors=True, defer_build=True))
_attachments = TypeAdapter(tuple[Attachment, ...], config=ConfigDict(defer_build=True))
_SURROGATE = pattern("[\ud800-\udfff]")


def storable(text: str) -> str:
    """The text as UTF-8 can hold it: half of a character, as a broken client may send, becomes U+FFFD."""
    if _SURROGATE.search(text) is None:
        return text
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def storable_body(body: Mapping[str, str]) -> dict[str, str]:
    """A response's fields as they are recorded, in their order. What does not fit is refused without its words."""
    return _body.validate_python({storable(field): storable(text) for field, text in body.items()})


def time_of(kept: str) -> datetime:
    """The time that SQLite keeps as this text."""
    return datetime.fromisoformat(f"{kept}+00:00")


def body_of(kept: str) -> dict[str, str]:
    """The fields that SQLite keeps as this text. They were checked when they were recorded."""
    return from_json(kept)  # a quarter of the time of json.loads


def attachments_of(kept: str) -> tuple[Attachment, ...]:
    """The attachments that SQLite keeps as this text."""
    return _attachments.validate_json(kept)


def kept_time(at: datetime) -> str:
    """The text that SQLite keeps for a time, as `UtcTime` writes it. Refuses a time without a zone."""
    return in_utc(at).isoformat(" ", "microseconds")[:-6]


def kept_body(body: Mapping[str, str]) -> str:
    """The text that SQLite keeps for a response's fields, as `BodyJson` writes it."""
    try:
        return to_json(body).decode()
    except ValueError:  # half of a character, or a mapping of another kind
        return to_json(storable_body(body)).decode()


def kept_attachments(attachments: tuple[Attachment, ...]) -> str | None:
    """The text that SQLite keeps for attachments, as `AttachmentsJson` writes it."""
    return to_json(_plain(attachments)).decode() if attachments else None


def kept_name(name: str) -> str:
    """A name as `PlainText` writes it."""
    return storable(name).replace("\0", "\ufffd")


def in_utc(at: datetime) -> datetime:
    """The same time in UTC. Refuses one without a zone."""
    if at.tzinfo is None:
        message = "a time without a zone cannot be recorded"
        raise ValueError(message)
    return at if at.tzinfo is UTC else at.astimezone(UTC)


def _plain(attachments: tuple[Attachment, ...]) -> list[dict[str, str | int | None]]:
    return [{"name": storable(one.name), "type": one.type, "size": one.size} for one in attachments]


class PlainText(TypeDecorator[str]):
    """A name or a sentence. Tools end a text at its first NUL, so U+FFFD takes its place too."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:  # noqa: ARG002 – given
        """As it can be kept and shown anywhere."""
        return None if value is None else kept_name(value)


class UtcTime(TypeDecorator[datetime]):
    """An aware time, kept in UTC to the microsecond. Refuses a time without a zone."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002 – given
        """In UTC, so that SQLite, which keeps times as text, sorts them right."""
        return None if value is None else in_utc(value)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002 – given
        """Aware again: SQLite forgets the zone."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class _Reading(Protocol[M_co]):
    """How SQLAlchemy calls what turns a kept value into ours."""

    def __call__(self, value: Any) -> M_co | None: ...


class ModelJson(TypeDecorator[M], Generic[M]):
    """A Pydantic model as JSON, by its aliases, validated when it is read."""

    impl = JSON
    cache_ok = True

    def __init__(self, model: type[M]) -> None:
        super().__init__()
        self.model = model
        self._read = lru_cache(READ_ONCE)(model.model_validate_json)

    def result_processor(self, dialect: Dialect, coltype: object) -> _Reading[M] | None:
        """SQLite hands over the very text: what was read once is not taken apart again at every click."""
        if dialect.name != "sqlite":
            return super().result_processor(dialect, coltype)

        def process(value: Any) -> M | None:
            return None if value is None else self._read(value)

        return process

    def process_bind_param(self, value: M | None, dialect: Dialect) -> Any:  # noqa: ARG002 – given
        """As plain JSON values, the defaults too: a later default must not change what was recorded."""
        return None if value is None else value.model_dump(mode="json", by_alias=True)

    def process_result_value(self, value: Any, dialect: Dialect) -> M | None:  # noqa: ARG002 – given
        """The model again."""
        return None if value is None else self.model.model_validate(value)


class BodyJson(TypeDecorator[Mapping[str, str]]):
    """A response's fields as JSON. What does not fit is refused without repeating the words."""

    impl = JSON
    cache_ok = True

    def process_bind_param(self, value: Mapping[str, str] | None, dialect: Dialect) -> Any:  # noqa: ARG002 – given
        """As a plain dictionary, in the order of its fields."""
        return None if value is None else storable_body(value)

    def process_result_value(self, value: Any, dialect: Dialect) -> Mapping[str, str] | None:  # noqa: ARG002 – given
        """The fields again, in their order."""
        return None if value is None else _body.validate_python(value)


class AttachmentsJson(TypeDecorator[tuple[Attachment, ...]]):
    """A message's attachments as JSON; nothing at all where there are none."""

    impl = JSON(none_as_null=True)
    cache_ok = True

    def process_bind_param(self, value: tuple[Attachment, ...] | None, dialect: Dialect) -> Any:  # noqa: ARG002 – given
        """As plain dictionaries, with names that any database can hold."""
        return _plain(value or ()) or None

    def process_result_value(self, value: Any, dialect: Dialect) -> tuple[Attachment, ...]:  # noqa: ARG002 – given
        """The attachments again, in their order."""
        return _attachments.validate_python(value or ())

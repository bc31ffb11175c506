"""What the fields of a line are made of."""

from typing import Annotated

from pydantic import ConfigDict, Field, with_config

Snowflake = Annotated[str, Field(pattern=r"^[0-9]{1,20}$", description="An id of Discord, as a string of digits.")]
Utc = Annotated[str, Field(pattern=r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$", description="Aware UTC, milliseconds.")]
Local = Annotated[
    str,
    Field(
        pattern=r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}[+-]\d\d:\d\d(:\d\d)?$",
        description="The same moment on the school's clock, with its distance from UTC.",
    ),
]
Count = Annotated[int, Field(ge=0)]

exact = with_config(ConfigDict(extra="forbid"))
"""Nothing but its fields may stand in a record."""

PhaseNumber = Annotated[int, Field(ge=1, description="Which phase of the round's format, counted from 1.")]

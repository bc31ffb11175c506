"""How long a debate is kept after its close."""

RETENTION_DAYS = 180
"""Days, where a guild has set nothing else."""

LONGEST_RETENTION = 3650
"""Days that a guild may set at most; at least it is one."""

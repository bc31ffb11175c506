"""The Discord side: events into uses of the classroom, and what changed into messages."""

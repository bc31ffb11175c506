"""What a debate is: values and pure rules. No Discord, no SQL, no clock, no files."""

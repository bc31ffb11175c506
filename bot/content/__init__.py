"""What a teacher writes: articles and prompt sets. Read and validated, never written."""

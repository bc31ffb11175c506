"""What a teacher writes: articles, prompt sets and formats. Read and validated, never written."""

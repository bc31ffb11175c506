"""Looking things up in an article: where words stand, and which sentence answers a question."""

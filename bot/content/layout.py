"""How content lies in its folders."""

ARTICLE_ENDINGS = frozenset({".md"})
YAML_ENDINGS = frozenset({".yaml", ".yml"})

FORMATS_FOLDER = "formats"
"""The folder of formats, within that of the prompt sets."""

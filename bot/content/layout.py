"""How content lies in its folders."""

ARTICLE_ENDINGS = frozenset({".md"})
YAML_ENDINGS = frozenset({".yaml", ".yml"})

GLOSSARY = ".glossary"
"""What a glossary has between its article's name and its ending, beside which it stands."""

FORMATS_FOLDER = "formats"
"""The folder of formats, within that of the prompt sets."""

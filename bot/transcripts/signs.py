"""The one place where other people's words are made safe for a file: nothing they wrote can act, break or hide.

Each format has one function here, and every word of a person, a prompt set or an article goes through it. Signs that
steer a terminal or turn the direction of a line are shown instead of obeyed; half characters become �. What eyes read
(HTML, Markdown, text) is tamed besides; tables and JSON Lines keep every sign that was typed.
"""

import re

from bot.discussion.taming import MOST_BLANK_LINES, tamed

_STEERING = (0x202A, 0x202B, 0x202C, 0x202D, 0x202E, 0x2066, 0x2067, 0x2068, 0x2069, 0xFEFF)
"""Embeddings, overrides and isolates of direction, and the byte order mark, which nobody can see."""

_PICTURES = {code: chr(0x2400 + code) for code in range(0x20) if code not in {0x09, 0x0A}} | {0x7F: "␡"}
_SHOWN = {
    **{chr(code): picture for code, picture in _PICTURES.items()},
    **{chr(code): f"⟨U+{code:04X}⟩" for code in (*range(0x80, 0xA0), *_STEERING)},
    **dict.fromkeys(("\r\n", "\r", "\u2028", "\u2029"), "\n"),
}
_UNSHOWN = re.compile("\r\n|[\0-\x08\x0b-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ufeff\ud800-\udfff]")
_UNHELD = re.compile("\r\n|[\0-\x08\x0b-\x1f\x7f\ud800-\udfff]")
_BEYOND_JSON = re.compile("[\x7f-\x9f\u2028-\u202e\u2066-\u2069\ufeff\ud800-\udfff]")

_ASCII = bytes(range(0x80))
_MAY_BE_WILD = re.compile("[^\u00a1-\u00ac\u00ae-\u02ff\u0370-\u0482\u048a-\u052f\u2010-\u2027\U0001f300-\U0001f9ff]")
"""Beyond ASCII: all but Latin, Greek and Cyrillic letters, typographic signs and most emojis, which are never tamed."""

_FORMULA = re.compile(r"[\s\ufeff\u200b-\u200f\u202a-\u202e\u2060-\u2069\"'‘’‚‛“”„‟«»`´]*[=+\-@|%−＝＋－＠\t\r]|'")
"""What a spreadsheet might run: a sign that begins a formula, also behind white space, quotation marks and unseen
signs, and in its full-width variants. A leading apostrophe counts too, so that taking one away always undoes it."""

_MARKDOWN = re.compile(r"[\\`*_\[\]|~$]|(?<=:)(?=//)|(?<=www)\.")
_MARKDOWN_LINE = re.compile(r"^(?:(\d{1,9})(?=[.)])|(?=[-+#=:]))", re.MULTILINE)
_LEADING = re.compile(r"^[ \t]+", re.MULTILINE)


def _show(match: re.Match[str]) -> str:
    return _SHOWN.get(match[0], "\ufffd")


def visible(text: str) -> str:
    """Words for the eyes, tamed: control signs and turns of direction are shown, line ends one kind, half signs �."""
    lines = text.count("\n")
    if not (text.replace("\n", "") if lines else text).isprintable() or lines > MOST_BLANK_LINES + 1:
        return tamed(_UNSHOWN.sub(_show, text))
    if text.isascii():
        return text
    # In so few lines all that taming minds is beyond ASCII, and to look at those few signs alone is ten times as fast.
    beyond = text.encode().translate(None, _ASCII).decode()
    return text if _MAY_BE_WILD.search(beyond) is None else tamed(text)


def one_line(text: str) -> str:
    """Visible words in one line, for names and titles; never empty."""
    return " ".join(visible(text).split()) or "(no name)"


def html(text: str) -> str:
    """Words as HTML between tags. In an attribute: `html_attribute`."""
    shown = visible(text)
    if "&" in shown or "<" in shown or ">" in shown:
        return shown.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return shown


def html_attribute(text: str) -> str:
    """Words as HTML in a quoted attribute."""
    return html(text).replace('"', "&quot;").replace("'", "&#39;")


def html_line(text: str) -> str:
    """A name or a title as HTML, in one line."""
    return html(one_line(text))


def markdown(text: str) -> str:
    """Words as Markdown that shows them as written and means nothing. Lines stay lines."""
    safe = visible(text).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    safe = _MARKDOWN.sub(lambda match: f"\\{match[0]}", safe)
    safe = _LEADING.sub(lambda match: "\u00a0" * len(match[0].expandtabs(4)), safe)
    return _MARKDOWN_LINE.sub(lambda match: f"{match[1] or ''}\\", safe)


def markdown_line(text: str) -> str:
    """A name or a title as Markdown, in one line."""
    return markdown(one_line(text))


def cell(text: str) -> str:
    """Words as a cell of a spreadsheet: what it might run as a formula gets an apostrophe in front."""
    may_run = not text[:1].isalnum() and _FORMULA.match(text) is not None
    if not (text.replace("\n", "") if "\n" in text else text).isprintable():
        text = _UNHELD.sub(lambda match: "\n" if match[0] in {"\r\n", "\r"} else _show(match), text)
    return f"'{text}" if may_run else text


def csv_text(text: str) -> str:
    """Words of others as a field of a CSV line (RFC 4180): a guarded cell, quoted where its signs would part it."""
    guarded = cell(text)
    if '"' in guarded:
        guarded = guarded.replace('"', '""')
    elif "," not in guarded and "\n" not in guarded and "\r" not in guarded:
        return guarded
    return f'"{guarded}"'


def json_line(dumped: str) -> str:
    """One line of JSON without a sign that is no text, ends a line for some readers or turns its direction."""
    return dumped if dumped.isascii() and "\x7f" not in dumped else _BEYOND_JSON.sub(_escape, dumped)


def _escape(match: re.Match[str]) -> str:
    code = ord(match[0])
    return "\ufffd" if 0xD800 <= code <= 0xDFFF else f"\\u{code:04x}"

"""Tell how well citations and misquotes are found: `python -m tests.discussion.evidence.measure`."""

import sys

from tests.discussion.evidence.labelled import Measured, citing, halves, misquoting


def main() -> None:
    """Print precision and recall for the half that was tuned on and for the one that was not."""
    tuned, kept = halves()
    for name, sentences in (("tuned on", tuned), ("kept apart", kept), ("all", [*tuned, *kept])):
        sys.stdout.write(f"{name} ({len(sentences)} sentences)\n")
        sys.stdout.write(f"  cites:     {_told(citing(sentences))}\n")
        sys.stdout.write(f"  misquotes: {_told(misquoting(sentences))}\n")


def _told(measured: Measured) -> str:
    counts = f"{measured.right} right, {measured.wrong} wrong, {measured.missed} missed"
    return f"precision {measured.precision:.3f}, recall {measured.recall:.3f} ({counts})"


if __name__ == "__main__":
    main()

from pathlib import Path

from bot.content.checking import check
from tests.content.places import ARTICLES, PROMPTS, small_set


def test_without_paths_both_folders_are_summed_up() -> None:
    checked = check([], articles=ARTICLES, prompts=PROMPTS)

    assert [one.summary for one in checked if one.path.parent == PROMPTS][:2] == [
        f'{PROMPTS / "china-or-sanctions.yaml"}: ok, "Engage China or impose sanctions?", 7 prompts on'
        " north-korea-ballistic-missile-tests, 19 excerpts",
        f'{PROMPTS / "single-lesson.yaml"}: ok, "One lesson: threat, talks or pressure?", 3 prompts on'
        " north-korea-ballistic-missile-tests, 7 excerpts",
    ]
    assert str(checked[0]) == (
        f'{ARTICLES / "north-korea-ballistic-missile-tests.md"}: ok, "North Korea Continues Ballistic Missile Tests"'
        " by Kaia Patterson, 5 paragraphs, 992 words"
    )


def test_files_anywhere_are_checked_against_the_articles_folder(tmp_path: Path) -> None:
    articles, elsewhere = tmp_path / "article", tmp_path / "elsewhere"
    articles.mkdir()
    elsewhere.mkdir()
    (articles / "short.md").write_text("This is a short text.", encoding="utf-8")
    (elsewhere / "new.yaml").write_text(small_set("A fine set"), encoding="utf-8")
    (elsewhere / "bad.yml").write_text(small_set(quote="another text"), encoding="utf-8")
    (elsewhere / "long.md").write_text("---\nauthor: Someone\n---\n\nText.\n\nMore text.\n", encoding="utf-8")

    checked = check([elsewhere, elsewhere / "new.yaml"], articles=articles, prompts=tmp_path)

    assert [(one.path.name, one.summary is not None) for one in checked] == [
        ("bad.yml", False),
        ("long.md", True),
        ("new.yaml", True),
    ]
    assert checked[0].problems[0].line == 8
    assert checked[1].summary == f'{elsewhere / "long.md"}: ok, "long" by Someone, 2 paragraphs, 3 words'
    assert checked[2].summary == f'{elsewhere / "new.yaml"}: ok, "A fine set", 1 prompt on short, 1 excerpt'


def test_a_title_that_the_library_has_already_is_told(tmp_path: Path) -> None:
    copy = tmp_path / "copy.yaml"
    copy.write_bytes((PROMPTS / "single-lesson.yaml").read_bytes())

    (checked,) = check([copy], articles=ARTICLES, prompts=PROMPTS)

    assert [(problem.line, problem.column) for problem in checked.problems] == [(3, 8)]
    assert check([PROMPTS / "single-lesson.yaml"], articles=ARTICLES, prompts=PROMPTS)[0].summary is not None


def test_what_is_no_content_is_told(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("x", encoding="utf-8")
    checked = check(
        [tmp_path / "notes.txt", tmp_path / "none.yaml", tmp_path / "none"], articles=ARTICLES, prompts=PROMPTS
    )

    assert [problem.what for one in checked for problem in one.problems] == [
        "this is neither an article (.md) nor a prompt set (.yaml)",
        "there is no such file",
        "there is no such file",
    ]

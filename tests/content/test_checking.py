from pathlib import Path

from bot.content.checking import check
from bot.content.loading import load
from tests.content.places import ARTICLES, FORMATS, PROMPTS, small_set


def test_without_paths_both_folders_are_summed_up() -> None:
    checked = check([], articles=ARTICLES, prompts=PROMPTS)

    assert [one.summary for one in checked if one.path.parent == PROMPTS][:2] == [
        f'{PROMPTS / "china-or-sanctions.yaml"}: ok, "Engage China or impose sanctions?", 7 prompts on'
        " north-korea-ballistic-missile-tests, 19 excerpts",
        f'{PROMPTS / "single-lesson.yaml"}: ok, "One lesson: threat, talks or pressure?", 3 prompts on'
        " north-korea-ballistic-missile-tests, 7 excerpts",
    ]
    assert str(checked[0]).endswith(".glossary.yaml: ok, 14 terms explained")
    assert str(checked[1]) == (
        f'{ARTICLES / "north-korea-ballistic-missile-tests.md"}: ok, "North Korea Continues Ballistic Missile Tests"'
        " by Kaia Patterson, 5 paragraphs, 992 words"
    )


def test_formats_are_summed_up_by_their_phases_and_their_length(tmp_path: Path) -> None:
    (tmp_path / "half.yaml").write_text("title: Half\nphases: [read: {minutes: 1}, argue: {}]", encoding="utf-8")

    checked = check([PROMPTS, tmp_path / "half.yaml"], articles=ARTICLES, prompts=PROMPTS)

    summaries = [str(one.summary).removeprefix(f"{one.path}: ") for one in checked]
    assert 'ok, "Open floor", argue: until the teacher goes on' in summaries
    assert 'ok, "Oxford debate", vote, argue, reply, vote, reflect, reveal: 31 minutes' in summaries
    assert summaries[-1] == 'ok, "Half", read, argue: 1 minute and until the teacher goes on'
    assert [one.path for one in checked if one.path.parent == FORMATS] == sorted(FORMATS.glob("*.yaml"))


def test_a_file_anywhere_is_known_by_its_keys_and_else_by_its_folder(tmp_path: Path) -> None:
    folder = tmp_path / "formats"
    folder.mkdir()
    (tmp_path / "format.yaml").write_text("phases:\n  - argue: {}\n", encoding="utf-8")
    (tmp_path / "neither.yaml").write_text("{}", encoding="utf-8")
    (folder / "neither.yaml").write_text("{}", encoding="utf-8")
    (folder / "set.yaml").write_text(small_set().replace("title:", "titel:"), encoding="utf-8")
    (folder / "notes.md").write_text("", encoding="utf-8")

    checked = check([tmp_path], articles=ARTICLES, prompts=PROMPTS)

    assert [(one.path.name, one.problems[-1].what) for one in checked] == [
        ("format.yaml", "`title` is missing"),
        ("neither.yaml", "`prompts` is missing"),
        ("neither.yaml", "`phases` is missing"),
        ("set.yaml", "there is no key `titel` here"),
    ]


def test_in_the_library_itself_a_file_is_what_its_folder_says(tmp_path: Path) -> None:
    (tmp_path / "formats").mkdir()
    (tmp_path / "oxford.yaml").write_bytes((FORMATS / "oxford-debate.yaml").read_bytes())
    (tmp_path / "formats" / "lesson.yaml").write_bytes((PROMPTS / "single-lesson.yaml").read_bytes())

    checked = check([tmp_path], articles=ARTICLES, prompts=tmp_path)

    assert [str(problem).removeprefix(str(one.path)) for one in checked for problem in one.problems] == [
        ":9:1: this is a format, and formats stand in the folder formats; move the file to formats",
        ":2:1: this is a prompt set, and the folder formats is for formats; move the file one folder up",
    ]
    assert [problem.what for problem in load(ARTICLES, tmp_path).problems] == [
        problem.what for one in checked for problem in one.problems
    ]


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


def test_a_title_that_another_format_has_already_is_told_and_that_of_a_set_is_none_of_them(tmp_path: Path) -> None:
    for name, title in (("taken", "oxford  DEBATE"), ("free", '"One lesson: threat, talks or pressure?"')):
        (tmp_path / f"{name}.yaml").write_text(f"title: {title}\nphases: [argue: {{}}]", encoding="utf-8")

    free, taken = check([tmp_path], articles=ARTICLES, prompts=PROMPTS)

    assert free.summary is not None
    assert [str(problem) for problem in taken.problems] == [
        f"{tmp_path / 'taken.yaml'}:1:8: the title “oxford  DEBATE” belongs to oxford-debate.yaml, and teachers pick a"
        " format by its title; give one of the two another title"
    ]


def test_what_is_no_content_is_told(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("x", encoding="utf-8")
    checked = check(
        [tmp_path / "notes.txt", tmp_path / "none.yaml", tmp_path / "none"], articles=ARTICLES, prompts=PROMPTS
    )

    assert [problem.what for one in checked for problem in one.problems] == [
        "this is neither an article (.md) nor a prompt set, a format or a glossary (.yaml)",
        "there is no such file",
        "there is no such file",
    ]

import os
import sys
import tracemalloc
from pathlib import Path

import pytest

from bot.content.library import Library
from bot.content.loading import load
from tests.content.places import PROMPTS, small_set


@pytest.fixture
def articles(tmp_path: Path) -> Path:
    folder = tmp_path / "article"
    folder.mkdir()
    (folder / "short.md").write_text("# Short\n\nThis is a short text about “words”.\n", encoding="utf-8")
    return folder


@pytest.fixture
def prompts(tmp_path: Path) -> Path:
    folder = tmp_path / "prompts"
    folder.mkdir()
    return folder


def told(library: Library) -> list[str]:
    return [f"{problem.path.name}:{problem.line}:{problem.column}: {problem.what}" for problem in library.problems]


def test_a_broken_set_is_left_out_and_the_others_work(articles: Path, prompts: Path) -> None:
    (prompts / "broken.yaml").write_text("title: [\n", encoding="utf-8")
    (prompts / "good.yml").write_text(small_set(), encoding="utf-8")

    library = load(articles, prompts)

    assert set(library.prompt_sets) == {"good"}
    assert told(library) == ["broken.yaml:2:1: the file ends inside a bracket that is still open"]


def test_sub_folders_hidden_files_and_other_endings_are_passed_over(articles: Path, prompts: Path) -> None:
    (prompts / "rehearsal").mkdir()
    (prompts / "rehearsal" / "classmates.yaml").write_text("x", encoding="utf-8")
    (prompts / "folder.yaml").mkdir()
    (prompts / "._good.yaml").write_bytes(b"\x00\x05\x16\x07")
    (prompts / "notes.txt").write_text("x", encoding="utf-8")

    library = load(articles, prompts)

    assert not library.prompt_sets
    assert not library.problems


def test_a_missing_folder_is_a_problem_and_nothing_more(tmp_path: Path) -> None:
    library = load(tmp_path / "no-articles", tmp_path / "no-prompts")

    assert told(library) == [
        "no-articles:1:1: there is no such folder",
        "no-prompts:1:1: there is no such folder",
    ]


def test_a_set_on_a_missing_or_broken_article_says_so_where_it_names_it(articles: Path, prompts: Path) -> None:
    (articles / "worn.md").write_text("---\ntitle: [\n---\n\nText.\n", encoding="utf-8")
    (prompts / "one.yaml").write_text(small_set().replace("article: short", "article: worn"), encoding="utf-8")
    (prompts / "two.yaml").write_text(small_set().replace("article: short", "article: shirt"), encoding="utf-8")

    library = load(articles, prompts)

    assert told(library)[1:] == [
        "one.yaml:1:10: the article “worn” has problems of its own",
        "two.yaml:1:10: there is no article “shirt”",
    ]
    assert library.problems[-1].mend == "did you mean short?"


def test_the_second_of_two_sets_with_one_title_is_left_out(articles: Path, prompts: Path) -> None:
    (prompts / "a.yaml").write_text(small_set("Same title"), encoding="utf-8")
    (prompts / "b.yaml").write_text(small_set("SAME  title"), encoding="utf-8")

    library = load(articles, prompts)

    assert set(library.prompt_sets) == {"a"}
    assert told(library) == [
        "b.yaml:2:8: the title “SAME  title” belongs to a.yaml, and teachers pick a set by its title"
    ]


def test_files_whose_names_read_alike_are_told_apart(articles: Path, prompts: Path) -> None:
    (prompts / "My Set.yaml").write_text(small_set("One"), encoding="utf-8")
    (prompts / "my-set.yml").write_text(small_set("Two"), encoding="utf-8")
    (prompts / "—.yaml").write_text(small_set("Three"), encoding="utf-8")
    (prompts / f"{'long' * 20}.yaml").write_text(small_set("Four"), encoding="utf-8")

    library = load(articles, prompts)

    assert set(library.prompt_sets) == {"my-set"}
    assert library.prompt_sets["my-set"].title == "One"
    assert sorted(line.split(": ", 1)[1] for line in told(library)) == [
        "this file's name has 80 letters",
        "this file's name has no letter or digit",
        "this file's name reads like My Set.yaml: both are “my-set”",
    ]


def test_a_file_over_a_mebibyte_is_not_read_whole(articles: Path, prompts: Path) -> None:
    text = small_set().encode()
    (prompts / "full.yaml").write_bytes(text.ljust(1024 * 1024, b"\n"))
    (prompts / "over.yaml").write_bytes(text.ljust(1024 * 1024 + 1, b"\n"))
    with (prompts / "vast.yaml").open("wb") as file:
        file.truncate(64 * 1024 * 1024)

    tracemalloc.start()
    library = load(articles, prompts)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()

    assert peak < 32 * 1024 * 1024
    assert set(library.prompt_sets) == {"full"}
    assert told(library) == [
        "over.yaml:1:1: this file is larger than 1 MiB",
        "vast.yaml:1:1: this file is larger than 1 MiB",
    ]


@pytest.mark.skipif(sys.platform == "win32", reason="Windows makes links and pipes otherwise")
def test_a_dead_link_and_a_pipe_are_problems_and_nothing_waits(articles: Path, prompts: Path) -> None:
    (prompts / "link.yaml").symlink_to(prompts / "nowhere")
    if sys.platform != "win32":
        os.mkfifo(prompts / "pipe.yaml")

    assert told(load(articles, prompts)) == [
        "link.yaml:1:1: there is no such file",
        "pipe.yaml:1:1: this is not a file",
    ]


def test_quotes_and_emojis_are_kept_as_the_article_and_discord_have_them(articles: Path, prompts: Path) -> None:
    text = (
        small_set(quote="'a  short text about \"words\"'")
        .replace("🚫", "❤")
        .replace("article: short", "article: Short")
    )
    (prompts / "set.yaml").write_text(text, encoding="utf-8")

    library = load(articles, prompts)

    assert told(library) == []
    prompt_set = library.prompt_sets["set"]
    assert prompt_set.article == "short"
    assert prompt_set.prompts[0].excerpts[0].quote == "a short text about “words”"
    assert prompt_set.prompts[0].stances[1].emoji == "❤\ufe0f"


def test_formats_are_loaded_with_the_open_floor_first_and_broken_ones_left_out(articles: Path, prompts: Path) -> None:
    formats = prompts / "formats"
    formats.mkdir()
    (formats / "a-walk.yaml").write_text("title: A walk\nphases: [argue: {}]", encoding="utf-8")
    (formats / "b-walk.yaml").write_text("title: A  Walk\nphases: [argue: {}]", encoding="utf-8")
    (formats / "broken.yaml").write_text("title: Broken\nphases: []", encoding="utf-8")
    (formats / "open-floor.yaml").write_text("title: My floor\nphases: [argue: {}]", encoding="utf-8")

    library = load(articles, prompts)

    assert [(slug, value.title) for slug, value in library.formats.items()] == [
        ("open-floor", "My floor"),
        ("a-walk", "A walk"),
    ]
    assert told(library) == [
        "b-walk.yaml:1:8: the title “A  Walk” belongs to a-walk.yaml, and teachers pick a format by its title",
        "broken.yaml:2:9: `phases` has no entries where at least 1 is wanted",
    ]


def test_the_open_floor_is_there_without_a_file_and_is_the_shipped_one(articles: Path, prompts: Path) -> None:
    shipped = load(articles, PROMPTS).formats["open-floor"]

    assert dict(load(articles, prompts).formats) == {"open-floor": shipped}

    (prompts / "formats").mkdir()
    (prompts / "formats" / "open-floor.yaml").write_text("phases: {", encoding="utf-8")
    library = load(articles, prompts)

    assert dict(library.formats) == {"open-floor": shipped}
    assert len(library.problems) == 1

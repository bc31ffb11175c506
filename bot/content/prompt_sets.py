"""One prompt set: from a file to prompts whose excerpts are the article's own words."""

from collections.abc import Mapping as Mappings

from bot.content.emojis import accepted
from bot.content.library import Problem
from bot.content.models import Article, Excerpt, Prompt, PromptSet, Stance
from bot.content.quotes import Passage
from bot.content.reader import validate
from bot.content.rules import check_prompts
from bot.content.slugs import slug_of
from bot.content.source import Finding, Source
from bot.content.suggestions import nearest_word
from bot.content.titles import title_start
from bot.content.tree import Mapping, Scalar, read_tree


def read_prompt_set(
    source: Source, articles: Mappings[str, Article], broken_articles: frozenset[str] = frozenset()
) -> tuple[PromptSet, int] | list[Problem]:
    """A prompt set and the offset of its title, or everything that is wrong with it.

    `articles` are known by their slugs; `broken_articles` are the slugs of those that were left out. In the set that
    comes back `article` is the slug, each quote has the characters of its paragraph, each emoji is as Discord takes it.
    """
    tree, findings = read_tree(source)
    if tree is None:
        return source.problems(findings)
    named = tree.get("article") if isinstance(tree, Mapping) else None
    article: Article | None = None
    if isinstance(named, Scalar) and isinstance(named.value, str) and named.source.strip():
        article = articles.get(slug_of(named.source))
        if article is None:
            findings.append(_no_article(named, articles, broken_articles))
    prompt_set, more = validate(tree, PromptSet)
    findings += [*more, *check_prompts(tree, source, article)]
    if findings or prompt_set is None or article is None:
        return source.problems(findings)
    return _as_the_article_has_it(prompt_set, article), title_start(tree)


def _no_article(named: Scalar, articles: Mappings[str, Article], broken: frozenset[str]) -> Finding:
    slug = slug_of(named.source)
    if slug in broken:
        return Finding(named.start, f"the article “{slug}” has problems of its own", "mend the article first")
    name = " ".join(named.source.split())
    what = f"there is no article “{name if len(name) <= 60 else f'{name[:59]}…'}”"
    meant = nearest_word(slug, articles)
    if meant is not None:
        return Finding(named.start, what, f"did you mean {meant}?")
    known = ", ".join(list(articles)[:5])
    mend = f"name a file of the article folder without its ending, such as {known}" if known else "add its file first"
    return Finding(named.start, what, mend)


def _as_the_article_has_it(prompt_set: PromptSet, article: Article) -> PromptSet:
    passages = [Passage(paragraph) for paragraph in article.paragraphs]
    return prompt_set.model_copy(
        update={
            "article": slug_of(prompt_set.article),
            "prompts": tuple(_canonical(prompt, passages) for prompt in prompt_set.prompts),
        }
    )


def _canonical(prompt: Prompt, passages: list[Passage]) -> Prompt:
    return prompt.model_copy(
        update={
            "excerpts": tuple(_own_words(excerpt, passages[excerpt.paragraph - 1]) for excerpt in prompt.excerpts),
            "stances": tuple(_with_emoji(stance) for stance in prompt.stances),
        }
    )


def _own_words(excerpt: Excerpt, passage: Passage) -> Excerpt:
    span = passage.find(excerpt.quote)
    return excerpt if span is None else excerpt.model_copy(update={"quote": passage.slice(span)})


def _with_emoji(stance: Stance) -> Stance:
    emoji = stance.emoji.strip()
    return stance.model_copy(update={"emoji": accepted(emoji) or emoji})

"""The head of the corpus page: what is in the store in a few large figures."""

from qa.overview.figures import Figures
from qa.web.corpus.pieces import number
from qa.web.words import Language, word


def tiles_html(figures: Figures, language: Language) -> str:
    """Return the title of the page with the figures, or what to do where there is nothing yet."""
    title = f'<h2 class="wj-title">{word("corpus_title", language)}</h2>'
    if not figures.documents:
        add = f'<a class="wj-small-button" href="/documents">{word("corpus_add", language)}</a>'
        return f'<div class="wj-top">{title}<p class="wj-lead">{word("corpus_empty", language)}</p>{add}</div>'
    counts = {
        "documents": figures.documents,
        "articles": figures.articles,
        "passages": figures.passages,
        "characters": figures.characters,
        "publishers": len(figures.publishers.names),
        "authors": len(figures.authors.names),
    }
    tiles = "".join(
        f"<div><dt>{word(f'tile_{name}', language)}</dt><dd>{number(count)}</dd></div>"
        for name, count in counts.items()
        if count
    )
    lead = f'<p class="wj-lead">{word("corpus_lead", language)}</p>'
    return f'<div class="wj-top">{title}{lead}<dl class="wj-tiles">{tiles}</dl></div>'

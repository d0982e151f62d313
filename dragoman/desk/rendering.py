"""Contexts -> HTML: the template environment, and what every page has around its context."""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import cache, lru_cache
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from fastapi import Request
from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape
from markupsafe import Markup, escape

from dragoman.desk.speech import LANGUAGES, Speech, chosen_language, speech
from dragoman.desk.views import article_link, cell_link, link_to
from dragoman.errors import DragomanError
from dragoman.table.values import in_digits

RENDERED = 64  # parts of pages kept for one table, each 250 kB at most


@cache
def _environment(language: str) -> Environment:
    environment = Environment(
        loader=FileSystemLoader(Path(__file__).parent / "templates"), autoescape=select_autoescape(),
        undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True, extensions=["jinja2.ext.i18n"],
    )  # fmt: skip
    spoken = speech(language)
    environment.install_gettext_callables(spoken.gettext, spoken.ngettext, newstyle=True)  # type: ignore[attr-defined]
    translated = _translator(spoken)
    environment.globals["_"] = translated
    environment.globals["kept"] = _keeper(environment, language)
    environment.filters["statements"] = lru_cache(maxsize=4096)(
        lambda count: spoken.ngettext("%(num)d statement", "%(num)d statements", count) % {"num": count}
    )
    environment.filters["translated"] = lambda words: [(word, translated(word)) for word in words]
    environment.filters["day"] = lambda text: isolated(spoken.day(text)) if text else ""
    environment.filters["name"] = isolated
    environment.filters["retold"] = spoken.retold
    environment.filters["reason"] = spoken.reason
    environment.filters["place"] = article_link
    environment.filters["place_of"] = link_to
    environment.filters["digits"] = in_digits
    environment.filters["named"] = lambda word, names: names.get(word, word)
    environment.filters["position"] = position
    environment.filters["json"] = as_json
    environment.globals["cell_link"] = cell_link
    return environment


def _translator(spoken: Speech) -> Callable[..., Markup]:
    """The template's `_`: a page asks for some hundred messages, most of them again and again."""

    @lru_cache(maxsize=4096)
    def message(text: str) -> Markup:
        return escape(spoken.gettext(text))

    def translated(text: str, /, **values: object) -> Markup:
        return message(text) % values if values else message(text)

    return translated


def _keeper(environment: Environment, language: str) -> Callable[[Any, str], Markup]:
    """Renders a part of a page of a table once: the table never changes, and its cells are most of the page."""

    def kept(page: Any, template: str) -> Markup:
        key = (language, template, *page.choice)
        if key not in page.rendered:
            if len(page.rendered) >= RENDERED:
                page.rendered.clear()
            page.rendered[key] = environment.get_template(template).render(page=page)
        return Markup(page.rendered[key])

    return kept


def isolated(text: object) -> Markup:
    """A name or quotation that keeps its own direction inside any sentence."""
    return Markup(f"<bdi>{escape('' if text is None else text)}</bdi>")


def position(days: list[str], day: str | None) -> int:
    """Where a day stands on the slider: at the last day of coverage that is not after it."""
    return max(0, sum(d <= day for d in days) - 1) if day else len(days) - 1


def as_json(value: object) -> str:
    """A value as JSON text, to be escaped like any other."""
    return json.dumps(value, ensure_ascii=False)


def spoken(request: Request) -> Speech:
    """The language this request is answered in."""
    return speech(chosen_language(request.cookies.get("language"), request.headers.get("accept-language", "")))


def navigation(_: Any) -> list[tuple[str, str, str]]:
    """(address, name, key) of the pages in the bar."""
    return [
        ("/", _("Table"), "t"), ("/queue", _("Queue"), "q"), ("/articles", _("Articles"), ""),
        ("/conditions", _("Conditions"), ""), ("/calendar", _("Calendar"), ""), ("/figures", _("Figures"), ""),
        ("/disagreements", _("Disagreements"), ""), ("/sources", _("Sources"), ""), ("/networks", _("Networks"), ""),
        ("/outlook", _("Outlook"), ""), ("/brief", _("Brief"), ""), ("/add", _("Add coverage"), ""),
        ("/settings", _("Settings"), ""),
    ]  # fmt: skip


def key_list(_: Any) -> list[tuple[str, str]]:
    """(key, meaning) of every key the desk knows."""
    return [
        ("?", _("Show the keys")), ("j", _("Next statement")), ("k", _("Previous statement")),
        ("n", _("Next unreviewed one")), ("a", _("Accept")), ("r", _("Reject")), ("e", _("Correct")),
        ("m", _("Add a missed statement")), ("1", _("Selected words are the source")),
        ("2", _("Selected words are the cue")), ("3", _("Selected words are the content")), ("u", _("Undo")),
        ("U", _("Redo")), ("/", _("Search")), ("t", _("Table")), ("q", _("Queue")),
    ]  # fmt: skip


def render(
    request: Request, template: str, page: object, *, message: str | DragomanError = "", error: bool = False
) -> str:
    """The page as HTML in the language of the request; the message is told in it too."""
    language = spoken(request)
    text = language.complaint(message) if message else _done(request, language)
    back = request.url.path + (f"?{request.url.query}" if request.url.query else "")
    return _environment(language.language).get_template(template).render(
        page=page, speech=language, languages=LANGUAGES, navigation=navigation(language.gettext),
        keys=key_list(language.gettext), here=request.url.path, back=back,
        words=request.query_params.get("words", ""), decided=request.query_params.get("done", ""),
        person=getattr(request.state, "person", ""),
        message={"text": text, "error": error} if text else None,
    )  # fmt: skip


def _done(request: Request, language: Speech) -> str:
    done, left = request.query_params.get("done", ""), request.query_params.get("left", "")
    told = [language.gettext("Kept as decision %(id)s.") % {"id": done}] if done.isalnum() else []
    if left.isdecimal() and len(left) < 6:
        told.append(
            language.gettext("Left as they are, because they cannot be decided so: %(count)s.") % {"count": left}
        )
    return " ".join(told)


def error_page(request: Request, status: int, found: str | DragomanError) -> str:
    """An error as a page: what happened, and the way back."""
    came = urlsplit(request.headers.get("referer", ""))
    own = came.netloc == request.headers.get("host") and came.path != request.url.path
    back = came.path + (f"?{came.query}" if came.query else "") if own else ""
    return render(request, "error.html", {"status": status, "back": back}, message=found, error=True)

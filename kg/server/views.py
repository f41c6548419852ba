"""The pages, as a list: an address, and the job that makes what is shown there. Other packages add theirs."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from starlette.requests import Request

from kg.query.saved import SavedQuery
from kg.server.explorer import Data, Explorer, Found
from kg.server.jobs import Job
from kg.server.pages import About, Card, Console, Saved


@dataclass(frozen=True, slots=True)
class View:
    """A page at an address (as Starlette writes them: `/page/{path:path}`), made in a process of its own.

    `job` makes it from a request, in a language if the request names none. What is `explored` is made by the
    process that keeps the explorer's content. A page that says itself what a browser may load is `inline`.
    """

    path: str
    job: Callable[[Request, str], Job]
    explored: bool = False
    inline: bool = False


def language(request: Request, default: str) -> str:
    """The language that an address asks for by `?lang=`."""
    asked = request.query_params.get("lang", default)
    return asked if asked in ("zh", "en") else default


def _saved(request: Request) -> Mapping[str, SavedQuery]:
    """The saved queries of the application, by name."""
    saved: Mapping[str, SavedQuery] = request.app.state.queries
    return saved


VIEWS: tuple[View, ...] = (
    View("/", lambda r, lang: Explorer(language(r, lang), r.query_params.get("focus")), True, inline=True),
    View(
        "/data/{name}", lambda r, _: Data(r.path_params["name"], tuple(r.query_params.items())), explored=True
    ),
    View("/about", lambda request, lang: About(language(request, lang))),
    View("/query", lambda r, lang: Console(language(r, lang), tuple(_saved(r).values()))),
    View("/search", lambda r, lang: Found(r.query_params.get("q", ""), language(r, lang)), explored=True),
    View(
        "/saved/{name}",
        lambda r, _: Saved(_saved(r).get(r.path_params["name"]), tuple(r.query_params.multi_items())),
    ),
    View("/page/{path:path}", lambda r, lang: Card(r.path_params["path"], language(r, lang))),
)

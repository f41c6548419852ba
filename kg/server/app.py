"""The web application: which address is answered by what."""

from __future__ import annotations

import asyncio
import hmac
import re
from collections.abc import AsyncIterator, Coroutine, Mapping, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from functools import partial
from importlib.resources import files

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.middleware.cors import CORSMiddleware
from starlette.requests import Request
from starlette.responses import HTMLResponse, PlainTextResponse, RedirectResponse, Response
from starlette.routing import BaseRoute, Mount, Route
from starlette.staticfiles import StaticFiles

from kg.query.saved import SavedQuery, saved_queries
from kg.server import explorer, protocol
from kg.server.description import Service, Void
from kg.server.formats import GRAPHS, pick
from kg.server.guard import Guard
from kg.server.jobs import Job
from kg.server.limits import Limits
from kg.server.pages import waiting_page
from kg.server.pool import Answer, Pool
from kg.server.refusal import Refusal
from kg.server.replies import Reply
from kg.server.resources import Ontology, Resource, address, form_of
from kg.server.source import Source
from kg.server.sparql import Query, Update
from kg.server.views import VIEWS, View, language

_BEARER = re.compile(r"bearer +(\S+) *", re.IGNORECASE)
_PAGE = "text/html"
_SOON = 3


@dataclass(frozen=True, slots=True)
class Options:
    """What is served: the graph at `source` (a folder, or elsewhere), in the language `lang` where pages have one.

    Updates are allowed to whoever has the `token`; without one, to nobody. `queries` are offered as examples, by
    name. `views` are pages, the first that fits an address.
    """

    source: Source
    limits: Limits = field(default_factory=Limits)
    token: str | None = None
    lang: str = "zh"
    queries: Mapping[str, SavedQuery] = field(default_factory=saved_queries)
    views: Sequence[View] = VIEWS


def make_app(options: Options) -> Starlette:
    """The application. It starts its processes with the lifespan of the server that runs it."""
    site = _Site(options)
    routes: list[BaseRoute] = [
        Route("/sparql", site.sparql, methods=["GET", "POST"], name="sparql"),
        Route("/.well-known/void", site.void),
        Route("/void", site.void, name="void"),
        Route("/ontology", site.ontology, name="ontology"),
        Route("/id/{path:path}", site.identified, name="id"),
        Route("/rdf/{path:path}", site.data, name="rdf"),
        Mount("/assets", StaticFiles(directory=str(files("kg.server") / "assets")), name="assets"),
        *(Route(view.path, partial(site.view, view)) for view in options.views),
    ]
    cross_origin = Middleware(
        CORSMiddleware,
        allow_origins=["*"],
        allow_methods=["GET", "HEAD", "POST"],
        allow_headers=["Accept", "Content-Type"],  # not Authorization: no page of another site may update
        expose_headers=["Retry-After"],
    )
    app = Starlette(
        routes=routes,
        middleware=[Middleware(Guard, limits=options.limits), cross_origin],
        exception_handlers={Refusal: site.refused, HTTPException: site.failed, Exception: site.broken},
        lifespan=site.lifespan,
    )
    app.state.queries = options.queries
    return app


class _Site:
    """What the addresses are answered with. Pages have processes of their own, so that no query keeps them out."""

    def __init__(self, options: Options) -> None:
        self._options = options
        limits, source = options.limits, options.source
        self._queries = Pool(source, limits, size=limits.workers, seconds=limits.seconds, turn=limits.turn)
        self._pages = Pool(source, limits, size=2, seconds=limits.seconds, memory=2 * limits.memory)
        self._explorer = Pool(
            source, limits, size=1, seconds=limits.seconds, memory=4 * limits.memory, prepare=explorer.prepare
        )
        self._updates = (
            Pool(source, limits, size=1, seconds=limits.update_seconds, memory=4 * limits.memory)
            if options.token
            else None
        )

    @asynccontextmanager
    async def lifespan(self, app: Starlette) -> AsyncIterator[None]:
        async with AsyncExitStack() as stack:
            for pool in (self._queries, self._pages, self._explorer, self._updates):
                if pool is not None:
                    stack.push_async_callback(pool.stop)
                    await pool.start()
            yield

    async def sparql(self, request: Request) -> Response:
        asked = await protocol.operation(request, self._options.limits, partial(self._may_update, request))
        accept = request.headers.get("accept", "*/*")
        base = str(request.url_for("sparql"))
        if asked is None:
            if pick(accept, {**GRAPHS, _PAGE: None}) == _PAGE:
                return RedirectResponse("/query", 303, {"Vary": "Accept"})
            return await self._reply(request, self._pages, Service(base, self._updates is not None, accept))
        if asked.is_update:
            assert self._updates is not None
            update = Update(asked.text, asked.default, asked.named, base)
            await self._reply(request, self._updates, update)
            return Response(status_code=204)
        return await self._reply(
            request, self._queries, Query(asked.text, asked.default, asked.named, base, accept)
        )

    async def void(self, request: Request) -> Response:
        accept = request.headers.get("accept", "*/*")
        return await self._reply(request, self._pages, Void(str(request.base_url), accept))

    async def ontology(self, request: Request) -> Response:
        return await self._reply(request, self._pages, Ontology(request.headers.get("accept", "*/*")))

    async def identified(self, request: Request) -> Response:
        """A thing is no document: the one who asks is sent on to the document about it that fits best."""
        media_type = pick(request.headers.get("accept", "*/*"), {_PAGE: None, **GRAPHS})
        path = request.path_params["path"]
        target = address(path, None if media_type == _PAGE else GRAPHS[media_type][0].ending)
        return RedirectResponse(target, 303, {"Vary": "Accept"})

    async def data(self, request: Request) -> Response:
        path, media_type = form_of(request.path_params["path"])
        return await self._reply(request, self._pages, Resource(path, media_type))

    async def view(self, view: View, request: Request) -> Response:
        job = view.job(request, self._options.lang)
        if view.explored and not self._explorer.ready:
            return self._preparing(request)
        reply = await self._reply(request, self._explorer if view.explored else self._pages, job)
        if view.inline:
            reply.headers["Content-Security-Policy"] = (
                "frame-ancestors 'none'"  # which no page can say itself
            )
        return reply

    def _preparing(self, request: Request) -> Response:
        """What is shown while the explorer's content is worked out, which takes long for a large graph."""
        if request.url.path.startswith("/data/"):
            raise Refusal(503, "the explorer is being prepared; try again", _SOON)
        lang = language(request, self._options.lang)
        return HTMLResponse(waiting_page(lang), 503, {"Retry-After": str(_SOON)})

    async def refused(self, request: Request, refusal: Exception) -> Response:
        assert isinstance(refusal, Refusal)
        headers = {} if refusal.retry_after is None else {"Retry-After": str(refusal.retry_after)}
        if refusal.status == 401:
            headers["WWW-Authenticate"] = 'Bearer realm="updates"'
        if refusal.status == 405:
            headers["Allow"] = "POST"
        return PlainTextResponse(f"{refusal}\n", refusal.status, headers)

    async def failed(self, request: Request, error: Exception) -> Response:
        assert isinstance(error, HTTPException)
        return PlainTextResponse(f"{error.detail}\n", error.status_code, error.headers)

    async def broken(self, request: Request, error: Exception) -> Response:
        return PlainTextResponse("this request could not be answered\n", 500)

    async def _reply(self, request: Request, pool: Pool, job: Job) -> Response:
        """The answer to a job, which ends when the one who asked has gone."""
        client = request.client.host if request.client else ""
        answer = await _while_there(request, pool.run(job, client))
        return Reply(answer, self._options.limits)

    def _may_update(self, request: Request) -> None:
        if self._options.token is None:
            raise Refusal(403, "updates are not allowed here")
        given = _BEARER.fullmatch(request.headers.get("authorization", ""))
        if not given:
            raise Refusal(401, "an update needs the token of this server, as: Authorization: Bearer TOKEN")
        if not hmac.compare_digest(given[1].encode("latin-1"), self._options.token.encode("utf-8")):
            raise Refusal(401, "the token is not that of this server")


async def _while_there(request: Request, work: Coroutine[None, None, Answer]) -> Answer:
    """What the work comes to; it is cancelled when the one who asked hangs up."""
    working = asyncio.ensure_future(work)
    leaving = asyncio.ensure_future(_gone(request))
    try:
        await asyncio.wait((working, leaving), return_when=asyncio.FIRST_COMPLETED)
        if not working.done():
            raise Refusal(499, "the one who asked has gone")
        return working.result()
    finally:
        leaving.cancel()
        working.cancel()


async def _gone(request: Request) -> None:
    while (await request.receive())["type"] != "http.disconnect":
        pass

"""Who may speak to the room's server: this computer's own browser, on the room's own page, and nobody else."""

from aiohttp import web
from aiohttp.typedefs import Handler, Middleware

HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self' {socket}; "
        "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "no-store",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}


def guard(port: int) -> Middleware:
    """The middleware that keeps other sites' pages out.

    Host must name the loopback address and our port, so that a foreign name which resolves to it (DNS rebinding) finds
    nothing. Whatever acts (a WebSocket, anything but GET) must come from our own page, by its Origin.
    """
    hosts = {f"127.0.0.1:{port}", f"localhost:{port}"}
    own = {f"http://{host}" for host in hosts}

    @web.middleware
    async def check(request: web.Request, handler: Handler) -> web.StreamResponse:
        if request.headers.get("Host", "") not in hosts:
            return _dressed(web.Response(status=421, text="This room only answers on its own address."), port)
        acts = request.method not in {"GET", "HEAD"} or "Upgrade" in request.headers
        if acts and request.headers.get("Origin") not in own:
            return _dressed(web.Response(status=403, text="Only the room's own page may do that."), port)
        try:
            response = await handler(request)
        except web.HTTPException as error:
            # aiohttp raises its answers for unknown paths and methods; they are answers all the same.
            return _dressed(web.Response(status=error.status, text="There is nothing here."), port)
        return _dressed(response, port)

    return check


def _dressed(response: web.StreamResponse, port: int) -> web.StreamResponse:
    if not response.prepared:
        for name, value in HEADERS.items():
            response.headers[name] = value.format(socket=f"ws://127.0.0.1:{port} ws://localhost:{port}")
    return response

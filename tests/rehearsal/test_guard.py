"""Another site's page can neither read nor act; a wrong address finds nothing; bad input is answered."""

import json
from pathlib import Path

import pytest
from aiohttp import ClientResponse, WSMsgType, WSServerHandshakeError

from bot.rehearsal.room import open_room
from bot.rehearsal.server import PortTakenError
from tests.rehearsal.gallery import GalleryBot
from tests.rehearsal.visiting import OpenRoom, RefusedAskError, opened


async def get(room: OpenRoom, path: str, **headers: str) -> tuple[ClientResponse, str]:
    async with room.session.get(room.base + path, headers=headers) as response:
        return response, await response.text()


@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1", "127.0.0.1:1", "localhost", ""])
async def test_a_foreign_host_is_refused(room: OpenRoom, host: str) -> None:
    path = room.links["Alex"].removeprefix(room.base)
    response, text = await get(room, path, Host=host)
    assert response.status in {400, 421}
    assert "<html" not in text


@pytest.mark.parametrize("origin", ["http://evil.example", "null", "http://127.0.0.1", "https://{host}", None])
async def test_a_foreign_origin_gets_no_socket(room: OpenRoom, origin: str | None) -> None:
    host = room.base.removeprefix("http://")
    headers = {} if origin is None else {"Origin": origin.format(host=host)}
    with pytest.raises(WSServerHandshakeError) as refused:
        await room.session.ws_connect(f"{room.links['Alex']}/socket", headers=headers)
    assert refused.value.status == 403


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "OPTIONS"])
async def test_nothing_but_reading_is_served(room: OpenRoom, method: str) -> None:
    for origin, status in (("http://evil.example", 403), (room.base, 405)):
        async with room.session.request(method, room.links["Alex"], headers={"Origin": origin}) as response:
            assert response.status == status
            assert "Access-Control-Allow-Origin" not in response.headers


@pytest.mark.parametrize("path", ["/p/", "/p/wrong", "/p/wrong/socket", "/o/wrong", "/page/../server.py", "/nothing"])
async def test_an_unknown_address_looks_like_any_other(room: OpenRoom, path: str) -> None:
    response, text = await get(room, path, Origin=room.base)
    assert (response.status, text) == (404, "There is nothing here.")


async def test_pages_and_sources_tell_no_secret(room: OpenRoom) -> None:
    secrets = [url.rsplit("/", 1)[-1] for url in room.links.values()]
    _, front = await get(room, "/")
    _, page = await get(room, room.links["Alex"].removeprefix(room.base))
    async with room.page("Alex") as alex:
        told = json.dumps(alex.told)
    assert not [secret for secret in secrets for text in (front, page, told) if secret in text]


async def test_only_the_operators_page_lists_the_links(room: OpenRoom) -> None:
    _, listed = await get(room, room.links["All links"].removeprefix(room.base))
    assert all(url in listed for name, url in room.links.items() if name != "All links")


async def test_every_answer_is_dressed(room: OpenRoom) -> None:
    for path in ("/", room.links["Alex"].removeprefix(room.base), "/page/main.js", "/nothing"):
        response, _ = await get(room, path)
        policy = response.headers["Content-Security-Policy"]
        assert "default-src 'none'" in policy
        assert "unsafe" not in policy
        assert response.headers["X-Content-Type-Options"] == "nosniff"
        assert response.headers["Referrer-Policy"] == "no-referrer"
        assert response.headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "{",
        "[]",
        "null",
        '{"op": "send"}',
        '{"op": "fly", "id": 77}',
        '{"op": "send", "id": 77, "channel": "x", "content": "y"}',
        '{"op": "history", "id": 77, "channel": 5}',
        '{"op": "send", "id": 77, "channel": "1", "content": "y", "more": 1}',
        "[" * 20000,
    ],
)
async def test_what_is_not_understood_is_answered(room: OpenRoom, text: str) -> None:
    async with room.page("Alex") as alex:
        await alex.socket.send_str(text)
        answer = await alex.wait("answer")
        assert answer["ok"] is False
        assert answer["why"] == "The room did not understand that."
        assert await alex.ask("history", channel=alex.channel("debate")) == []


async def test_channels_and_messages_that_are_not_there(room: OpenRoom) -> None:
    async with room.page("Alex") as alex:
        with pytest.raises(RefusedAskError, match="not possible"):
            await alex.ask("history", channel="1")
        with pytest.raises(RefusedAskError, match="not possible"):
            await alex.ask("click", channel="1", message="2", custom_id="x")


async def test_what_is_too_large_ends_the_page_and_not_the_room(room: OpenRoom) -> None:
    async with room.session.ws_connect(f"{room.links['Alex']}/socket", headers={"Origin": room.base}) as socket:
        await socket.send_str("x" * 70_000)
        kinds = [message.type async for message in socket]
        assert set(kinds) <= {WSMsgType.TEXT}
        assert socket.close_code == 1009
    async with room.page("Alex") as alex:
        assert await alex.ask("history", channel=alex.channel("debate")) == []


async def test_a_taken_port_is_told_in_one_sentence(room: OpenRoom, tmp_path: Path) -> None:
    port = int(room.base.rpartition(":")[2])
    with pytest.raises(PortTakenError, match=rf"^Port {port} of 127.0.0.1 cannot be used \(.+\); choose another"):
        await open_room(GalleryBot, world=tmp_path / "other.json", port=port, announce=lambda _links: None)


async def test_only_the_loopback_address_listens(world: Path) -> None:
    async with opened(world) as room:
        assert all(url.startswith("http://127.0.0.1:") for url in room.links.values())

"""Nobody else is called: not by the browser, not by the server."""

from urllib.parse import urlsplit

import psutil
from playwright.sync_api import expect

from tests.browser.serving import process
from tests.browser.walking import PAGES, count_line, go_to, visit


def test_no_page_asks_another_host_and_the_server_connects_to_nobody(page):
    hosts, outward = set(), set()
    page.on("request", lambda request: hosts.add(urlsplit(request.url).netloc))
    page.on("websocket", lambda socket: hosts.add(urlsplit(socket.url).netloc))
    with process() as (address, pid):
        visit(page, address)
        for name in PAGES:
            go_to(page, name)
            expect(count_line(page)).to_be_visible()
            outward |= connections(pid, int(address.rsplit(":", 1)[1]))
        page.frame_locator("iframe")
        visit(page, f"{address}/records?id=M-0105")
        outward |= connections(pid, int(address.rsplit(":", 1)[1]))
    assert hosts - {""} == {urlsplit(address).netloc}
    assert outward == set()


def connections(pid: int, own_port: int) -> set[str]:
    """List what the server is connected to, readers on its own port left out."""
    return {
        f"{c.raddr.ip}:{c.raddr.port}"
        for c in psutil.Process(pid).net_connections(kind="inet")
        if c.raddr and c.laddr.port != own_port
    }

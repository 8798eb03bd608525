"""What a first visit takes on a slow link: bytes over the wire, and time until anything is read.

Each page as `streamlit run` serves it, as it is served beside the other doors (`python -m web`),
and its light twin; in a browser that has nothing, at 400 kbit/s with 400 ms:
`python -m benchmarks.visit`, some five minutes, most of them of waiting for the first kind.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import Browser, Page, sync_playwright

from tests.browser.serving import CHROMIUM, FLAGS, served

PAGES = ("", "map", "trends")
KBIT, LATENCY = 400, 400
PAINTED = """
() => new Promise(found => new PerformanceObserver((list, self) => {
  const first = list.getEntriesByName("first-contentful-paint")[0];
  if (first) { self.disconnect(); found(first.startTime); }
}).observe({ type: "paint", buffered: true }))
"""


@contextmanager
def visited(browser: Browser, *, slow: bool) -> Iterator[tuple[Page, list[int]]]:
    """Open a tab that has nothing; give it with the bytes that it gets."""
    context = browser.new_context(viewport={"width": 390, "height": 844})
    page, got = context.new_page(), [0]
    session = context.new_cdp_session(page)
    session.send("Network.enable")
    session.on("Network.loadingFinished", lambda e: got.append(int(e["encodedDataLength"])))
    session.on(
        "Network.webSocketFrameReceived",
        lambda e: got.append(len(e["response"]["payloadData"]) * 3 // 4),
    )
    if slow:
        rate = KBIT * 1000 / 8
        limits = {"downloadThroughput": rate, "uploadThroughput": rate, "latency": LATENCY}
        session.send("Network.emulateNetworkConditions", {"offline": False, **limits})
    yield page, got
    context.close()


def weighed(browser: Browser, address: str) -> int:
    """Give the bytes of a first visit, all that is loaded until the page is at rest."""
    with visited(browser, slow=False) as (page, got):
        page.goto(address, wait_until="networkidle")
        return sum(got)


def painted(browser: Browser, address: str) -> float:
    """Give the seconds until the first words or pictures are seen."""
    with visited(browser, slow=True) as (page, _):
        page.goto(address, wait_until="commit", timeout=120_000)
        return float(page.evaluate(PAINTED)) / 1000


def main() -> None:
    """Print a row for each page."""
    with (
        sync_playwright() as playwright,
        served("dashboard.py") as alone,
        served() as beside,
    ):
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        for path in PAGES:
            found = {
                "streamlit run": f"{alone}/{path}",
                "python -m web": f"{beside}/{path}",
                "light": f"{beside}/light/{path}",
            }
            for name, address in found.items():
                weighed(browser, address)  # the first visitor of a process waits for it to wake up
                kb, seconds = weighed(browser, address) / 1000, painted(browser, address)
                print(f"/{path:8} {name:14} {kb:8.0f} KB {seconds:7.1f} s", flush=True)
        browser.close()


if __name__ == "__main__":
    main()

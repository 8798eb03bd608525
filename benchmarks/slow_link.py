"""What a first visit takes on a slow link: bytes over the wire, and time until anything is read.

Each page as `streamlit run` serves it, as it is served beside the other doors (`python -m web`),
and its light twin; in a browser that has nothing, at 400 kbit/s with 400 ms:
`python -m benchmarks --only slow_link`, some five minutes, most of them of waiting for the first.
"""

from playwright.sync_api import Browser, CDPSession, Page, sync_playwright

from benchmarks import servers
from benchmarks.timing import tab
from tests.browser.serving import CHROMIUM, FLAGS

PAGES = ("", "map", "trends")
KBIT, LATENCY = 400, 400
PAINTED = """
() => new Promise(found => new PerformanceObserver((list, self) => {
  const first = list.getEntriesByName("first-contentful-paint")[0];
  if (first) { self.disconnect(); found(first.startTime); }
}).observe({ type: "paint", buffered: true }))
"""


def weighed(browser: Browser, address: str) -> int:
    """Give the bytes of a first visit, all that is loaded until the page is at rest."""
    page, session = _tab(browser)
    got: list[int] = []
    session.on("Network.loadingFinished", lambda e: got.append(int(e["encodedDataLength"])))
    session.on(
        "Network.webSocketFrameReceived",
        lambda e: got.append(len(e["response"]["payloadData"]) * 3 // 4),
    )
    page.goto(address, wait_until="networkidle")
    page.context.close()
    return sum(got)


def painted(browser: Browser, address: str) -> float:
    """Give the seconds until the first words or pictures are seen."""
    page, session = _tab(browser)
    rate = KBIT * 1000 / 8
    limits = {"downloadThroughput": rate, "uploadThroughput": rate, "latency": LATENCY}
    session.send("Network.emulateNetworkConditions", {"offline": False, **limits})
    page.goto(address, wait_until="commit", timeout=120_000)
    seconds = float(page.evaluate(PAINTED)) / 1000
    page.context.close()
    return seconds


def _tab(browser: Browser) -> tuple[Page, CDPSession]:
    page = tab(browser)
    session = page.context.new_cdp_session(page)
    session.send("Network.enable")
    return page, session


def main() -> None:
    """Print a row for each page."""
    with (
        sync_playwright() as playwright,
        servers.streamlit("dashboard.py") as (alone, _),
        servers.beside() as (beside, _),
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

"""The one clock of all benchmarks in a browser: a first visit and a filter change, until settled.

A visit begins with the navigation, a change with the last key or click of a reader. Settled is the
last change of the document or of a frame in it, the last drawing on a WebGL canvas, or the end of
the last long task, whichever is later, after which nothing moves for 300 ms; by then the number
that the page tells is another one, what it draws is there, and no script runs. What screen readers
were told is taken out of the document seven seconds later and is no part of it. What a page draws
on a canvas of two dimensions in less than 50 ms is not seen, to its advantage.
"""

from collections.abc import Callable
from dataclasses import dataclass

from playwright.sync_api import Browser, Page

LIMIT = 60.0
"""Seconds after which a page is told not to have finished."""
WATCH = """
(() => {
  const top = window.top, now = () => performance.timeOrigin + performance.now();
  const moved = at => { top.__last = Math.max(top.__last || 0, at); };
  const said = change => change.target.parentElement?.closest("[data-live-announcer]");
  new MutationObserver(changes => { if (!changes.every(said)) moved(now()); }).observe(
    document, {subtree: true, childList: true, attributes: true, characterData: true});
  new PerformanceObserver(list => {
    for (const task of list.getEntries())
      moved(performance.timeOrigin + task.startTime + task.duration);
  }).observe({type: "longtask", buffered: true});
  window.addEventListener("load", () => setTimeout(() => moved(now())));
  for (const kind of ["keydown", "click"])
    window.addEventListener(kind, () => {
      top.sessionStorage.setItem("begun", now());
      top.__asked = top.__heard = 0;
    }, true);
  window.WebSocket = class extends window.WebSocket {
    constructor(...how) {
      super(...how);
      this.addEventListener("message", () => { top.__heard = now(); });
    }
    send(...what) {
      top.__asked ||= now();
      super.send(...what);
    }
  };
  for (const { prototype } of [window.WebGLRenderingContext, window.WebGL2RenderingContext])
    for (const name of Object.getOwnPropertyNames(prototype).filter(n => n.startsWith("draw"))) {
      const drawn = Object.getOwnPropertyDescriptor(prototype, name).value;
      if (drawn) prototype[name] = function (...how) { moved(now()); drawn.apply(this, how); };
    }
})()
"""
BEGUN = "Number(sessionStorage.getItem('begun'))"
HEARD = "[window.__asked, window.__heard]"
STILL = """
([count, drawn, before]) => {
  const has = (each, what) => each && (each.querySelector(what) ||
    [...each.querySelectorAll("iframe")].some(frame => has(frame.contentDocument, what)));
  const now = performance.timeOrigin + performance.now(), state =
    document.querySelector('[data-testid="stApp"]')?.dataset.testScriptState ?? "notRunning";
  const told = document.querySelector(count)?.innerText;
  const begun = Number(sessionStorage.getItem("begun"));
  return document.readyState === "complete" && told && told !== before &&
    window.__last > begun && now - window.__last > 300 && state === "notRunning" &&
    has(document, drawn) && !has(document, '[data-testid="stSkeleton"]') &&
    !has(document, '[data-dash-is-loading="true"]') &&
    !has(document, ".leaflet-zoom-anim .leaflet-zoom-animated:not(:first-child)");
}
"""


@dataclass(frozen=True)
class Seen:
    """By what it is seen that a page is there: selectors of its number and of what it draws."""

    count: str
    drawn: str


def tab(browser: Browser) -> Page:
    """Open a tab that has nothing, in a session of its own, and that is watched."""
    context = browser.new_context(viewport={"width": 1440, "height": 900}, ignore_https_errors=True)
    context.add_init_script(WATCH)
    return context.new_page()


def visit(page: Page, address: str, seen: Seen, limit: float = LIMIT) -> float:
    """Open a page; give the seconds until it is settled. Raises Playwright's error after limit."""
    page.set_default_timeout(limit * 1000)
    page.goto(address, wait_until="commit")
    return _settled(page, seen, "") - float(page.evaluate("performance.timeOrigin")) / 1000


def change(page: Page, seen: Seen, gesture: Callable[[], None]) -> float:
    """Do what a reader does; give the seconds until it is settled, with the limit of the visit."""
    before = page.locator(seen.count).first.inner_text()
    gesture()
    return _settled(page, seen, before) - float(page.evaluate(BEGUN)) / 1000


def steps(page: Page) -> tuple[float, float] | None:
    """Give the seconds from the last gesture until the page asked its server, and heard it last.

    None where it did so by another way than a websocket.
    """
    begun, (asked, heard) = float(page.evaluate(BEGUN)), page.evaluate(HEARD)
    return ((asked - begun) / 1000, (heard - begun) / 1000) if asked and heard else None


def _settled(page: Page, seen: Seen, before: str) -> float:
    """Wait until a page tells another number and is settled; give when that was."""
    page.wait_for_function(STILL, arg=[seen.count, seen.drawn, before], polling=50)
    return float(page.evaluate("window.__last")) / 1000

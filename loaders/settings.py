"""Where this copy of the dashboard stands and who answers for it: the one settings place.

Every setting is an environment variable with a default that works; `make docs` lists them in the
README.
"""

import logging
import os
import re
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from urllib.parse import quote, urlsplit, urlunsplit

HOME = Path(__file__).parent.parent
LOOPBACK = re.compile(r"(localhost|127(\.[0-9]{1,3}){3}|\[::1\])(:[0-9]{1,5})?")
WEB = re.compile(r"https?://[^\s<>\"'\\/?#@]+([/?#][^\s<>\"'\\]*)?", re.IGNORECASE)
"""What is an address of a page elsewhere: it stands in links and in a script."""
EMPTY = "/exit"
"""The path of the page without content to which leaving leads where no other is set."""
LARGEST = 20 * 2**20
"""Bytes that a workbook, an archive or a file of JSON may have which a keeper hands over."""
STEPS = ("add", "replace")
"""What may become of a step in the browser's history."""
LOG = logging.getLogger(__name__)


class BadSetting(ValueError):
    """A setting that cannot be: nothing starts with it."""


@dataclass(frozen=True)
class Setting:
    """One environment variable: its name, what it is, and what holds where it is not set."""

    variable: str
    about: str
    default: str = ""

    def value(self) -> str:
        """Read it now."""
        return os.environ.get(self.variable, "").strip() or self.default


DATA = Setting(
    "INCIDENTS_DATA", "folder of another data package of the same shape", str(HOME / "data")
)
INCIDENTS_URL = Setting(
    "INCIDENTS_URL",
    "database of releases that is shown in place of the folder, such as "
    "`postgresql://incidents_reader@localhost/incidents` or `sqlite:////srv/incidents.db`; see "
    "[docs/database.md](docs/database.md)",
)
KEEPER_URL = Setting(
    "KEEPER_URL",
    "the keeper's own database, for what is never published: cases that wait (`python -m keeper "
    "store`) and keys; `python -m web` does not start with it, and no command of the keeper goes "
    "on if it is that of INCIDENTS_URL",
)
PUBLIC_URL = Setting(
    "PUBLIC_URL",
    "address under which readers know this copy; links and citations use it. Without it they name "
    "the host that a reader asked for, if that is this machine or allowed, and else none",
)
ALLOWED_HOSTS = Setting(
    "ALLOWED_HOSTS",
    "hosts that links may name without PUBLIC_URL, with their port if they have one, separated by "
    "commas",
)
ORGANISATION = Setting(
    "ORGANISATION", "who publishes this copy, if not who publishes the data; citations use it"
)
TRUSTED_PROXIES = Setting(
    "TRUSTED_PROXIES",
    "addresses of the proxies whose `X-Forwarded-…` headers count, separated by commas",
)
METRICS = Setting(
    "METRICS",
    "where numbers of requests are offered to Prometheus, such as `127.0.0.1:9109`, on a port that "
    "no reader reaches",
)
BESIDE = Setting(
    "BESIDE",
    "yes where light pages, API and feeds stand beside the pages, which then link to them: "
    "`python -m web` sets it",
)
CHECK = Setting(
    "CHECK",
    "on where keepers may hand over files on the page `/check`, which are not safe to publish yet; "
    "`python -m web` sets it where nobody but this machine can reach the page",
)
AT_ONCE = Setting(
    "AT_ONCE",
    "how many pages one process draws at the same time before it asks new readers to take the "
    "light page or come back (503 with `Retry-After`); it holds 20 times as many sessions, and "
    "lets 4 times as many requests to light pages and API wait",
    "24",
)
EXIT_URL = Setting(
    "EXIT_URL",
    "where “Leave quickly” leads, such as `https://example.org/weather`; without it to an empty "
    "page of this copy, of which the address bar still names the host",
)
HISTORY = Setting(
    "HISTORY",
    "`replace` where a step of a reader takes the place of the one before, so that Back leads out, "
    "or `add`; every reader can choose the other for a tab on `/reader-safety`",
    "add",
)
CONTACT = Setting("CONTACT", "where corrections go; without it the page says that none is set")


@dataclass(frozen=True)
class Settings:
    """The deployment: data directory, databases, public address, hosts, contact, and so on.

    Raises `BadSetting`.
    """

    data: Path = field(default_factory=lambda: Path(DATA.value()))
    database: str = field(default_factory=INCIDENTS_URL.value, repr=False)
    keeper_url: str = field(default_factory=KEEPER_URL.value, repr=False)
    public_url: str = field(default_factory=lambda: _in_ascii(PUBLIC_URL.value().rstrip("/")))
    allowed_hosts: tuple[str, ...] = field(default_factory=lambda: _listed(ALLOWED_HOSTS))
    organisation: str = field(default_factory=ORGANISATION.value)
    contact: str = field(default_factory=CONTACT.value)
    trusted_proxies: tuple[str, ...] = field(default_factory=lambda: _listed(TRUSTED_PROXIES))
    metrics: str = field(default_factory=METRICS.value)
    beside: bool = field(default_factory=lambda: bool(BESIDE.value()))
    check: bool = field(default_factory=lambda: CHECK.value() == "on")
    at_once: int = field(default_factory=lambda: _at_once())
    exit_url: str = field(default_factory=lambda: _exit())
    history: str = field(default_factory=lambda: _history())

    def exit(self, base: str, *, beside: bool) -> str:
        """Say where a reader who leaves is led: elsewhere, or to an empty page.

        `base` is the path of this copy, which has an empty page of its own where its doors of
        plain HTTP stand `beside` the pages.
        """
        return self.exit_url or (f"{base}{EMPTY}" if beside else "about:blank")

    def known_here_alone(self, address: str) -> bool:
        """Say whether nobody but this machine can reach what is served at an address.

        It is one of this machine's own, and nothing says that a proxy leads others to it.
        """
        leads = self.public_url or self.allowed_hosts or self.trusted_proxies
        return (address == "::1" or bool(LOOPBACK.fullmatch(address))) and not leads

    def origin(self, host: str, path: str = "", *, secure: bool = False) -> str:
        """Give what links begin with: the public address, or the host that a reader asked for.

        Anybody can ask for any host, and a citation is kept: a host that is neither this machine
        nor allowed reaches no link, which then begins with the `path` of this copy.
        """
        if self.public_url:
            return self.public_url
        if LOOPBACK.fullmatch(host) or host.lower() in self.allowed_hosts:
            return f"http{'s' if secure else ''}://{host}{path}"
        _warn()
        return path


def _in_ascii(url: str) -> str:
    """Write the host of an address as the network knows it; headers hold no other letters."""
    parts = urlsplit(url)
    host = parts.netloc.encode("idna").decode("ascii")
    return urlunsplit(parts._replace(netloc=host, path=quote(parts.path, safe="/%")))


def _exit() -> str:
    """Read where a reader who leaves is led. Raises `BadSetting`: a script or a file is no page."""
    url = EXIT_URL.value()
    try:
        if not url or WEB.fullmatch(url):
            return _in_ascii(url)
    except ValueError:  # a host that no network knows
        pass
    raise BadSetting(f"EXIT_URL must be an address that begins with http:// or https://: {url}")


def _at_once() -> int:
    """Read how many pages are drawn at once. Raises `BadSetting`."""
    said = AT_ONCE.value()
    if not said.isdecimal() or int(said) < 1:
        raise BadSetting(f"AT_ONCE must be a number from 1: {said}")
    return int(said)


def _history() -> str:
    """Read what becomes of a reader's last step. Raises `BadSetting`."""
    if HISTORY.value() not in STEPS:
        raise BadSetting(f"HISTORY must be {' or '.join(STEPS)}: {HISTORY.value()}")
    return HISTORY.value()


def _listed(setting: Setting) -> tuple[str, ...]:
    return tuple(filter(None, (name.strip().lower() for name in setting.value().split(","))))


@cache
def _warn() -> None:
    """Tell whoever runs it, once. The host is not repeated: anybody can write it."""
    LOG.warning("links name no host: set PUBLIC_URL, or the hosts readers ask for in ALLOWED_HOSTS")

"""One tab of a reader: Streamlit's own messages over a websocket, kept as a browser keeps them."""

import asyncio
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from html import unescape
from time import monotonic
from urllib.parse import parse_qs, urlencode

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.proto.WidgetStates_pb2 import WidgetState
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import InvalidStatus, WebSocketException

Params = Mapping[str, Sequence[str]]
LOST = (OSError, EOFError, TimeoutError, WebSocketException)
"""What a line that is cut, or a server that is gone, looks like from here."""
SPEECH = "streamlit"
NO_TOKEN = "none"  # noqa: S105  # what a browser without a cookie of Streamlit's says
COUNTED = re.compile(r"\*\*(?P<n>\d+)\*\*|(?P<release>20\d\d(?:\\\.\d+){2})|(?P<total>\d+)")
"""The three numbers of a count line, in whichever order a language puts them."""
CARRIED = re.compile(r'<a href="\./[^"?]*\??([^"]*)"')
"""What a link of the bar carries on."""
CONTROLS = {"multiselect", "selectbox", "text_input", "button_group", "button", "download_button"}
"""What says how it is set, not what is told: its message differs by the way that led to a page."""
CHOSEN = ("multiselect", "selectbox", "text_input")
PATIENCE = 60.0
"""After so many seconds a reader takes a page that does not come for lost."""


class Busy(Exception):
    """The server said that it cannot take this reader now, and when to come again."""

    def __init__(self, after: float) -> None:
        """Say after how many seconds."""
        super().__init__("busy")
        self.after = after


def when(retry_after: str | None) -> Busy:
    """Read a refusal. One that does not say when to come again is an error: `ValueError`."""
    if not retry_after:
        raise ValueError("503 without Retry-After")
    return Busy(float(retry_after))


@dataclass(frozen=True)
class View:
    """What stands on a page after a run: its count line, its release, its words.

    `carried` are the parameters that most of its links carry on: what the page takes for the
    reader's filters. `told` are the marks of all its elements but controls, and how often each
    stands there; `notices` are its red boxes, `broken` whether an error of a program stands on it.
    """

    n: int
    total: int
    release: str
    carried: str
    told: Mapping[str, int]
    notices: int
    broken: bool


@dataclass
class Kept:
    """An element as it came last."""

    run: int
    mark: str
    kind: str
    message: ForwardMsg


@dataclass
class Session:
    """A tab of the reader of a `number`. The `cookie` is what the server wants to be told again."""

    site: str
    path: str = ""
    params: dict[str, list[str]] = field(default_factory=dict)
    number: int = -1
    cookie: str = ""
    name: str = ""
    line: ClientConnection | None = None
    run: int = 0
    page: dict[tuple[int, ...], Kept] = field(default_factory=dict)
    large: dict[str, ForwardMsg] = field(default_factory=dict)
    controls: dict[str, WidgetState] = field(default_factory=dict)

    async def open(self) -> float:
        """Open the line, again with the session's name, and ask for the page; give the seconds.

        Raises `Busy` where the server has no room, and `LOST`.
        """
        spoken = [SPEECH, NO_TOKEN, self.name] if self.name else [SPEECH, NO_TOKEN]
        headers = {"Cookie": self.cookie} if self.cookie else {}
        begun = monotonic()
        try:
            self.line = await connect(
                f"{self.site.replace('http', 'ws', 1)}/_stcore/stream",
                subprotocols=spoken,  # type: ignore[arg-type]
                additional_headers=headers,
                max_size=None,
                ping_interval=None,
                close_timeout=1,
                proxy=None,
            )
        except InvalidStatus as refused:
            if refused.response.status_code == 503:
                raise when(refused.response.headers.get("Retry-After")) from None
            raise
        for told in self.line.response.headers.get_all("Set-Cookie"):  # type: ignore[union-attr]
            if told.startswith("incidents_process="):
                self.cookie = told.partition(";")[0]
        await self._ask(self.path, self.params)
        return monotonic() - begun

    async def go(self, path: str, params: Params) -> float:
        """Follow a link to a page; give the seconds until it stands. Raises `LOST`."""
        self.path, self.params = path, {name: list(values) for name, values in params.items()}
        return await self._ask(path, params)

    async def choose(self, facet: str, label: str) -> float:
        """Choose one option of a filter, the one whose label begins so, or none; give the seconds.

        Every filter that is seen is told along, as a browser tells it.
        """
        states = []
        for kept in self.page.values():
            if kept.kind in CHOSEN:
                element = getattr(kept.message.delta.new_element, kept.kind)
                state = self.controls[element.id]
                if f"-filter-{facet}-" in element.id:
                    chosen = [o for o in element.options if label and o.startswith(f"{label} ·")]
                    state.string_array_value.data[:] = chosen
                states.append(state)
        return await self._ask(self.path, self.params, states)

    def cut(self) -> None:
        """Break the line, without a word."""
        if self.line is not None:
            self.line.transport.abort()

    async def close(self) -> None:
        """Leave."""
        if self.line is not None:
            await self.line.close()

    def view(self) -> View:
        """Read what stands on the page. Raises `ValueError` where it has no count line."""
        links: Counter[str] = Counter()
        texts = []
        for kept in self.page.values():
            element = kept.message.delta.new_element
            if kept.kind == "html":
                links.update(unescape(query) for query in CARRIED.findall(element.html.body))
            elif kept.kind == "markdown":
                texts.append(element.markdown.body)
        kinds = Counter(kept.kind for kept in self.page.values())
        n, total, release = counted(texts)
        return View(
            n,
            total,
            release,
            links.most_common(1)[0][0],
            Counter(k.mark for k in self.page.values() if k.kind not in CONTROLS),
            kinds["alert"],
            kinds["exception"] > 0,
        )

    async def _ask(self, path: str, params: Params, states: Sequence[WidgetState] = ()) -> float:
        """Ask for a run of the script, and take what comes until it is over."""
        asked = BackMsg()
        asked.rerun_script.query_string = urlencode(params, doseq=True)
        asked.rerun_script.page_name = path
        asked.rerun_script.widget_states.widgets.extend(states)
        asked.rerun_script.cached_message_hashes.extend(self.large)
        begun = monotonic()
        assert self.line is not None  # noqa: S101  # it was opened
        async with asyncio.timeout(PATIENCE):
            await self.line.send(asked.SerializeToString())
            while not self._over(ForwardMsg.FromString(await self.line.recv())):  # type: ignore[arg-type]
                pass
        return monotonic() - begun

    def _over(self, message: ForwardMsg) -> bool:
        """Take a message; say whether it ends the run."""
        kind = message.WhichOneof("type")
        if kind == "ref_hash":
            sent = ForwardMsg()
            sent.CopyFrom(self.large[message.ref_hash])
            sent.metadata.CopyFrom(message.metadata)
            message, kind = sent, "delta"
        if kind == "delta":
            self._put(message)
        elif kind == "new_session":
            self.run += 1
            self.name = message.new_session.initialize.session_id
        elif kind == "page_info_changed":
            self.params = parse_qs(message.page_info_changed.query_string, keep_blank_values=True)
        elif kind == "script_finished":
            if message.script_finished == ForwardMsg.FINISHED_SUCCESSFULLY:
                self.page = {at: kept for at, kept in self.page.items() if kept.run == self.run}
            return message.script_finished != ForwardMsg.FINISHED_EARLY_FOR_RERUN
        return False

    def _put(self, message: ForwardMsg) -> None:
        at = tuple(message.metadata.delta_path)
        if message.delta.WhichOneof("type") != "new_element":
            self.page.pop(at, None)
            return
        kind = message.delta.new_element.WhichOneof("type")
        if message.metadata.cacheable:
            self.large[message.hash] = message
        if kind in CHOSEN:
            control = getattr(message.delta.new_element, kind)
            if control.set_value or control.id not in self.controls:
                self.controls[control.id] = _state(kind, control)
        self.page[at] = Kept(self.run, message.hash, kind, message)


def counted(texts: Sequence[str]) -> tuple[int, int, str]:
    """Find the count line among texts: its n, its N, and the release that it names."""
    for text in texts:
        found = [(each.lastgroup, each.group(each.lastgroup)) for each in COUNTED.finditer(text)]  # type: ignore[arg-type]
        said = dict(found)
        if len(found) == len(said) == 3:
            return int(said["n"]), int(said["total"]), said["release"].replace("\\", "")
    raise ValueError("no count line stands on the page")


def _state(kind: str, element: object) -> WidgetState:
    """Say how a control is set by the server, as a browser says it."""
    state = WidgetState(id=element.id)  # type: ignore[attr-defined]
    if kind == "multiselect":
        offered, default = element.options, element.default  # type: ignore[attr-defined]
        raw = element.raw_values if element.set_value else [offered[n] for n in default]  # type: ignore[attr-defined]
        state.string_array_value.data[:] = raw
    elif kind == "selectbox":
        if element.raw_value:  # type: ignore[attr-defined]
            state.string_value = element.raw_value  # type: ignore[attr-defined]
    else:
        state.string_value = element.value if element.set_value else element.default  # type: ignore[attr-defined]
    return state

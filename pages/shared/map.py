"""The map's widgets: what fills it, where a click leads, and the layer group of a selection."""

import html
import math
from dataclasses import replace
from typing import Any

import pandas as pd
import streamlit as st
from streamlit_folium import st_folium

from charts import map as chart
from charts import scale
from charts.palette import ACCENT, INK, PAPER, RULE
from charts.style import Key
from incidents import counts
from incidents.codebook import ONLINE, UNPLACED
from incidents.selection import Span
from loaders import files
from loaders.files import Table
from loaders.typeface import typeface
from pages.shared import address, assets, change, figures, frame, take, widgets, words
from pages.shared.address import State

KEY = "map-widget"
SWATCH = "display:inline-block;width:1.1em;height:1.1em;margin-right:.35em;vertical-align:-.2em"


def regions_table(now: State) -> pd.DataFrame:
    """Give count, rate and change per region, for the map and for the table beside it."""
    by_region = counts.by_code(now.subset, "region", now.display.unit)
    table = pd.DataFrame(
        {
            "count": by_region,
            "rate": counts.rates(by_region, now.package.population),
            "change": counts.change(now.subset, *compared(now)),
        }
    )
    return table.drop(index=[UNPLACED, ONLINE]).sort_values("count", ascending=False, kind="stable")


def compared(now: State) -> tuple[Span, Span]:
    """Give the periods the change is taken between: the reader's, or the last complete years."""
    incidents, selection = now.package.incidents, now.selection
    ended = counts.collection(incidents, selection)[1].year
    last = max(counts.complete_years(incidents, selection), default=ended)
    return now.display.a or Span.of(str(last - 1)), now.display.b or Span.of(str(last))


def steps(now: State, table: pd.DataFrame) -> list[scale.Step]:
    """Divide what fills the map into classes."""
    values = list(table[now.display.fill].fillna(0))
    return scale.diverging(values) if now.display.fill == "change" else scale.sequential(values)


def draw(now: State, table: pd.DataFrame) -> None:
    """Draw the map; a click filters everything."""
    outlines = assets.outlines(now.package, now.package.release)
    fixed = chart.base_map(assets.leaflet(), outlines)
    with st.container(key="map"):
        st_folium(
            fixed,
            key=KEY,
            height=chart.HEIGHT,
            use_container_width=True,
            render=False,  # the whole figure, which is not shown; the map itself is rendered
            feature_group_to_add=chart.layers(_areas(now, table), _circles(now, table)),
            returned_objects=["last_active_drawing"],
            on_change=_clicked,
        )


def value_text(now: State, row: pd.Series) -> str:
    """Word what fills a region."""
    t, fill = now.t, now.display.fill
    if fill == "rate":
        text = t("{rate} per 100,000", rate=t.number(row["rate"], 1))
        return text + (t(" (fewer than five incidents: unreliable)") if _thin(row) else "")
    if fill == "change":
        return t(
            "{change} from {a} to {b}",
            change=signed(now, row["change"]),
            a=words.span(compared(now)[0], t),
            b=words.span(compared(now)[1], t),
        )
    return t.plural("{n} recorded incident", "{n} recorded incidents", int(row["count"]))


def signed(now: State, value: float) -> str:
    """Write a change with its sign."""
    return ("+" if value > 0 else "−" if value < 0 else "") + now.t.number(abs(value))


def title(now: State, table: pd.DataFrame) -> str:
    """Say what is seen: where most of what fills the map is."""
    t, fill = now.t, now.display.fill
    placed = int(table["count"].sum())
    if not placed:
        return t("No recorded incident of this selection has a known region")
    if fill == "change":
        more, fewer = int((table["change"] > 0).sum()), int((table["change"] < 0).sum())
        a, b = compared(now)
        return t(
            "{a} to {b}: more recorded in {more} regions, fewer in {fewer}",
            a=words.span(a, t),
            b=words.span(b, t),
            more=more,
            fewer=fewer,
        )
    top = table[fill].idxmax()
    name = words.code_label(now.package, "region", str(top), t)
    if fill == "rate":
        return t(
            "Highest rate: {region}, {rate} recorded per 100,000 people",
            region=name,
            rate=t.number(table.at[top, "rate"], 1),
        )
    if now.display.unit == "people":
        return t(
            "{region}: {n} of {total} people named, where the region is known",
            n=int(table.at[top, "count"]),
            total=placed,
            region=name,
        )
    return t(
        "{region}: {n} of {total} recorded incidents with a known region",
        n=int(table.at[top, "count"]),
        total=placed,
        region=name,
    )


def controls(now: State) -> None:
    """Choose what fills the regions."""
    t = now.t
    with st.container(horizontal=True, gap="medium", vertical_alignment="bottom"):
        widgets.choice(
            now,
            "fill",
            t("Fill"),
            {
                "count": t("count"),
                "rate": t("per 100,000 people"),
                "change": t("change between years"),
            },
        )
        if now.display.fill == "change":
            widgets.periods(now, (t("From"), t("To")), compared(now))
        widgets.unit(now)


def legend(now: State, table: pd.DataFrame) -> None:
    """Say what the colours and the circles mean."""
    items = "".join(
        f'<span style="white-space:nowrap;margin-right:1em"><span style="{SWATCH};{_css(key)}">'
        f"</span>{html.escape(key.text)}</span> "
        for key in keys(now, table)
    )
    st.html(f'<div style="font-size:.875rem;line-height:1.9">{items}</div>')


def keys(now: State, table: pd.DataFrame) -> list[Key]:
    """List what the colours and the circles mean."""
    t = now.t
    shown = [Key(_step_text(now, s), s.colour, RULE) for s in steps(now, table)]
    if now.display.fill != "change":
        shown.insert(0, Key(t("none recorded"), PAPER, RULE))
    shown += [
        Key(t("settlement known"), "", ACCENT, round=True),
        Key(t("only the region known"), "", ACCENT, round=True, dashed=True),
    ]
    if now.display.fill == "rate":
        thin = t("* fewer than five incidents: the rate is unreliable")
        shown.append(Key(thin, "", INK, dashed=True))
    return shown


def _css(key: Key) -> str:
    """Draw the swatch of a legend's entry."""
    edge = f"border:{2 if key.round else 1.5 if key.dashed else 1}px"
    fill = f"background:{key.fill};" if key.fill else ""
    bent = "border-radius:50%;" if key.round else ""
    return f"{fill}{bent}{edge} {'dashed' if key.dashed else 'solid'} {key.edge}"


def _step_text(now: State, step: scale.Step) -> str:
    t, fill = now.t, now.display.fill
    if fill == "change":
        low, high = step.low, None if step.high is None else step.high - 1
        if low == high:
            return t("no change") if low == 0 else signed(now, low)
        if math.isinf(low):
            return t("{n} and fewer", n=signed(now, high or 0))
        return (
            t("{n} and more", n=signed(now, low))
            if high is None
            else f"{signed(now, low)} … {signed(now, high)}"
        )
    digits = 2 if fill == "rate" else 0
    low_text = t.number(step.low, digits)
    if step.high is None:
        return t("{n} and more", n=low_text)
    if fill == "rate":
        return t("{low} to under {high}", low=low_text, high=t.number(step.high, digits))
    return low_text if step.high - 1 == step.low else f"{low_text}–{t.number(step.high - 1)}"


def off_map(now: State) -> None:
    """Say what has no place on the map, as links to its records."""
    t = now.t
    found = counts.by_code(now.subset, "region", now.display.unit)
    with st.container(key="off-map", horizontal=True, gap="small", vertical_alignment="center"):
        st.markdown(t("Not on this map:"), width="content")
        for code, label in (
            (ONLINE, t("online {n}", n=int(found[ONLINE]))),
            (UNPLACED, t("place not given {n}", n=int(found[UNPLACED]))),
        ):
            frame.link("records", label, now.query(replace(now.selection, region=(code,))))


def show_table(now: State, table: pd.DataFrame) -> None:
    """Show the numbers of the map as tables: regions, then places."""
    t = now.t
    earlier, later = (words.span(span, t) for span in compared(now))
    shown = pd.DataFrame(
        {
            t("Region"): [
                words.plain(words.code_label(now.package, "region", c, t)) for c in table.index
            ],
            t("People") if now.display.unit == "people" else t("Incidents"): [
                t.number(n) for n in table["count"]
            ],
            t("per 100,000"): [
                t.number(r["rate"], 1) + (" *" if _thin(r) else "") for _, r in table.iterrows()
            ],
            f"{earlier} → {later}": [signed(now, n) for n in table["change"]],
        }
    )
    figures.table(shown.set_index(t("Region")))
    st.caption("\\" + t("* fewer than five incidents: the rate is unreliable"))
    places = counts.by_code(now.subset, "place", now.display.unit)
    places = places[places > 0].sort_values(ascending=False, kind="stable")
    if len(places):
        named = places.rename(
            lambda c: words.plain(words.code_label(now.package, "place", str(c), t))
        )
        if box := figures.folded(t("Settlements ({n})", n=len(places)), "settlements"):
            with box:
                figures.table(pd.DataFrame({shown.columns[1]: named.map(t.number)}))


def notes(now: State) -> None:
    """Say what the map shows and where its numbers come from."""
    clicks = now.t(
        "A click on a region or circle filters everything; Escape or the chip above takes it back."
    )
    figures.source_line(now, " ".join((clicks, *said(now))))


def said(now: State) -> list[str]:
    """Say what the fill rests on, and whose the outlines are."""
    t, texts = now.t, []
    if now.display.fill == "rate":
        texts.append(t("Inhabitants: census of 25 March 2022, for every year."))
    if now.display.fill == "change":
        texts.append(
            t(
                "Only records that lie wholly inside one of the two periods are compared. This is "
                "no verdict: whether a change is more than chance is told under Trends."
            )
        )
        if change.differ(*compared(now)):
            texts.append(t("The periods differ in length, so the difference alone says nothing."))
    if now.display.unit == "people":
        texts.append(t("People: as named per incident; an episode counts its largest number once."))
    texts.append(
        t("Outlines: Natural Earth; Osh city is drawn as an ellipse; no endorsement of borders.")
    )
    return texts


def take_away(now: State, table: pd.DataFrame, view: str) -> None:
    """Offer the map as files; `view` is its title."""
    if box := take.folded(now, "map"):
        t, people = now.t, now.display.unit == "people"
        off = counts.by_code(now.subset, "region", now.display.unit)
        beyond = t(
            "Not on this map: online {online}, place not given {unplaced}.",
            online=int(off[ONLINE]),
            unplaced=int(off[UNPLACED]),
        )
        note = " ".join((beyond, *said(now)))
        about = take.of_selection(now, view, note, "people" if people else "")
        years = map(str, compared(now)) if now.display.fill == "change" else ()
        named = ("map", now.display.fill, *years, "people" if people else "")
        areas, circles = _areas(now, table), _circles(now, table)
        alt = "; ".join(area.text for area in areas.values())
        numbers = Table(_numbers(now, table), _fields(now))
        regions, places = now.package.regions, now.package.incidents.places

        def draw(words: Any) -> Any:
            from charts.map_picture import of_map

            names = {str(code): _name(now, str(code), row) for code, row in table.iterrows()}
            outlines = (now.package.neighbours, regions)
            return of_map(areas, circles, names, outlines, keys(now, table), words, typeface())

        with box:
            take.offer(
                now,
                take.View("map", named, now.selection, about, numbers, alt),
                draw,
                {"geojson": lambda: files.as_geojson(numbers, about, regions, places)},
            )


def _numbers(now: State, table: pd.DataFrame) -> pd.DataFrame:
    """Give the rows of the map's files: regions, what is on no map, and settlements."""
    unit = now.display.unit
    by_region = counts.by_code(now.subset, "region", unit)
    only = counts.region_only(now.subset)
    regions = table.reindex([*table.index, ONLINE, UNPLACED])
    regions["count"] = by_region[regions.index]
    regions["no_settlement"] = only[regions.index]
    places = counts.by_code(now.subset, "place", unit)
    places = places[places > 0].sort_values(ascending=False, kind="stable").to_frame("count")
    both = pd.concat({"region": regions, "place": places}, names=["kind", "code"]).reset_index()
    label = [
        words.code_label(now.package, kind, code, now.t)
        for kind, code in zip(both["kind"], both["code"], strict=True)
    ]
    both.insert(2, "label", label)
    whole = dict.fromkeys(("count", "change", "no_settlement"), "Int64")
    return both.astype(whole).rename(columns={"count": unit})


def _fields(now: State) -> dict[str, str]:
    t = now.t
    a, b = (words.span(span, t) for span in compared(now))
    return {
        "kind": t("Region or settlement"),
        "code": t("Code"),
        "label": t("Label"),
        "incidents": t("incidents"),
        "people": t("people named in recorded incidents"),
        "rate": t("per 100,000 people"),
        "change": t("{a} to {b}: recorded incidents more or fewer", a=a, b=b),
        "no_settlement": t("recorded incidents of which only the region is known"),
    }


def _name(now: State, code: str, row: pd.Series) -> str:
    """Label a region in a picture: its name, and what fills it as a bare number."""
    t, fill = now.t, now.display.fill
    label = words.code_label(now.package, "region", code, t)
    value = {
        "rate": t.number(row["rate"], 1) + (" *" if _thin(row) else ""),
        "change": signed(now, row["change"]),
        "count": t.number(row["count"]),
    }
    return f"{label}\n{value[fill]}"


def _thin(row: pd.Series) -> bool:
    return bool(0 < row["count"] < counts.RELIABLE)


def _areas(now: State, table: pd.DataFrame) -> dict[str, chart.Area]:
    classes = steps(now, table)
    return {str(code): _area(now, str(code), row, classes) for code, row in table.iterrows()}


def _area(now: State, code: str, row: pd.Series, found: list[scale.Step]) -> chart.Area:
    name = words.code_label(now.package, "region", code, now.t)
    return chart.Area(
        colour=scale.colour(row[now.display.fill], found),
        text=f"{name}: {value_text(now, row)}",
        chosen=code in now.selection.region,
        unreliable=now.display.fill == "rate" and _thin(row),
    )


def _circles(now: State, table: pd.DataFrame) -> list[chart.Circle]:
    places = now.package.incidents.places
    found = counts.by_code(now.subset, "place", now.display.unit)
    circles = [
        _circle(now, "place", code, n, places.at[code, "lat"], places.at[code, "lon"])
        for code, n in found[found > 0].items()
    ]
    centres = {f["properties"]["region"]: f["properties"] for f in now.package.regions["features"]}
    only = counts.region_only(now.subset)[list(table.index)]
    circles += [
        _circle(now, "region", code, n, centres[code]["label_lat"], centres[code]["label_lon"])
        for code, n in only[only > 0].items()
    ]
    return circles


def _circle(now: State, parameter: str, code: str, n: int, lat: float, lon: float) -> chart.Circle:
    name = words.code_label(now.package, parameter, code, now.t)
    count = now.t.plural("{n} recorded incident", "{n} recorded incidents", int(n))
    approximate = parameter == "region"
    exactness = now.t(" (settlement not known)") if approximate else ""
    chosen = code in getattr(now.selection, parameter)
    return chart.Circle(
        parameter, code, lat, lon, int(n), f"{name}: {count}{exactness}", approximate, chosen
    )


def _clicked() -> None:
    """Set the filter that was clicked on, or take it away if it was set."""
    found: dict[str, Any] = (st.session_state.get(KEY) or {}).get("last_active_drawing") or {}
    clicked = found.get("properties", {})
    name, code = clicked.get("parameter"), clicked.get("code")
    if name not in ("region", "place") or not code:
        return
    now = address.state()
    chosen = getattr(now.selection, name)
    others = tuple(c for c in chosen if c != code)
    changed = replace(now.selection, **{name: others if code in chosen else (*chosen, code)})
    address.go(changed, now.display)

"""The map: what fills its regions, what its circles count, and the table of the same numbers."""

import math
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import pandas as pd

from answers.amounts import Amount, amount, drawn, no_people, unit_name
from answers.answer import Answer, Column, Link, Table, told
from answers.changes import differ
from answers.files import as_geojson
from answers.question import Question
from answers.words import begun, code_label, each, inhabitants, span
from charts import scale
from charts.marks import Area, Circle, radius
from charts.palette import ACCENT, INK, PAPER, RULE
from charts.style import Key
from incidents import counts
from incidents.filters import PARAMETERS
from incidents.selection import Selection, Span

if TYPE_CHECKING:
    from charts.sheet import Form, Sheet, Words


PER = 100_000
"""The inhabitants of whom a rate is taken."""


@dataclass(frozen=True)
class Region:
    """What is known of one region; None was not asked for, or cannot be told.

    `thin`: a rate of so few incidents is unreliable.
    """

    code: str
    count: int | None
    rate: float | None
    change: int | None
    thin: bool

    def shown(self, fill: str) -> float | None:
        """Give what fills the region."""
        return {"count": self.count, "rate": self.rate, "change": self.change}[fill]


class Map(Answer):
    """Where: a fill per region, a circle per place."""

    surface, key, page = "map", "map", "map"

    def __init__(self, asked: Question) -> None:
        """Count and fill as the display says."""
        super().__init__(asked)
        self.unit, self.fill = asked.display.unit, asked.display.fill
        book = asked.package.codebook
        self.off = (book.online, book.unplaced)

    @cached_property
    def periods(self) -> tuple[Span, Span] | None:
        """Give the periods the change is taken between, the earlier one first.

        They are the reader's, or the last complete years; None where no two such years lie within
        the filter by date.
        """
        a, b = self.asked.display.a, self.asked.display.b
        if not (a and b):
            found = counts.default_periods(self.asked.subset)
            if not found:
                return None
            a, b = a or found[0], b or found[1]
        earlier, later = sorted((a, b), key=lambda period: period.days)
        return earlier, later

    @cached_property
    def refused(self) -> str:
        """Say why no change can be told; empty where it can."""
        t = self.t
        if self.periods is None:
            return t("No two complete years lie within the filter by date: no change can be shown.")
        why = counts.comparable(self.asked.subset, *self.periods)
        a, b = (span(period, t) for period in self.periods)
        said = {
            "": "",
            "same_period": t("Choose two different periods: both are {first}.", first=a),
            "overlapping": t(
                "Choose two periods that share no day: {first} and {last} do.", first=a, last=b
            ),
            "cut": t(
                "{first} and {last} cannot be compared here: filter or collection covers one of "
                "them only in part.",
                first=a,
                last=b,
            ),
        }
        return begun(said[why])

    @cached_property
    def counted(self) -> dict[str, int | None]:
        """Count the records under every region code, in the asked unit."""
        return _known(counts.by_code(self.asked.subset, "region", self.unit))

    @cached_property
    def recorded(self) -> dict[str, int | None]:
        """Count the incidents under every region code."""
        if self.unit == "incidents":
            return self.counted
        return _known(counts.by_code(self.asked.subset, "region"))

    @cached_property
    def regions(self) -> list[Region]:
        """Give count, rate and change of every region, largest count first, unknown ones last."""
        inhabitants = dict(self.asked.package.census.population)
        found = [
            Region(
                code,
                n,
                None if n is None or code not in inhabitants else n / inhabitants[code] * PER,
                self.changes.get(code),
                0 < (self.recorded[code] or 0) < counts.RELIABLE,
            )
            for code, n in self.counted.items()
            if code not in self.off
        ]
        return sorted(found, key=lambda region: (region.count is None, -(region.count or 0)))

    @cached_property
    def changes(self) -> dict[str, int | None]:
        """Give the change under every region code; nothing where no periods can be compared."""
        return _known(counts.change(self.asked.subset, *self.periods)) if self.periods else {}

    @cached_property
    def places(self) -> dict[str, int]:
        """Count the settlements that have records, largest first."""
        found = _known(counts.by_code(self.asked.subset, "place", self.unit))
        held = {code: n for code, n in found.items() if n}
        return dict(sorted(held.items(), key=lambda pair: -pair[1]))

    @cached_property
    def beyond(self) -> dict[str, int]:
        """Count the records that have no place on the map, by code; not those filtered away."""
        found = ((code, self.recorded[code]) for code in self.off)
        return {code: n for code, n in found if n is not None}

    @cached_property
    def amount(self) -> Amount:
        """Say how many records have a region, and where the others are."""
        n, t = self.asked.subset.n - sum(self.beyond.values()), self.t
        words: dict[str, Callable[[int], str]] = {
            self.off[0]: lambda n: t("{n} online", n=n),
            self.off[1]: lambda n: t("{n} without a place", n=n),
        }
        others = [words[code](found) for code, found in self.beyond.items() if found]
        people = self._placed if self.unit == "people" else None
        return drawn(self.asked, n, others, people)

    @property
    def _placed(self) -> int:
        """Add up what the regions count."""
        return sum(region.count or 0 for region in self.regions)

    @cached_property
    def title(self) -> str:
        """Say where most of what fills the map is."""
        t, placed = self.t, self._placed
        if not self.amount.n:
            return t("No recorded incident of this selection has a known region")
        if self.fill == "change":
            return self.refused.rstrip(".") or self._changed
        if not placed:
            return no_people(t)
        if self.fill == "rate":
            return self._highest
        n = self.regions[0].count
        top = [region for region in self.regions if region.count == n]
        said = {"where": begun(self._where(top)), "most": n}
        if self.unit == "people":
            return t(
                "{where}: {most} of {total} people named, where the region is known",
                total=placed,
                **said,
            )
        return t.plural(
            "{where}: {most} of {n} recorded incident with a known region",
            "{where}: {most} of {n} recorded incidents with a known region",
            placed,
            **said,
        )

    def _where(self, top: list[Region]) -> str:
        """Say where most is, in the case that the language asks for; each alone where several."""
        book, t = self.asked.package.codebook, self.t
        many = t.plural("in {n} region", "in {n} regions", len(top))
        where = [book.where(region.code, t.code) for region in top]
        return each(where if all(where) else list(map(self._label, top)), many, t)

    def _label(self, region: Region) -> str:
        return code_label(self.asked.package, "region", region.code, self.t)

    @property
    def _changed(self) -> str:
        a, b = self._between
        change = [region.change or 0 for region in self.regions]
        return self.t(
            "{a} to {b}: more recorded in {more} regions, fewer in {fewer}",
            a=a,
            b=b,
            more=sum(n > 0 for n in change),
            fewer=sum(n < 0 for n in change),
        )

    @property
    def _highest(self) -> str:
        t, known = self.t, [region.rate for region in self.regions if region.rate is not None]
        if not known:
            return t("The population of these regions is not known: no rate can be shown")
        most = max(known)
        top = [region for region in self.regions if region.rate == most]
        said = {"where": self._where(top), "rate": t.number(most, 1)}
        if self.unit == "people":
            return t("Highest rate: {where}, {rate} people named per 100,000 people", **said)
        return t("Highest rate: {where}, {rate} recorded per 100,000 people", **said)

    @property
    def _between(self) -> tuple[str, str]:
        a, b = self.periods or (None, None)
        return (span(a, self.t), span(b, self.t)) if a and b else ("–", "–")

    @cached_property
    def notes(self) -> tuple[str, ...]:
        """Say what the fill rests on, and whose the outlines are."""
        t, package, said = self.t, self.asked.package, []
        if self.fill == "rate":
            said.append(inhabitants(package, t))
        if self.fill == "change":
            said += self._of_change
        if self.unit == "people":
            said.append(
                t("People: as named per incident; an episode counts its largest number once.")
            )
        said.append(package.statement("outlines", t.code))
        return tuple(filter(None, said))

    @cached_property
    def how_to_read(self) -> tuple[str, ...]:
        """Say what the colours and the circles mean, and what a dark region does not mean."""
        t = self.t
        circle = t("A circle is a settlement: the larger, the more was recorded there.")
        circles = (circle,) if self.circles else ()
        many = t("Much recorded in a region may only mean that more is reported from there.")
        return (self._colours, *circles, many)

    @property
    def _colours(self) -> str:
        t, people = self.t, self.unit == "people"
        if self.fill == "change":
            return t(
                "Colours say whether more or fewer incidents were recorded in the later period; "
                "the paler, the smaller the difference."
            )
        if self.fill == "rate" and people:
            return t(
                "The darker a region, the more people are named in its incidents for every "
                "100,000 who live there."
            )
        if self.fill == "rate":
            return t(
                "The darker a region, the more incidents were recorded for every 100,000 people "
                "who live there."
            )
        if people:
            return t("The darker a region, the more people are named in its incidents.")
        return t("The darker a region, the more incidents were recorded there.")

    @property
    def _of_change(self) -> list[str]:
        t = self.t
        said = [
            self.refused,
            t(
                "Only records that lie wholly inside one of the two periods are compared. This is "
                "no verdict: whether a change is more than chance is told under Trends."
            ),
        ]
        if self.unit == "people":
            said.append(t("Change is told in incidents, not in people."))
        if self.periods and differ(*self.periods):
            said.append(t("The periods differ in length, so the difference alone says nothing."))
        return said

    @cached_property
    def links(self) -> tuple[Link, ...]:
        """Lead to the records that have no place on the map."""
        t, asked, words = self.t, self.asked, {}
        for code, n in self.beyond.items():
            text = t("online {n}", n=n) if code == self.off[0] else t("place not given {n}", n=n)
            words[code] = text
        return tuple(
            Link(text, "records", asked.query(asked.selection.only(region=code)))
            for code, text in words.items()
        )

    @cached_property
    def named(self) -> tuple[str, ...]:
        """Name files for fill, periods and unit."""
        years = map(str, self.periods) if self.fill == "change" and self.periods else ()
        return ("map", self.fill, *years, "people" if self.unit == "people" else "")

    @cached_property
    def alt(self) -> str:
        """Say what every region shows."""
        return "; ".join(area.text for area in self.areas.values())

    @cached_property
    def table(self) -> Table:
        """Give a row per region, then for what is on no map, then per settlement."""
        asked, t, unit = self.asked, self.t, self.unit
        only = _known(counts.region_only(asked.subset, unit))
        rows = [
            {
                "kind": "region",
                "code": region.code,
                unit: region.count,
                "rate": region.rate,
                "unreliable": "yes" if region.thin else "",
                "change": region.change,
                "no_settlement": None if region.count is None else only[region.code],
            }
            for region in (*self.regions, *self._off_map)
        ]
        rows += [
            {"kind": "place", "code": code, unit: n, "unreliable": ""}
            for code, n in self.places.items()
        ]
        for row in rows:
            row["kind_label"] = t(PARAMETERS[str(row["kind"])].label)
            row["label"] = code_label(asked.package, str(row["kind"]), str(row["code"]), t)
        frame = pd.DataFrame(rows, columns=list(self._columns))
        whole = {name: "Int64" for name in (unit, "change", "no_settlement") if name in frame}
        return Table(frame.astype({**whole, "rate": "Float64"}), self._columns)

    @cached_property
    def measured(self) -> Table:
        """Give what fills the regions."""
        filled = self.fill if self.fill in self.table.columns else self.unit
        return Table(self.table.where(kind="region").rows[["label", filled]], self.table.columns)

    @property
    def _off_map(self) -> list[Region]:
        changes = self.changes
        return [Region(c, self.counted[c], None, changes.get(c), False) for c in self.off]

    @property
    def _columns(self) -> dict[str, Column]:
        t, (a, b) = self.t, self._between
        head = t("People") if self.unit == "people" else t("Incidents")
        columns = {
            "kind": Column(t("Region or settlement")),
            "kind_label": Column(t("The same as {column}, in words", column="kind")),
            "code": Column(t("Code")),
            "label": Column(t("Label"), t("Region or settlement")),
            self.unit: Column(unit_name(self.unit, t), head, t.number),
            "rate": Column(
                t("per 100,000 people"), t("per 100,000"), lambda rate: t.number(rate, 1)
            ),
            "unreliable": Column(t("yes: a rate of fewer than five incidents")),
            "change": Column(
                t("{a} to {b}: recorded incidents more or fewer", a=a, b=b),
                f"{a} → {b}",
                self.signed,
            ),
            "no_settlement": Column(
                t("of these, only the region is known: {unit}", unit=unit_name(self.unit, t))
            ),
        }
        if not self.periods:
            del columns["change"]
        return columns

    @cached_property
    def told_regions(self) -> pd.DataFrame:
        """Tell the numbers of the regions, and of what is on no map: together they are all."""
        t, columns = self.t, self._columns
        rows = {
            self._label(region): [
                told(region.count, t.number),
                told(region.rate, lambda rate: t.number(rate, 1)) + (" *" if region.thin else ""),
                *([told(region.change, self.signed)] if self.periods else []),
            ]
            for region in (*self.regions, *self._off_map)
        }
        heads = [columns[name].head for name in (self.unit, "rate", "change") if name in columns]
        found = pd.DataFrame.from_dict(rows, orient="index", columns=heads)
        return found.rename_axis(t("Region"))

    @cached_property
    def told_places(self) -> pd.DataFrame:
        """Tell the numbers of the settlements."""
        package, t = self.asked.package, self.t
        names = [code_label(package, "place", code, t) for code in self.places]
        numbers = [t.number(n) for n in self.places.values()]
        head = self._columns[self.unit].head
        return pd.DataFrame({head: numbers}, index=pd.Index(names, name=t("Place")))

    def _filtering(self, name: str, code: str) -> Link:
        """Lead to the map filtered by a region or settlement, or without it where it is set."""
        asked = self.asked
        chosen = code in getattr(asked.selection, name)
        other = (asked.selection.less if chosen else asked.selection.more)(name, code)
        query = {**other.to_query(), **asked.display.to_query()}
        return Link(code_label(asked.package, name, code, self.t), "map", query)

    @property
    def to_regions(self) -> list[Link]:
        """Lead from each row of the regions to it as a filter."""
        return [self._filtering("region", each.code) for each in (*self.regions, *self._off_map)]

    @property
    def to_places(self) -> list[Link]:
        """Lead from each row of the settlements to it as a filter."""
        return [self._filtering("place", code) for code in self.places]

    @property
    def thin_note(self) -> str:
        """Say what the star beside a rate means."""
        return self.t("* fewer than five incidents: the rate is unreliable")

    @cached_property
    def more_files(self) -> dict[str, Callable[[], bytes]]:
        """Give the rows with their shapes, too."""
        package = self.asked.package
        return {"geojson": lambda: as_geojson(self, package.regions, package.incidents.places)}

    @property
    def drawn(self) -> bool:
        """Say that there is a picture."""
        return True

    @cached_property
    def lean(self) -> tuple[str, ...]:
        """Draw the areas and circles that are shown, for a page that runs nothing."""
        return (self.linked(None),)

    def linked(self, to: Callable[[Link], str] | None) -> str:
        """Draw them so that each leads to itself as a filter; `to` writes the address of a link."""
        from charts.lean_map import of_map

        def address(name: str, code: str) -> str:
            return to(self._filtering(name, code)) if to else ""

        package = self.asked.package
        outlines = (package.neighbours, package.regions)
        return of_map(
            self.areas, self.circles, self.most, outlines, self.keys, package.bounds, address
        )

    def sheet(self, words: "Words", form: "Form") -> "Sheet":
        """Draw the areas and circles that are shown."""
        from charts.map_picture import of_map
        from loaders.typeface import typeface

        package = self.asked.package
        outlines = (package.neighbours, package.regions)
        return of_map(
            self.areas,
            self.circles,
            self.most,
            outlines,
            self.keys,
            words,
            typeface(),
            package.bounds,
            form,
        )

    @cached_property
    def values(self) -> list[float]:
        """Give what fills the regions, where it is known."""
        found = (region.shown(self.fill) for region in self.regions)
        return [value for value in found if value is not None]

    @cached_property
    def steps(self) -> list[scale.Step]:
        """Divide what fills the map into classes."""
        if not self.values:
            return []
        divided = scale.diverging if self.fill == "change" else scale.sequential
        return divided(self.values)

    @cached_property
    def keys(self) -> tuple[Key, ...]:
        """List what the colours and the circles mean."""
        t, values = self.t, self.values
        shown = [Key(self._filled)]
        if self.fill != "change" and 0 in values:
            shown.append(Key(t("none recorded"), PAPER, RULE))
        shown += [Key(self._step(step), step.colour, RULE) for step in self.steps]
        without = [region for region in self.regions if region.shown(self.fill) is None]
        why = dict.fromkeys(map(self._missing, without))
        shown += [Key(text, "", RULE, dashed=True) for text in why]
        if self.fill == "rate":
            shown.append(Key(self.thin_note, "", INK, dashed=True))
        return (*shown, *self._circle_keys)

    @property
    def _filled(self) -> str:
        """Name what fills the regions."""
        t, (a, b) = self.t, self._between
        if self.fill == "change":
            return t("{a} to {b}: recorded incidents more or fewer", a=a, b=b)
        if self.unit == "people":
            rate = t("People named in recorded incidents, per 100,000 people")
            return (
                rate if self.fill == "rate" else t("People named in recorded incidents, by region")
            )
        rate = t("Recorded incidents per 100,000 people")
        return rate if self.fill == "rate" else t("Recorded incidents per region")

    @property
    def _circle_keys(self) -> list[Key]:
        """Say what the circles count, and how large they are: alike for every selection."""
        if not self.circles:
            return []
        t = self.t
        people = self.unit == "people"
        head = (
            t("Circles: people named in recorded incidents, by settlement")
            if people
            else t("Circles: recorded incidents per settlement")
        )
        sizes = [
            Key(t.number(n), "", ACCENT, round=True, radius=radius(n, self.most))
            for n in scale.sizes(self.most)
        ]
        only = Key(t("only the region known"), "", ACCENT, round=True, dashed=True)
        return [Key(head), *sizes, *([only] if any(c.approximate for c in self.circles) else [])]

    def _missing(self, region: Region) -> str:
        """Say why a region has no fill."""
        t = self.t
        if self.fill == "change" and self.refused:
            return t("cannot be compared")
        if self.fill == "rate" and region.count is not None:
            return t("population not known")
        return t("outside the filter")

    def _step(self, step: scale.Step) -> str:
        t = self.t
        if self.fill == "change":
            return self._change_step(step)
        digits = 2 if self.fill == "rate" else 0
        low = t.number(step.low, digits)
        if step.high is None:
            return t("{n} and more", n=low)
        if self.fill == "rate":
            return t("{low} to under {high}", low=low, high=t.number(step.high, digits))
        return low if step.high - 1 == step.low else f"{low}–{t.number(step.high - 1)}"

    def _change_step(self, step: scale.Step) -> str:
        t, low = self.t, step.low
        high = None if step.high is None else step.high - 1
        if low == high:
            return t("no change") if low == 0 else self.signed(low)
        if math.isinf(low):
            return t("{n} and fewer", n=self.signed(high or 0))
        if high is None:
            return t("{n} and more", n=self.signed(low))
        return f"{self.signed(low)} … {self.signed(high)}"

    def signed(self, value: float) -> str:
        """Write a change with its sign."""
        return ("+" if value > 0 else "−" if value < 0 else "") + self.t.number(abs(value))

    @cached_property
    def areas(self) -> dict[str, Area]:
        """Give what every region shows."""
        return {region.code: self._area(region) for region in self.regions}

    def _area(self, region: Region) -> Area:
        value = region.shown(self.fill)
        return Area(
            colour=None if value is None else scale.colour(value, self.steps),
            text=f"{self._label(region)}: {self._value(region)}",
            chosen=region.code in self.asked.selection.region,
            unreliable=self.fill == "rate" and region.thin,
            name=self._label(region),
            value=told(region.shown(self.fill), self._bare(region)),
        )

    def _value(self, region: Region) -> str:
        """Word what fills a region."""
        t, value = self.t, region.shown(self.fill)
        if value is None:
            return self._missing(region)
        if self.fill == "rate":
            text = t("{rate} per 100,000", rate=t.number(value, 1))
            return text + (t(" (fewer than five incidents: unreliable)") if region.thin else "")
        if self.fill == "change":
            a, b = self._between
            return t("{change} from {a} to {b}", change=self.signed(value), a=a, b=b)
        return amount(int(value), self.unit, t)

    def _bare(self, region: Region) -> Callable[[float], str]:
        """Give how the number on a region is written: its name stands beside it."""
        return {
            "rate": lambda rate: self.t.number(rate, 1) + (" *" if region.thin else ""),
            "change": self.signed,
            "count": self.t.number,
        }[self.fill]

    @property
    def most(self) -> int:
        """Count the largest circle of the release: all circles are drawn to its scale."""
        package, unit = self.asked.package, self.unit

        def find() -> int:
            everything = package.incidents.select(Selection())
            only = counts.region_only(everything, unit).drop(list(self.off))
            return int(max(counts.by_code(everything, "place", unit).max(), only.max(), 1))

        return package.once((Map, unit), find)

    @property
    def words(self) -> dict[str, str]:
        """Name the map and its controls."""
        t = self.t
        return {
            "lang": t.code,
            "title": t("Map: {title}", title=self.title),
            "zoomIn": t("Zoom in"),
            "zoomOut": t("Zoom out"),
            "whole": t("The whole country"),
        }

    @cached_property
    def circles(self) -> list[Circle]:
        """Give a circle per settlement, and one per region for what has none.

        None where a change fills the regions: circles of totals would be read as changes.
        """
        if self.fill == "change":
            return []
        package, places = self.asked.package, self.asked.package.incidents.places
        settled = [
            self._circle("place", code, n, places.at[code, "lat"], places.at[code, "lon"])
            for code, n in self.places.items()
        ]
        centres = {f["properties"]["region"]: f["properties"] for f in package.regions["features"]}
        only = _known(counts.region_only(self.asked.subset, self.unit))
        return settled + [
            self._circle("region", code, n, centres[code]["label_lat"], centres[code]["label_lon"])
            for code, n in only.items()
            if n and code not in self.off
        ]

    def _circle(self, parameter: str, code: str, n: int, lat: float, lon: float) -> Circle:
        name = code_label(self.asked.package, parameter, code, self.t)
        approximate = parameter == "region"
        exactness = self.t(" (settlement not known)") if approximate else ""
        text = f"{name}: {amount(int(n), self.unit, self.t)}{exactness}"
        chosen = code in getattr(self.asked.selection, parameter)
        return Circle(parameter, code, lat, lon, int(n), text, approximate, chosen)


def _known(found: pd.Series) -> dict[str, int | None]:
    """Give counts by code; None for what the filters took away."""
    return {str(code): None if n is pd.NA else int(n) for code, n in found.items()}

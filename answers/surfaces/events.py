"""The laws and events of a selection's time, beside which a trend is read."""

from functools import cached_property

import pandas as pd

from answers import citing
from answers.amounts import Amount
from answers.answer import Answer, Column, Table
from answers.surfaces.over_time import Trend
from incidents.citation import Citation


class Events(Answer):
    """Laws and events between the first and the last day of a trend."""

    surface, key, page = "events", "events", "trends"

    @cached_property
    def title(self) -> str:
        """Say what they are."""
        return self.t("Laws and events")

    @cached_property
    def amount(self) -> Amount:
        """Say how many there are."""
        t, n = self.t, len(self.table.rows)
        text = t.plural("{n} law or event", "{n} laws and events", n)
        return Amount(n, n, text, t("laws and events"))

    @cached_property
    def notes(self) -> tuple[str, ...]:
        """Say what an event beside a bar does not say."""
        return (self.asked.answer(Trend).of_events,)

    @cached_property
    def citation(self) -> Citation:
        """Cite them: no filter but that by date and dataset changes them."""
        rows = self.table.rows
        return citing.of_rows(self.asked, self.title, self.amount.text, rows, self.page)

    @cached_property
    def table(self) -> Table:
        """Give a row per event, oldest first."""
        t, found = self.t, self.asked.answer(Trend).every_event
        rows = [
            {
                "day": event["day"].date(),
                "date_precision": event["date_precision"],
                "kind": event["kind"],
                "datasets": event["datasets"],
                "label": event[f"label_{t.code}"],
                "summary": event[f"summary_{t.code}"],
                "source_name": self.asked.package.named(event["source_name"], t.code),
                "source_url": event["source_url"],
            }
            for event in found
        ]
        meanings = {
            "day": t("Date"),
            "date_precision": t("Precision of the date"),
            "kind": t("Kind"),
            "datasets": t("Dataset"),
            "label": t("Label"),
            "summary": t("Summary"),
            "source_name": t("Source"),
            "source_url": t("Address of the source"),
        }
        columns = {name: Column(said) for name, said in meanings.items()}
        return Table(pd.DataFrame(rows, columns=list(columns)), columns)

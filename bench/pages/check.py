#!/usr/bin/env python3
"""Compares the numbers on the pages of a release with its export, by a program that shares no code with the pages.

    python3 -m pip install duckdb
    ./fpw report --force examples/fenmarch --release RELEASE --to DIR
    bench/pages/check.py DIR var/fenmarch/exports/current

Reads the tables of the first page, of the list of queues and of every queue's page, and for each number in them the
value in the Parquet files of the same release. A number agrees if it is the value rounded to the digits that are shown.
Prints how many were compared of each table, and every one that differs; ends with 1 if any does.
"""
import collections
import datetime
import html.parser
import pathlib
import re
import sys

import duckdb

MONTHS = {name: i for i, name in enumerate("Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split(), 1)}


class Tables(html.parser.HTMLParser):
    """Every table of a page with the part it stands in, the title of its picture or its caption, and its cells."""

    def __init__(self, text):
        super().__init__()
        self.part = self.title = self.caption = self.text = self.cell = self.row = None
        self.tables = []
        self.feed(text)

    def handle_starttag(self, tag, attributes):
        if tag == "h2":
            self.part = dict(attributes).get("id")
        elif tag in ("strong", "caption"):
            self.text = ""
        elif tag == "table":
            self.tables.append({"part": self.part, "title": self.title, "rows": []})
        elif tag == "tr":
            self.row = []
        elif tag in ("td", "th"):
            self.cell = ""

    def handle_endtag(self, tag):
        if tag == "strong" and self.text is not None:
            self.title, self.text = self.text, None
        elif tag == "caption":
            self.tables[-1]["title"], self.text = self.text, None
        elif tag == "figure":
            self.title = None
        elif tag in ("td", "th") and self.cell is not None:
            self.row.append(" ".join(self.cell.split()))
            self.cell = None
        elif tag == "tr" and self.row is not None:
            self.tables[-1]["rows"].append(self.row)
            self.row = None

    def handle_data(self, data):
        if self.cell is not None:
            self.cell += data
        elif self.text is not None:
            self.text += data


def day(text):
    """'31 Dec 2015' or 'Dec 2015', whose day is the first."""
    words = re.sub(r" \(.*", "", text).split()
    if len(words) == 2:
        words = ["1", *words]
    return datetime.date(int(words[2]), MONTHS[words[1][:3]], int(words[0]))


def agrees(shown, value, factor=1.0):
    """Whether a shown number is the value rounded to its digits; a text without one only stands for null."""
    found = re.match(r"[+-]?[0-9][0-9,]*(\.[0-9]+)?", shown.replace("\u2212", "-"))
    if not found:
        return value is None
    if value is None:
        return False
    digits = len(found.group(1)) - 1 if found.group(1) else 0
    return abs(float(found.group(0).replace(",", "")) - float(value) * factor) <= 0.5 * 10 ** -digits + 1e-9


class Check:
    def __init__(self, site, export):
        self.site = pathlib.Path(site)
        self.database = duckdb.connect()
        self.export = pathlib.Path(export)
        self.compared = collections.Counter()
        self.wrong = []

    def rows(self, table, where):
        file = self.export / f"{table}.parquet"
        source = str(file) if file.exists() else str(self.export / table / "*.parquet")
        result = self.database.execute(f"select * from read_parquet('{source}') where {where}")
        names = [column[0] for column in result.description]
        return [dict(zip(names, row)) for row in result.fetchall()]

    def number(self, page, table, at, shown, value, factor=1.0):
        self.compared[table] += 1
        if not agrees(shown, value, factor):
            self.wrong.append(f"{page}, {table}, {at}: {shown!r}, the export has {value!r}")

    def lines(self, page, table, name, keys, columns, factors=None):
        """Compares each row whose first cell is the day of a key; columns are of the export, by position of the cell."""
        for row in table["rows"][1:]:
            key = day(row[0])
            expected = keys.get(key)
            for position, column in columns.items():
                if position < len(row):
                    value = None if expected is None else expected[column]
                    self.number(page, name, f"{row[0]}, {column}", row[position], value, (factors or {}).get(position, 1.0))

    def queue(self, queue):
        page = f"queues/{queue}.html"
        total = f"queue = '{queue}' and is_total"
        months = self.rows("queue_monthly", total)
        by_end = {row["measured_to_on"]: row for row in months}
        signals = self.rows("queue_signal", total)
        measures = {"Received": "received", "Left": "left", "Net change": "net change"}
        for table in Tables((self.site / page).read_text(encoding="utf-8")).tables:
            part, title = table["part"], table["title"] or ""
            if part == "waiting":
                self.lines(page, table, "waiting by month", by_end, {1: "waiting_count"})
            elif part == "flows":
                measure = measures[title.split(",")[0]]
                charted = {row["month_start_on"]: row for row in signals if row["measure"] == measure}
                columns = {1: "flow_per_service_day", len(table["rows"][0]) - 4: "mean",
                           len(table["rows"][0]) - 3: "lower_limit", len(table["rows"][0]) - 2: "upper_limit"}
                self.lines(page, table, "flows with limits", charted, columns)
            elif part == "quarters" and title.startswith("Share"):
                windows = {row["period_end_on"]: row for row in self.windows(total)}
                self.lines(page, table, "served by quarter", windows,
                           {1: "served_30_share", 2: "served_90_share", 3: "served_180_share"}, {1: 100, 2: 100, 3: 100})
            elif part == "quarters" and title.startswith("Days"):
                windows = {row["period_end_on"]: row for row in self.windows(total)}
                self.lines(page, table, "wait by quarter", windows, {1: "median_days", 2: "p90_days"})
            elif part == "standards":
                names = [row["standard"] for row in self.rows("dim_standard", f"queue = '{queue}'") if row["title"] == title]
                met = {row["month_start_on"]: row if row["due_count"] else {**row, "share_low": None, "share_high": None}
                       for row in self.rows("wait_standard", total) if row["standard"] in names}
                self.lines(page, table, "standards by month", met, {2: "share_low", 3: "share_high", 4: "due_count"},
                           {2: 100, 3: 100})
            elif part == "exits" and title.startswith("How items left"):
                left = {row["month_start_on"]: row for row in months}
                self.lines(page, table, "left by month", left, {len(table["rows"][0]) - 1: "left_count"})
            elif part == "units" and "latest two years" in title:
                staff = {row["month_start_on"]: row for row in self.rows("capacity_monthly", total)
                         if title.startswith(row["title"])}
                self.lines(page, table, "units", staff, {1: "examined_count"})
            elif part == "outlook":
                for row, expected in zip(table["rows"][1:], sorted(
                        self.rows("queue_outlook", f"queue = '{queue}'"), key=lambda each: each["horizon_weeks"])):
                    shown = dict(zip(table["rows"][0], row))
                    for heading, column in (("To clear what is late, a week", "served_per_week_needed"),
                                            ("Would wait", "closing_if_flows_unchanged")):
                        if shown.get(heading):
                            self.number(page, "outlook", row[0], shown[heading], expected[column])

    def windows(self, total):
        return self.rows("wait_window", f"{total} and window_kind = 'quarter'")

    def overview(self, queues):
        names = {row["title"]: queue for queue, row in queues.items()}
        for page, part, columns in (("index.html", "waiting", (1, 2, 3, 4, 6)), ("queues/index.html", "all", (3, None, 4, 5, 6))):
            table = next(each for each in Tables((self.site / page).read_text(encoding="utf-8")).tables if each["part"] == part)
            for row in table["rows"][1:]:
                queue = next(names[title] for title in sorted(names, key=len, reverse=True) if row[0].startswith(title))
                days = {each["day"]: each for each in self.rows("queue_daily", f"queue = '{queue}' and is_total")}
                last = max(days)
                week = days.get(last - datetime.timedelta(7))
                year = days.get(last.replace(year=last.year - 1))
                values = (days[last]["waiting_count"], week and week["waiting_count"], year and year["waiting_count"],
                          days[last]["past_standard_count"], days[last]["oldest_wait_days"])
                for position, value in zip(columns, values):
                    if position is not None and not (row[position] == "\u2013" and days[last]["waiting_count"] == 0):
                        self.number(page, "overview", f"{row[0]}, {table['rows'][0][position]}", row[position], value)

    def run(self):
        queues = {row["queue"]: row for row in self.rows("dim_queue", "true")}
        self.overview(queues)
        for queue in queues:
            self.queue(queue)
        for table, count in self.compared.items():
            print(f"{count:6,d}  {table}")
        print(f"{sum(self.compared.values()):6,d}  numbers compared, {len(self.wrong)} differ")
        print("\n".join(self.wrong[:50]))
        return 1 if self.wrong or not self.compared else 0


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    sys.exit(Check(*sys.argv[1:]).run())

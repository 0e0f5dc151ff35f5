"""Makes one dataset of each view for BI tools in a running Superset, and compares what first clicks show with the true figures.

What is true comes from the generator of the synthetic force (--truth: every spell in a queue, every judgement), never from the warehouse. Exits with 1 if a click is wrong that claims to be right.
"""

from __future__ import annotations

import argparse
import csv
import dataclasses
import datetime
import math
import os
import sqlite3
import sys
from pathlib import Path

sys.dont_write_bytecode = True
sys.path.insert(0, str(Path(__file__).resolve().parent))

from clicks import CLICKS, VIEWS, Click  # noqa: E402
from superset_api import Row, Superset  # noqa: E402


@dataclasses.dataclass(frozen=True)
class Judged:
    """One click with both figures and a remark."""

    click: Click
    shown: list[Row]
    true: list[Row]

    @property
    def is_equal(self) -> bool:
        return len(self.shown) == len(self.true) and all(same(one, other) for one, other in zip(self.shown, self.true, strict=True))

    @property
    def is_wrong(self) -> bool:
        return not self.is_equal and not self.click.not_summable

    @property
    def verdict(self) -> str:
        if self.click.not_summable:
            return "not summable: " + self.click.not_summable
        return "equal" if self.is_equal else "**WRONG**"


def same(one: Row, other: Row) -> bool:
    return len(one) == len(other) and all(
        math.isclose(a, b, rel_tol=1e-9) if isinstance(a, float) and isinstance(b, int | float) else a == b for a, b in zip(one, other, strict=True)
    )


def read_truth(folder: Path, business_date: str) -> sqlite3.Connection:
    """The generator's spells and judgements as tables, with the parameters of the true figures in a one-row table."""
    truth = sqlite3.connect(":memory:")
    truth.create_aggregate("still_waiting", 4, StillWaiting)
    for table in ("spells", "gradings"):
        with (folder / f"{table}.csv").open(newline="", encoding="utf-8") as file:
            header, *rows = list(csv.reader(file))
        truth.execute(f"create table {table} ({', '.join(header)})")
        truth.executemany(f"insert into {table} values ({', '.join('?' * len(header))})", [[value or None for value in row] for row in rows])
    truth.execute("create table night as select ? as business_date", [business_date])
    first = datetime.date(2013, 1, 1)
    last = datetime.date.fromisoformat(business_date)
    months = [datetime.date(year, month, 1) for year in range(first.year, last.year + 1) for month in range(1, 13)]
    truth.execute("create table months (month, end_on)")
    for month in (one for one in months if one <= last):
        after = (month + datetime.timedelta(days=31)).replace(day=1)
        truth.execute("insert into months values (?, ?)", [month.isoformat(), min(after - datetime.timedelta(days=1), last).isoformat()])
    return truth


class StillWaiting:
    """The share that waits longer than a number of days (Kaplan-Meier), from first and last day at risk and whether the item left then."""

    def __init__(self) -> None:
        self.waits: list[tuple[int, int, bool]] = []
        self.days = 0

    def step(self, days: int, first_day: int, last_day: int, has_left: int) -> None:
        self.days = days
        self.waits.append((first_day, last_day, bool(has_left)))

    def finalize(self) -> float:
        share = 1.0
        for day in sorted({last for _, last, has_left in self.waits if has_left and last <= self.days}):
            at_risk = sum(first <= day <= last for first, last, _ in self.waits)
            share *= 1 - sum(has_left and last == day for _, last, has_left in self.waits) / at_risk
        return share


def place(row: Row) -> tuple:
    """Sort key of a row: null last, texts after numbers."""
    return tuple((value is None, isinstance(value, str), value if value is not None else 0) for value in row)


def brief(rows: list[Row]) -> str:
    """A result for a table cell: all rows if there are few, otherwise the last one."""
    if not rows:
        return "no row"
    shown = [" ".join(f"{value:.6f}" if isinstance(value, float) and value % 1 else str(value).removesuffix(".0") for value in row) for row in rows]
    return "; ".join(shown) if len(shown) <= 4 else f"{len(shown)} rows, the last: {shown[-1]}"


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--superset", required=True, help="address of a running Superset; its admin's password in FIRST_CLICKS_PASSWORD")
    arguments.add_argument("--truth", required=True, type=Path, help="folder that the generator's --truth wrote")
    arguments.add_argument("--date", required=True, help="business date of the release")
    arguments.add_argument("--out", required=True, type=Path, help="file for the table, in Markdown")
    given = arguments.parse_args()
    superset = Superset(given.superset, "admin", os.environ["FIRST_CLICKS_PASSWORD"])
    database = superset.add_database("warehouse", os.environ["FIRST_CLICKS_DATABASE"])
    datasets = {view: superset.add_dataset(database, *view.split(".")) for view in VIEWS}
    truth = read_truth(given.truth, given.date)
    judged = []
    for click in CLICKS:
        dataset = datasets[click.view]
        shown = dataset.click(click.metric, click.by, dataset.time_column if click.by_month else None, click.where)
        if click.latest_only:
            latest = max(row[-2] for row in shown)
            shown = [row for row in shown if row[-2] == latest]
        judged.append(Judged(click, sorted(shown, key=place), sorted((tuple(row) for row in truth.execute(click.truth)), key=place)))
    lines = ["| # | view | click | Superset shows | true | |", "|---:|---|---|---|---|---|"]
    lines += [f"| {number} | `{one.click.view}` | {one.click.title} | {brief(one.shown)} | {brief(one.true)} | {one.verdict} |" for number, one in enumerate(judged, 1)]
    given.out.write_text("\n".join(lines) + "\n", encoding="utf-8")
    print("\n".join(lines))
    wrong = [one for one in judged if one.is_wrong]
    for one in wrong:
        print(f"\nWRONG: {one.click.view}, {one.click.title}")
        print(f"  only shown: {[row for row in one.shown if row not in one.true][:5]}")
        print(f"  only true:  {[row for row in one.true if row not in one.shown][:5]}")
    equal = sum(one.is_equal and not one.click.not_summable for one in judged)
    print(f"\n{len(datasets)} datasets, {len(judged)} clicks: {equal} equal what is true, {len(judged) - equal - len(wrong)} are not summable, {len(wrong)} wrong")
    sys.exit(1 if wrong else 0)


if __name__ == "__main__":
    main()

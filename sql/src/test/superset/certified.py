"""Imports the file of `fpw bi --superset` into a running Superset, and compares what clicks with its certified metrics show with `fpw query`.

Each must be right, or null, or impossible. Exits with 1 if one is not.
"""

from __future__ import annotations

import argparse
import dataclasses
import json
import os
import subprocess
import sys
from pathlib import Path

sys.dont_write_bytecode = True
sys.path.insert(0, str(Path(__file__).resolve().parent))

from certified_clicks import CLICKS, IMPOSSIBLE, CertifiedClick  # noqa: E402
from first_clicks import brief, place, same  # noqa: E402
from superset_api import Dataset, Row, Superset  # noqa: E402


@dataclasses.dataclass(frozen=True)
class Compared:
    """One click, what Superset shows, and what is true."""

    click: CertifiedClick
    shown: list[Row]
    true: list[Row]

    @property
    def is_impossible(self) -> bool:
        return self.click.truth == IMPOSSIBLE

    @property
    def is_right(self) -> bool:
        return len(self.shown) == len(self.true) and all(same(one, other) for one, other in zip(self.shown, self.true, strict=True))

    @property
    def verdict(self) -> str:
        if not self.is_right:
            return "**WRONG**"
        if self.is_impossible:
            return "impossible"
        return "null" if all(row[-1] is None for row in self.shown) else "right"


def query(fpw: Path, force: Path, sql: str) -> list[Row]:
    """The rows of a query over the marts of the release."""
    done = subprocess.run([fpw, "query", "--force", force, "--format", "json", sql], capture_output=True, text=True, check=False)
    if done.returncode:
        raise SystemExit(f"fpw query failed: {done.stderr}\n{sql}")
    return [tuple(row.values()) for row in json.loads(done.stdout)]


def compare(click: CertifiedClick, dataset: Dataset, fpw: Path, force: Path) -> Compared:
    if click.truth == IMPOSSIBLE:
        column = click.metric.removesuffix(")").split("(")[1]
        is_possible = click.metric in dataset.metrics or column in dataset.columns or dataset.allows_own_metrics
        return Compared(click, [("possible" if is_possible else IMPOSSIBLE,)], [(IMPOSSIBLE,)])
    shown = dataset.certified(click.metric, () if click.total else click.by, "" if click.total else click.grain, click.where)
    return Compared(click, sorted(shown, key=place), sorted(query(fpw, force, click.truth), key=place))


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--superset", required=True, help="address of a running Superset; its admin's password in FIRST_CLICKS_PASSWORD")
    arguments.add_argument("--file", required=True, type=Path, help="the ZIP; the password of its database in FIRST_CLICKS_DATABASE_PASSWORD")
    arguments.add_argument("--fpw", required=True, type=Path, help="the program fpw")
    arguments.add_argument("--force", required=True, type=Path, help="the force folder")
    arguments.add_argument("--out", required=True, type=Path, help="file for the table, in Markdown")
    given = arguments.parse_args()
    superset = Superset(given.superset, "admin", os.environ["FIRST_CLICKS_PASSWORD"])
    superset.remove_datasets()
    datasets = superset.import_dashboards(given.file, os.environ["FIRST_CLICKS_DATABASE_PASSWORD"])
    compared = [compare(click, datasets[click.view], given.fpw, given.force) for click in CLICKS]
    lines = ["| # | view | click | Superset shows | `fpw query` | |", "|---:|---|---|---|---|---|"]
    lines += [f"| {number} | `bi.{one.click.view}` | {one.click.title} | {brief(one.shown)} | {brief(one.true)} | {one.verdict} |" for number, one in enumerate(compared, 1)]
    given.out.write_text("\n".join(lines) + "\n", encoding="utf-8")
    print("\n".join(lines))
    for one in compared:
        if not one.is_right:
            print(f"\nWRONG: bi.{one.click.view}, {one.click.title}")
            print(f"  only shown: {[row for row in one.shown if row not in one.true][:5]}")
            print(f"  only true:  {[row for row in one.true if row not in one.shown][:5]}")
    verdicts = [one.verdict for one in compared]
    print(f"\n{len(compared)} clicks: " + ", ".join(f"{verdicts.count(word)} {word}" for word in ("right", "null", "impossible", "**WRONG**")))
    sys.exit(1 if "**WRONG**" in verdicts else 0)


if __name__ == "__main__":
    main()

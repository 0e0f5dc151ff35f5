"""The part of Superset's REST API that first_clicks.py uses: databases, datasets of views, data of charts."""

from __future__ import annotations

import datetime
import json
import urllib.error
import urllib.request

Value = str | int | float | None
Row = tuple[Value, ...]


class Superset:
    """A Superset at an address, signed in as one of its users."""

    def __init__(self, address: str, user: str, password: str) -> None:
        self._api = address + "/api/v1"
        self._token = ""
        self._token = self._post("/security/login", {"username": user, "password": password, "provider": "db"})["access_token"]

    def add_database(self, name: str, address: str) -> int:
        """Connects a database by its SQLAlchemy address; returns Superset's id for it."""
        return self._post("/database/", {"database_name": name, "sqlalchemy_uri": address})["id"]

    def add_dataset(self, database: int, schema: str, view: str) -> Dataset:
        """Makes a dataset of a view, as choosing schema and view in its pages does."""
        number = self._post("/dataset/", {"database": database, "schema": schema, "table_name": view})["id"]
        made = self._get(f"/dataset/{number}")["result"]
        return Dataset(self, number, view, made)

    def chart_data(self, dataset: int, query: dict) -> list[dict]:
        asked = {"datasource": {"id": dataset, "type": "table"}, "queries": [query], "result_format": "json", "result_type": "full", "force": True}
        return self._post("/chart/data", asked)["result"][0]["data"]

    def _get(self, path: str) -> dict:
        return self._ask(urllib.request.Request(self._api + path))

    def _post(self, path: str, body: dict) -> dict:
        return self._ask(urllib.request.Request(self._api + path, data=json.dumps(body).encode(), headers={"Content-Type": "application/json"}))

    def _ask(self, request: urllib.request.Request) -> dict:
        if self._token:
            request.add_header("Authorization", "Bearer " + self._token)
        try:
            with urllib.request.urlopen(request, timeout=120) as answer:
                return json.load(answer)
        except urllib.error.HTTPError as refused:
            raise SystemExit(f"first-clicks: Superset refused {request.full_url}: {refused.code} {refused.read().decode()[:2000]}") from refused


class Dataset:
    """One view as Superset sees it: its columns in order, and the date that it uses as the time of a row."""

    def __init__(self, superset: Superset, number: int, view: str, made: dict) -> None:
        self._superset = superset
        self._number = number
        self.view = view
        self.columns = {column["column_name"]: column for column in made["columns"]}
        self.time_column = made["main_dttm_col"]

    def click(self, metric: str, by: tuple[str, ...] = (), month: str | None = None, where: dict[str, Value] | None = None) -> list[Row]:
        """What a chart shows that was made by dragging: rows of the chosen columns, then the month, then the metric.

        metric is COUNT(*), SUM(column), as Superset offers it for a number that is dragged to the metrics, MAX(column), or a column, whose rows are then shown as they are.
        """
        columns: list = list(by)
        if month is not None:
            columns.append({"columnType": "BASE_AXIS", "expressionType": "SQL", "label": month, "sqlExpression": month, "timeGrain": "P1M"})
        query: dict = {"columns": columns, "row_limit": 10000, "filters": [{"col": column, "op": "==", "val": value} for column, value in (where or {}).items()]}
        if "(" in metric:
            query["metrics"] = [self._metric(metric)]
        else:
            query["columns"] = [*columns, metric]
            query["metrics"] = []
        names = [*by, *([month] if month else []), metric]
        shown = self._superset.chart_data(self._number, query)
        return [tuple(self._value(row, name) for name in names) for row in shown]

    def _metric(self, metric: str) -> str | dict:
        aggregate, column = metric.removesuffix(")").split("(")
        if column == "*":
            return {"expressionType": "SQL", "sqlExpression": "COUNT(*)", "label": metric}
        return {"expressionType": "SIMPLE", "column": self.columns[column], "aggregate": aggregate, "label": metric}

    def _value(self, row: dict, name: str) -> Value:
        value = row[name]
        if isinstance(value, int | float) and name in self.columns and self.columns[name]["is_dttm"]:
            return datetime.datetime.fromtimestamp(value / 1000, datetime.UTC).date().isoformat()
        return value

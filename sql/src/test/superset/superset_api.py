"""The part of Superset's REST API that the clicks use: databases, datasets of views, data of charts, import of dashboards."""

from __future__ import annotations

import datetime
import json
import urllib.error
import urllib.request
import uuid
from pathlib import Path

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
        return self._dataset(number, view)

    def import_dashboards(self, file: Path, password: str) -> dict[str, Dataset]:
        """Imports a ZIP as its page of dashboards does; returns the datasets of that database by the names of their views."""
        boundary = uuid.uuid4().hex
        fields = {"passwords": json.dumps({"databases/warehouse.yaml": password}), "overwrite": "true"}
        parts = [f'--{boundary}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'.encode() for name, value in fields.items()]
        parts.append(f'--{boundary}\r\nContent-Disposition: form-data; name="formData"; filename="{file.name}"\r\nContent-Type: application/zip\r\n\r\n'.encode())
        parts += [file.read_bytes(), f"\r\n--{boundary}--\r\n".encode()]
        headers = {"Content-Type": "multipart/form-data; boundary=" + boundary}
        self._ask(urllib.request.Request(self._api + "/dashboard/import/", data=b"".join(parts), headers=headers))
        listed = self._get("/dataset/?q=(page_size:100)")["result"]
        return {one["table_name"]: self._dataset(one["id"], one["table_name"]) for one in listed if one["database"]["database_name"].endswith(", warehouse")}

    def remove_datasets(self) -> None:
        """Removes all datasets: metadata in SQLite know each name of a view once, whatever its database."""
        for one in self._get("/dataset/?q=(page_size:100)")["result"]:
            self._ask(urllib.request.Request(f"{self._api}/dataset/{one['id']}", method="DELETE"))

    def _dataset(self, number: int, view: str) -> Dataset:
        return Dataset(self, number, view, self._get(f"/dataset/{number}")["result"])

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
        self.metrics = {metric["metric_name"]: metric["expression"] for metric in made["metrics"]}
        self.allows_own_metrics = not json.loads(made["extra"] or "{}").get("disallow_adhoc_metrics", False)
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

    def certified(self, metric: str, by: tuple[str, ...] = (), grain: str = "", where: dict[str, Value] | None = None) -> list[Row]:
        """What a chart shows of a metric of the dataset: rows of the chosen columns, then the date if there is a grain such as P3M, then the metric."""
        time = {"columnType": "BASE_AXIS", "expressionType": "SQL", "label": self.time_column, "sqlExpression": self.time_column, "timeGrain": grain}
        filters = [{"col": column, "op": "==", "val": value} for column, value in (where or {}).items()]
        query = {"columns": [*by, *([time] if grain else [])], "metrics": [metric], "filters": filters, "row_limit": 10000}
        names = [*by, *([self.time_column] if grain else []), metric]
        return [tuple(self._value(row, name) for name in names) for row in self._superset.chart_data(self._number, query)]

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

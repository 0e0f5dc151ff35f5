"""Reads every table of a catalog with pyiceberg, DuckDB and Spark, and compares it with fpw query.

Arguments: URI, token, command of fpw, folder of its programs, force folder. Ends with 1 if anything differs. If the
tables are in an object store other than Amazon's, AWS_ENDPOINT_URL is where, and AWS_... has region and credentials.
"""

import csv
import glob
import io
import os
import subprocess
import sys
from urllib.parse import urlsplit

import duckdb
from pyiceberg.catalog import load_catalog

URI, TOKEN, FPW, LIB, FORCE = sys.argv[1:]
STORE = os.environ.get("AWS_ENDPOINT_URL")

catalog = load_catalog("fpw", type="rest", uri=URI, token=TOKEN, **({"s3.endpoint": STORE} if STORE else {}))
duck = duckdb.connect()
for name in ("avro", "httpfs", "iceberg"):
    duck.load_extension(glob.glob(f"{sys.prefix}/lib/python3*/site-packages/duckdb_extension_{name}/**/*.duckdb_extension", recursive=True)[0])
duck.execute("set timezone = 'UTC'")
duck.execute(f"create secret (type iceberg, token '{TOKEN}')")
if STORE:
    duck.execute("create secret (type s3, key_id ?, secret ?, region ?, endpoint ?, url_style 'path', use_ssl ?)",
                 [os.environ["AWS_ACCESS_KEY_ID"], os.environ["AWS_SECRET_ACCESS_KEY"], os.environ["AWS_REGION"],
                  urlsplit(STORE).netloc, STORE.startswith("https")])
duck.execute(f"attach 'fpw' as fpw (type iceberg, endpoint '{URI}')")


def digest(source, columns):
    """SQL for the number of rows and a digest of them. In rows of earlier releases, release_id is another one."""
    fields = ", ".join(f"coalesce(\"{column}\"::varchar, '-')" for column in sorted(columns) if column != "release_id")
    return (f"select count(*) as rows, coalesce(md5(string_agg(line, chr(10) order by line)), 'none') as digest "
            f"from (select concat_ws('|', {fields}) as line from {source})")


def same(what, found, expected):
    if found != expected:
        differences.append(f"{what}: {found}, and fpw query has {expected}")


differences = []
tables = {".".join(name): catalog.load_table(name) for space in ("core", "mart") for name in catalog.list_tables(space)}
columns = {name: [field.name for field in table.schema().fields] for name, table in tables.items()}
sql = " union all ".join(f"select '{name}' as name, * from ({digest(name, columns[name])})" for name in tables)
answer = subprocess.run([FPW, "query", "--force", FORCE, "--format", "csv", "--reason", "comparison of readers", sql],
                        check=True, capture_output=True, text=True).stdout
expected = {row["name"]: (int(row["rows"]), row["digest"]) for row in csv.DictReader(io.StringIO(answer))}

for name, table in tables.items():
    rows = table.scan().to_arrow()
    same(f"pyiceberg {name}", duck.sql(digest("rows", columns[name])).fetchone(), expected[name])
    same(f"DuckDB {name}", duck.sql(digest(f"fpw.{name}", columns[name])).fetchone(), expected[name])

# Of raw, branch current has what the source still has.
for name in catalog.list_tables("raw"):
    raw = ".".join(name)
    table = catalog.load_table(name)
    every = table.scan().to_arrow().num_rows
    current = table.scan().use_ref("current").to_arrow().num_rows
    print(f"{raw}: format {table.format_version}, {every} versions of {current} rows")
    same(f"DuckDB {raw}", duck.sql(f"select count(*) from fpw.{raw}").fetchone()[0], every)
    tables[raw] = table
    expected[raw] = (every, "")

answer = subprocess.run(
    ["java", "-Xmx1g", "--add-opens=java.base/java.lang=ALL-UNNAMED", "--add-opens=java.base/java.nio=ALL-UNNAMED",
     "--add-opens=java.base/java.util=ALL-UNNAMED", "--add-opens=java.base/sun.nio.ch=ALL-UNNAMED",
     "--add-opens=java.base/java.lang.invoke=ALL-UNNAMED", "--add-opens=java.base/sun.util.calendar=ALL-UNNAMED",
     "-cp", f"{LIB}/spark/*:{LIB}/shared/*:{sys.prefix}/lib/jars/*", sys.path[0] + "/SparkReader.java", URI, TOKEN, STORE or "", *tables],
    check=True, stdout=subprocess.PIPE, text=True).stdout.split("\n")
same("a delete by Spark", answer[len(tables)], "refused")
for line in answer[:len(tables)]:
    name, count = line.split(" ")
    same(f"Spark {name}", int(count), expected[name][0])

print("\n".join(differences) if differences else f"{len(tables)} tables: equal")
sys.exit(1 if differences else 0)

"""Runs nights of a force of any size and prints seconds, rows and space of each. See bench/run.

The force is that of `fpw init`, with more slice values, queues, feeds and devices. Every night gets the whole list of
devices as of its day, divided among the feeds; the same arguments always give the same files.
"""

import argparse
import csv
import datetime
import json
import os
import pathlib
import random
import re
import resource
import subprocess
import tempfile

FPW = pathlib.Path(__file__).resolve().parent.parent / "fpw"
FIRST_NIGHT = datetime.date(2026, 9, 1)  # early enough for sixty nights to be over
HEADER = ["Exhibit", "Case", "Device type", "Received", "Examined", "Withdrawn", "Officer"]


def devices(items, values, days, nights):
    """Devices received evenly over the days before the last night; a tenth is withdrawn, half is examined in 90 days."""
    chance = random.Random(1)
    last = FIRST_NIGHT + datetime.timedelta(days=nights - 1)
    for number in range(items):
        received = last - datetime.timedelta(days=chance.randrange(days))
        left = received + datetime.timedelta(days=int(chance.expovariate(1 / 130)))
        yield number, f"type {chance.randrange(values):03d}", received, left, chance.random() < 0.1


def make(folder, options):
    subprocess.run([FPW, "init", folder], check=True, stdout=subprocess.DEVNULL)
    for example in (folder / "drop").iterdir():
        example.unlink()
    feed = folder / "feeds/devices.yml"
    feed.write_text(feed.read_text().replace("values: [computer, phone, tablet], ", ""))
    queue = folder / "queues/awaiting_examination.yml"
    for number in range(2, options.queues + 1):
        text = queue.read_text().replace("queue: awaiting_examination", f"queue: awaiting_examination_{number}")
        queue.with_stem(f"awaiting_examination_{number}").write_text(text)
    for number in range(2, options.feeds + 1):
        for file in (feed, folder / "staging/device_events.yml", folder / "staging/device_events.sql"):
            text = re.sub(r"\b(devices|device_events|dfu)\b", rf"\1_{number}", file.read_text())
            file.with_stem(f"{file.stem}_{number}").write_text(text.replace("devices_{date}", f"devices_{number}_{{date}}"))
    rows = list(devices(options.items, options.values, options.days, options.nights))
    for night in nights(options):
        for number in range(1, options.feeds + 1):
            name = "devices" if number == 1 else f"devices_{number}"
            write(folder / f"drop/{name}_{night}.csv", rows[number - 1 :: options.feeds], night)


def write(path, rows, night):
    with path.open("w", newline="") as file:
        out = csv.writer(file)
        out.writerow(HEADER)
        for number, value, received, left, is_withdrawn in rows:
            if received <= night:
                day = f"{left:%d/%m/%Y}" if left <= night else ""
                ends = ["", day] if is_withdrawn else [day, ""]
                out.writerow([f"DFU/{number}", f"C-{number // 2}", value, f"{received:%d/%m/%Y}", *ends, "PC 1"])


def nights(options):
    return [FIRST_NIGHT + datetime.timedelta(days=night) for night in range(options.nights)]


def measured(folder, night):
    """Runs a night; returns elapsed and processor seconds, those of its parts, published rows, megabytes and files."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    run = subprocess.run([FPW, "nightly", "--force", folder, "--date", str(night)], capture_output=True, text=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    if run.returncode not in (0, 8):
        raise SystemExit(f"{night} ended with {run.returncode}\n{run.stdout}\n{run.stderr}")
    seconds = re.search(r"^Seconds: (.*)$", run.stdout, re.MULTILINE).group(1)
    parts = {part.rsplit(" ", 1)[0]: float(part.rsplit(" ", 1)[1]) for part in seconds.split(", ")}
    warehouse = next((folder.parent / "var").iterdir())
    found = [file for file in warehouse.rglob("*") if file.is_file() and not file.is_symlink()]
    files = {file.stat().st_ino: file for file in found}.values()  # exports share files with earlier ones by hard links
    rows = re.findall(r"^  mart\.\S+ +([\d,]+) rows$", run.stdout, re.MULTILINE)
    return {
        "night": str(night),
        "seconds": parts.pop("all"),
        "cpu_seconds": round(after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime, 1),
        "parts": parts,
        "rows": sum(int(count.replace(",", "")) for count in rows),
        "database_mb": megabytes([warehouse / "fpw.mv.db"]),
        "warehouse_mb": megabytes(files),
        "files": len(files),
    }


def megabytes(files):
    return round(sum(file.stat().st_size for file in files) / 1e6, 1)


def main():
    parser = argparse.ArgumentParser()
    for name, default in {"values": 300, "queues": 1, "feeds": 1, "nights": 2, "items": 30_000, "days": 1_500}.items():
        parser.add_argument(f"--{name}", type=int, default=default)
    parser.add_argument("--folder", type=pathlib.Path, help="where to keep force and warehouse")
    parser.add_argument("--json", type=pathlib.Path)
    options = parser.parse_args()
    os.environ["FPW_PSEUDONYM_KEY"] = f"{1:064d}"  # the devices are invented
    with tempfile.TemporaryDirectory() as scratch:
        folder = (options.folder or pathlib.Path(scratch)).resolve() / "force"
        make(folder, options)
        rows = []
        for night in nights(options):
            row = measured(folder, night)
            rows.append(row)
            print(
                f"{row['night']}: {row['seconds']:7.1f} s, {row['cpu_seconds']:7.1f} s of processors, "
                f"{row['rows']:10,} rows, database {row['database_mb']:8.1f} MB, "
                f"warehouse {row['warehouse_mb']:8.1f} MB in {row['files']:,} files; "
                + ", ".join(f"{part} {seconds}" for part, seconds in row["parts"].items()),
                flush=True,
            )
    if options.json:
        options.json.write_text(json.dumps(rows))


if __name__ == "__main__":
    main()

"""How Airflow calls fpw: the command lines, their secrets, and the meaning of each exit code for a task.

A secret is the password of an Airflow connection. It is read while the task runs and passed in the child's environment: it appears in no
command line, rendered field, XCom or log.
"""

from __future__ import annotations

import json
import logging
import os
import signal
import subprocess
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from airflow.sdk import BaseHook, CronTriggerTimetable, get_current_context
from airflow.sdk.exceptions import AirflowException, AirflowFailException, AirflowNotFoundException
from airflow.sdk.log import mask_secret

from fpw_force import ForceFolderUnreadable, ForceNames, inherited, launcher

log = logging.getLogger("fpw")

PSEUDONYM_CONNECTION = "fpw_pseudonym_key"
KEY_VARIABLE = "FPW_PSEUDONYM_KEY"
KEY_FILE_VARIABLE = "FPW_PSEUDONYM_KEY_FILE"

DONE = 0
LATER_STEP_FAILED = 8
INCOMPLETE = 9

# Exit codes after which a retry can help, and what to do if none did.
RETRIED = {
    4: "a file is missing or a database does not respond; check that it is available, then clear this task",
    6: "another run holds the warehouse lock (see the message above); wait until it has ended, then clear this task",
    129: "fpw was stopped because its session ended (SIGHUP); clear this task",
    130: "fpw was stopped by an interrupt (SIGINT); clear this task",
    143: "fpw was stopped by a signal; clear this task",
    -signal.SIGTERM: "fpw was stopped by a signal; clear this task",
    -signal.SIGKILL: "fpw was killed, perhaps because of insufficient memory; check the kernel log and FPW_SPARK_HEAP, then clear this task",
}
# Exit codes after which no retry can help.
FINAL = {
    2: "the command line, the date, a secret or the force folder is invalid; fix the problem in the message above (fpw check lists all errors), then clear this task",
    3: "a feed's data cannot be loaded; get the file or row corrected at its source, then clear this task",
    5: "the audit failed; read the findings above, fix the data, the rule or the query, then clear the tasks from the ingest of that feed on. Readers keep the previous release",
    10: "files of the warehouse are missing or damaged; the message above names them and what brings them back, then clear this task",
}
UNFORESEEN = "unexpected error; it was retried once. Report it with the log file in the message above"


def setting(name: str, default: int) -> int:
    """A whole number from the environment."""
    value = os.environ.get(name, str(default))
    if not value.isdigit():
        raise ForceFolderUnreadable(f"{name} is '{value}'; make it a whole number, or unset it for {default}")
    return int(value)


# Start of the nightly run, in the force's time zone. Clocks change between one and two, so that half past two occurs exactly once a day.
SCHEDULE = os.environ.get("FPW_AIRFLOW_SCHEDULE", "30 2 * * *")
# Twelve times 15 minutes: from 02:30 to 05:30, which leaves time for the rest of the run before 07:00.
RETRIES = setting("FPW_AIRFLOW_RETRIES", 12)
RETRY_DELAY = timedelta(seconds=setting("FPW_AIRFLOW_RETRY_SECONDS", 900))
POKE_SECONDS = setting("FPW_AIRFLOW_POKE_SECONDS", 60)
LOCK_MINUTES = setting("FPW_AIRFLOW_WAIT_FOR_LOCK_MINUTES", 120)


def timetable(force: ForceNames):
    """The schedule. If the plugin is installed, runs are named after their business dates."""
    try:
        from fpw_timetable import NightTimetable
    except ImportError:
        return CronTriggerTimetable(SCHEDULE, timezone=force.zone)
    return NightTimetable(SCHEDULE, timezone=force.zone)


def business_date_of_this_run(force: ForceNames) -> str:
    context = get_current_context()
    return business_date(force, context["params"], context.get("logical_date"))


def business_date(force: ForceNames, params: dict, logical_date: datetime | None) -> str:
    """The run's date: the parameter if set, otherwise the day before the run's logical date in the force's time zone."""
    given = params.get("business_date")
    if given:
        return date.fromisoformat(given).isoformat()
    if logical_date is None:
        raise AirflowFailException(
            "this run has neither a logical date nor the parameter business_date; start it again with business_date, such as 2026-11-23"
        )
    return (logical_date.astimezone(ZoneInfo(force.zone)).date() - timedelta(days=1)).isoformat()


def check(force: ForceNames) -> None:
    run(force, ["check", "--date", business_date_of_this_run(force), *confirming()], secrets=list(force.passwords))
    log.info("the feeds need the pools %s; the pool of a feed that stays 'scheduled' is missing; airflow/set-up creates it", ", ".join(force.pools))


def ingest_all(force: ForceNames) -> bool:
    """Loads every feed in one process. Returns whether that succeeded; if not, each feed has a task of its own, with retries."""
    try:
        run(force, ["ingest", "--date", business_date_of_this_run(force), *confirming(), *waiting()], secrets=list(force.passwords))
    except AirflowException as failed:
        log.warning("not every feed was loaded; each has a task of its own next: %s", failed)
        return False
    return True


def ingest(force: ForceNames, feed: str, connection: str, is_loaded: bool) -> None:
    """Loads a feed unless it is already loaded; always loads it if its task was cleared."""
    if is_loaded and get_current_context()["ti"].try_number == 1:
        log.info("feed %s was loaded by the task 'load' together with the others; its log has the counts", feed)
        return
    run(force, ["ingest", feed, "--date", business_date_of_this_run(force), *confirming(), *waiting()], secrets=[connection])


def verify_files(force: ForceNames) -> None:
    run(force, ["verify", "--files", "--every", "30"])


def metrics(force: ForceNames) -> None:
    run(force, ["metrics", "--date", business_date_of_this_run(force), *confirming(), *waiting()])


def release(force: ForceNames) -> dict:
    """Releases without the feeds that could not be loaded, if any. Returns the release."""
    date_of_run = business_date_of_this_run(force)
    code = run(force, ["release", "--date", date_of_run, "--incomplete", *waiting()])
    released = newest_release(force, date_of_run)
    if code == INCOMPLETE:
        if released["lacking"]:
            log.warning("released as %s, but without %s", released["release_id"], released["lacking"])
        else:
            log.warning("released as %s; what was not loaded, or counts although it may be gone, is listed above", released["release_id"])
    return released


def export(force: ForceNames) -> None:
    run(force, ["export", "--format", "csv", *waiting()])


def preview(force: ForceNames, first: str, last: str) -> None:
    run(force, ["nightly", "--from", first, "--to", last, "--preview"])


def nights(force: ForceNames, first: str, last: str) -> dict:
    """Runs the missing dates of a range. Returns the release of the last date."""
    run(force, ["nightly", "--from", first, "--to", last, *confirming(), *waiting()], secrets=list(force.passwords))
    return newest_release(force, last)


def newest_release(force: ForceNames, business_date: str) -> dict:
    """The latest release of a date, from ``fpw releases``."""
    releases = json.loads(answer(force, ["releases", "--format", "json"]))
    of_date = [one for one in releases if one["business_date"] == business_date]
    if not of_date:
        raise AirflowException(f"fpw releases shows no release of {business_date}, although one was just created; see fpw status")
    return of_date[0]


def waiting() -> list[str]:
    return ["--wait-for-lock", str(LOCK_MINUTES)]


def confirming() -> list[str]:
    """Confirms a business date far after the last known one, if requested in the run's parameters."""
    return ["--confirm-date"] if get_current_context()["params"].get("confirm_date") else []


def argv(force: ForceNames, words: list[str]) -> list[str]:
    """The command line; it contains no secret."""
    return [launcher(), *words, "--force", str(force.folder)]


def environment(force: ForceNames, secrets: list[str]) -> dict[str, str]:
    """The child's environment. ``secrets`` lists connections of the force folder whose passwords it needs in addition to the warehouse's."""
    child = inherited()
    for name in dict.fromkeys(["warehouse", *secrets]):
        variable = force.passwords.get(name)
        if variable and variable not in child:
            child[variable] = password(f"fpw_{name}", f"the password of '{name}', for {variable}")
    if force.needs_pseudonym_key and KEY_VARIABLE not in child and KEY_FILE_VARIABLE not in child:
        child[KEY_VARIABLE] = password(PSEUDONYM_CONNECTION, "the key of pseudonyms")
    return child


def password(connection_id: str, what: str) -> str:
    try:
        found = BaseHook.get_connection(connection_id).password
    except AirflowNotFoundException as missing:
        raise AirflowFailException(
            f"Airflow has no connection '{connection_id}' for {what}; add it in Airflow (Admin, Connections): "
            "type generic, with the secret as its password. Then clear this task"
        ) from missing
    if not found:
        raise AirflowFailException(f"Airflow's connection '{connection_id}' has no password; set it to {what}, then clear this task")
    mask_secret(found)
    return found


def run(force: ForceNames, words: list[str], secrets: list[str] = ()) -> int:
    """Runs a command, with its output in the task's log. Returns 0, 8 or 9; every other exit code is raised."""
    command = argv(force, words)
    log.info("%s", " ".join(command))
    with subprocess.Popen(
        command,
        env=environment(force, list(secrets)),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        errors="replace",
    ) as child, stopping(child):
        for line in child.stdout:
            log.info("%s", line.rstrip("\n"))
    return judge(words[0], child.returncode)


def answer(force: ForceNames, words: list[str]) -> str:
    """The standard output of a short command."""
    done = subprocess.run(
        argv(force, words),
        env=environment(force, []),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode != DONE:
        log.error("%s", done.stderr)
    judge(words[0], done.returncode)
    return done.stdout


class stopping:
    """Passes a signal that stops the task on to the child, which shuts down; then the task ends with the child's result."""

    def __init__(self, child: subprocess.Popen) -> None:
        self.child = child

    def __enter__(self) -> stopping:
        self.before = signal.signal(signal.SIGTERM, lambda number, frame: self.stop())
        return self

    def stop(self) -> None:
        log.warning("this task is being stopped, together with fpw")
        self.child.send_signal(signal.SIGTERM)

    def __exit__(self, kind, error, trace) -> None:
        if error is not None and self.child.poll() is None:
            self.child.send_signal(signal.SIGTERM)
        self.child.wait()
        signal.signal(signal.SIGTERM, self.before)


def judge(command: str, code: int) -> int:
    """Maps an exit code to the result of the task."""
    if code in (DONE, INCOMPLETE):
        return code
    if code == LATER_STEP_FAILED:
        log.warning("fpw %s ended with exit code 8: the release is current, but a later step failed; the next run recovers it", command)
        return code
    if code in RETRIED:
        raise AirflowException(f"fpw {command} ended with exit code {code}: {RETRIED[code]}")
    if code in FINAL:
        raise AirflowFailException(f"fpw {command} ended with exit code {code}: {FINAL[code]}")
    if tries() > 1:
        raise AirflowFailException(f"fpw {command} ended with exit code {code}: {UNFORESEEN}")
    raise AirflowException(f"fpw {command} ended with exit code {code}, which is unexpected; it is retried once")


def tries() -> int:
    """Number of attempts of this task since it was last cleared, including this one."""
    ti = get_current_context()["ti"]
    return ti.try_number - (ti.max_tries - RETRIES)

#!/usr/bin/env python3
"""Compares the numbers in the sentences of a release's pages with its export, by a program that shares no code with the pages.

    python3 -m pip install duckdb
    ./fpw report --force examples/fenmarch --release RELEASE --to DIR
    bench/pages/sentences.py DIR var/fenmarch/exports/current

Reads every paragraph, list entry and caption of a picture of the first page, of "Then and now", of the grades and of every queue's page. A sentence of a known
form is compared number by number, with values that are computed from the Parquet files of the same release. Prints how many were compared of each form, each
number that differs, and the sentences with numbers that no form covers; ends with 1 if a number differs.
"""
import collections
import datetime
import html
import pathlib
import re
import sys

sys.dont_write_bytecode = True

from check import Check, agrees, day  # noqa: E402

NUMBER = r"[+-]?[0-9][0-9,]*(?:\.[0-9]+)?"
DAY = r"\d{1,2} \w+ \d{4}"
MONTH = r"\w+ \d{4}"
WORDS = {"the same months of the year before": "last year", "the same months two years before": "the year before last"}


def sentences(path):
    """What a reader reads on a page, apart from tables, drawings, code and evidence."""
    text = path.read_text(encoding="utf-8")
    text = text[text.index("<main"):text.index("</main>")]
    for part in (r"<table.*?</table>", r"<svg.*?</svg>", r'<details class="evidence">.*?</details>', r"<summary>.*?</summary>", r'<p class="(?:source|rule)">.*?</p>', r"<pre.*?</pre>", r"<nav.*?</nav>"):
        text = re.sub(part, "", text, flags=re.S)
    text = re.sub(r"<h3>(.*?)</h3>\s*<p>", r"<p>\1: ", text, flags=re.S)
    for found in re.findall(r"<(?:p|li|figcaption)\b[^>]*>((?:(?!<(?:p|li|figcaption)\b).)*)", text, flags=re.S):
        words = " ".join(html.unescape(re.sub(r"<[^>]+>", " ", found)).split()).replace(" :", ":").replace("\u2212", "-")
        if re.search(r"\d", words):
            yield words


class Sentences(Check):
    def __init__(self, site, export):
        super().__init__(site, export)
        self.sentences = collections.Counter()
        self.uncovered = []
        self.titles = {row["title"]: row["queue"] for row in self.rows("dim_queue", "true")}
        self.as_at = self.rows("dim_queue", "true")[0]["data_as_at"]
        self.forms = [(re.compile(pattern), getattr(self, name)) for pattern, name in FORMS]

    def run(self):
        pages = ["index.html", "then-and-now/index.html", "grades/index.html"] + [f"queues/{queue}.html" for queue in sorted(self.titles.values())]
        for page in pages:
            self.page, self.own = page, pathlib.PurePath(page).stem
            for sentence in sentences(self.site / page):
                self.sentence = sentence
                found = [(form, match) for pattern, form in self.forms for match in pattern.finditer(sentence)]
                for form, match in found:
                    form(match)
                    self.sentences[form.__name__] += 1
                if not found:
                    self.uncovered.append((page, sentence))
        for form, count in self.sentences.items():
            print(f"{count:6,d}  {form}")
        print(f"{sum(self.sentences.values()):6,d}  sentences, {sum(self.compared.values()):,d} numbers compared, {len(self.wrong)} differ")
        print("\n".join(self.wrong[:50]))
        print(f"{len(self.uncovered)} with numbers are of no form; each once:")
        print("\n".join(sorted({re.sub(r"[0-9][0-9,.]*", "#", sentence)[:150] for _, sentence in self.uncovered})))
        return 1 if self.wrong or not self.compared else 0

    def equal(self, shown, value, factor=1.0):
        self.number(self.page, sys._getframe(1).f_code.co_name, self.sentence[:80], shown, value, factor)

    def one_of(self, shown, candidates):
        """Numbers that must be those of one of several series, which the sentence does not name."""
        name = sys._getframe(1).f_code.co_name
        self.compared[name] += len(shown)
        if not any(all(agrees(text, value) for text, value in zip(shown, values)) for values in candidates):
            self.wrong.append(f"{self.page}, {name}, {self.sentence[:120]}: none of {len(candidates)} series")

    def daily(self, queue=None):
        return {row["day"]: row for row in self.rows("queue_daily", f"queue = '{queue or self.own}' and is_total")}

    def now(self, match):
        days = self.daily()
        last = days[self.as_at]
        year = days.get(self.as_at.replace(year=self.as_at.year - 1))
        self.equal(match["now"], last["waiting_count"])
        for name, value in (("year", year and year["waiting_count"]), ("late", last["past_standard_count"]), ("oldest", last["oldest_wait_days"]),
                            ("excluded", last["excluded_count"])):
            if match[name]:
                self.equal(match[name], value)

    def bridge(self, match):
        days = self.daily()
        first, last = day(match["from"]), day(match["to"])
        between = [row for each, row in days.items() if first < each <= last]
        self.equal(match["opening"], days[first]["waiting_count"])
        self.equal(match["closing"], days[last]["waiting_count"])
        self.equal(match["came"], sum(row["received_count"] + row["reentered_count"] for row in between))
        self.equal(match["again"], sum(row["reentered_count"] for row in between))
        self.equal(match["left"], sum(row["left_count"] for row in between))
        months = [row for row in self.rows("queue_monthly", f"queue = '{self.own}' and is_total") if first < row["measured_to_on"] <= last]
        self.equal(match["served"], sum(row["served_count"] for row in months))

    def verdict(self, measure, match):
        queue = self.titles[self.sentence.split(": ")[0]] if self.page == "index.html" else self.own
        found = [row for row in self.rows("period_verdict", f"queue = '{queue}' and period_kind = 'year to date'") if row["compared_with"] == WORDS[match["against"]]]
        compared = [row for row in self.rows("period_comparison", f"queue = '{queue}' and period_kind = 'year to date' and measure = '{measure}'")
                    if row["compared_with"] == WORDS[match["against"]]]
        factor = 100 if measure == "late share" else 1
        self.equal(match["value"], compared[0]["value"], factor)
        self.equal(match["earlier"], compared[0]["earlier_value"], factor)
        for name, column in (("size", "size"), ("low", "size_low"), ("high", "size_high")):
            self.equal(match[name], found[0][column], factor)

    def time_waited(self, match):
        self.verdict("time waited", match)

    def late_share(self, match):
        self.verdict("late share", match)

    def charted(self, match):
        rows = [row for row in self.rows("queue_signal", f"queue = '{self.own}' and is_total and limits_reason is null and not is_partial and not is_provisional")
                if row["month_start_on"] == day(match["month"])]
        shown = [match[name] for name in ("value", "mean", "low", "high")]
        self.one_of(shown, [[row[column] for column in ("flow_per_service_day", "mean", "lower_limit", "upper_limit")] for row in rows])

    def stocks(self, match):
        series = collections.defaultdict(dict)
        for row in self.rows("queue_monthly", f"queue = '{self.own}' and waiting_count is not null"):
            series[row["slice"], row["slice_value"]][row["measured_to_on"]] = row["waiting_count"]
        dates = [day(match[name]) for name in ("first", "last", "top")]
        shown = [match[name] for name in ("first_value", "last_value", "top_value")]
        self.one_of(shown, [[values[dates[0]], values[dates[1]], max(values.values()) if values.get(dates[2]) == max(values.values()) else None]
                            for values in series.values() if dates[0] in values and dates[1] in values])

    def flows(self, match):
        column = {"Received": "received_count", "Re-entered": "reentered_count", "Left": "left_count"}[match["flow"]]
        series = collections.defaultdict(dict)
        for row in self.rows("queue_monthly", f"queue = '{self.own}' and not is_total and {column} is not null"):
            series[row["slice"], row["slice_value"]][row["month_start_on"]] = row[column]
        dates = [day(match[name]) for name in ("first", "last", "top")]
        shown = [match[name] for name in ("first_value", "last_value", "top_value")]
        self.one_of(shown, [[values[dates[0]], values[dates[1]], max(values.values()) if values.get(dates[2]) == max(values.values()) else None]
                            for values in series.values() if dates[0] in values and dates[1] in values])

    def windows_of(self, match):
        columns = {"Half, in days": "median_days", "Nine in ten, in days": "p90_days", "Within 30, in %": "served_30_share", "Within 90, in %": "served_90_share",
                   "Within 180, in %": "served_180_share"}
        column = columns[match["what"]]
        factor = 100 if "share" in column else 1
        values = {row["period_end_on"]: row[column] for row in self.windows(f"queue = '{self.own}' and is_total") if row[column] is not None}
        self.equal(match["first_value"], values[day(match["first"])], factor)
        self.equal(match["last_value"], values[day(match["last"])], factor)
        self.equal(match["top_value"], max(values.values()), factor)
        self.equal(match["top_value"], values[day(match["top"])], factor)

    def ages(self, match):
        bands = {row["age_band"]: row["waiting_count"] for row in self.rows("open_age", f"queue = '{self.own}' and is_total") if row["as_of_on"] == self.as_at}
        for band, shown in re.findall(rf"([0-9+-]+): ({NUMBER})", match[0]):
            self.equal(shown, bands[band])

    def due(self, match):
        rows = self.rows("wait_standard", f"queue = '{self.own}' and is_total")
        self.one_of([match["share"], match["due"]], [[row["share_low"] * 100, row["due_count"]] for row in rows
                                                     if row["month_start_on"] == day(match["month"]) and row["share_low"] == row["share_high"] is not None])

    def limits(self, match):
        names = {row["title"]: row["standard"] for row in self.rows("dim_standard", f"queue = '{self.own}'")}
        row = next(row for row in self.rows("standard_signal", f"queue = '{self.own}' and is_total and standard = '{names[match['title']]}'")
                   if row["month_start_on"] == day(match["month"]))
        for name, value in (("mean", row["mean"]), ("low", max(0, row["lower_limit"])), ("high", min(1, row["upper_limit"])), ("share", row["met_share"])):
            self.equal(match[name], value, 100)

    def curves(self, match):
        row = self.rows("wait_summary", f"queue = '{self.own}' and is_total and cohort = 'first entries {match['year']}'")[0]
        self.equal(match["half"], row["median_days"])

    def outlook_flows(self, match):
        row = min(self.rows("queue_outlook", f"queue = '{self.own}'"), key=lambda each: each["horizon_weeks"])
        for name, column in (("waiting", "waiting_count"), ("inflow", "inflow_per_week"), ("served", "served_per_week"), ("other", "left_unserved_per_week")):
            self.equal(match[name], row[column])

    def outlook_best(self, match):
        row = min(self.rows("queue_outlook", f"queue = '{self.own}'"), key=lambda each: each["horizon_weeks"])
        self.equal(match["best"], row["best_served_per_week"])

    def missed(self, match):
        queue = self.titles[match["queue"]]
        names = {row["title"]: row for row in self.rows("dim_standard", f"queue = '{queue}'")}
        rows = {row["month_start_on"]: row for row in self.rows("wait_standard", f"queue = '{queue}' and is_total and standard = '{names[match['standard']]['standard']}'")}
        for share, month in re.findall(rf"({NUMBER})(?: to {NUMBER})? % \(({MONTH})\)", match["months"]):
            self.equal(share, rows[day(month)]["share_low"], 100)
        row = rows[day(match["month"])]
        self.equal(match["due"], row["due_count"])
        self.equal(match["failed"], row["failed_count"])
        if match["unseen"]:
            self.equal(match["unseen"], row["left_unseen_count"])
        if match["target"]:
            self.equal(match["target"], names[match["standard"]]["target_share"], 100)

    def overdue(self, match):
        days = self.daily(self.titles[match["queue"]])
        last = days[self.as_at]
        self.equal(match["late"], last["past_standard_count"])
        self.equal(match["of"], last["waiting_count"])
        self.equal(match["longest"], last["oldest_wait_days"])
        self.equal(match["week"], days[self.as_at - datetime.timedelta(7)]["past_standard_count"])
        if match["soon"]:
            self.equal(match["soon"], last["due_next_7_days_count"])

    def old(self, match):
        queue = self.titles[match["queue"]]
        last = self.daily(queue)[self.as_at]
        self.equal(match["of"], last["waiting_count"])
        self.equal(match["longest"], last["oldest_wait_days"])
        bands = [row for row in self.rows("open_age", f"queue = '{queue}' and is_total") if row["as_of_on"] == self.as_at and (row["age_band_from_days"] or 0) > 180]
        self.equal(match["old"], sum(row["waiting_count"] for row in bands))

    def signal(self, match):
        row = next(row for row in self.rows("queue_signal", f"queue = '{self.titles[match['queue']]}' and is_total and measure = '{match['measure']}'")
                   if row["month_start_on"] == day(match["month"]))
        self.equal(match["count"], row["flow_count"])
        self.equal(match["per_day"], row["flow_per_service_day"])
        self.equal(match["mean"], row["mean"])

    def against_year(self, match):
        days = self.daily(self.titles[match["queue"]])
        self.equal(match["now"], days[self.as_at]["waiting_count"])
        self.equal(match["year"], days[self.as_at.replace(year=self.as_at.year - 1)]["waiting_count"])

    def moved(self, match):
        measure = match["measure"].split(" as ")
        exit_reason = measure[1] if len(measure) > 1 else "all"
        rows = self.rows("figure_change", f"queue = '{self.titles[match['queue']]}' and is_total and measure = '{measure[0].replace(' ', '_')}' and exit_reason = '{exit_reason}'")
        latest = max(row["new_as_at"] for row in rows)
        rows = [row for row in rows if row["period_start_on"] == day(match["when"]) and row["new_as_at"] == latest]
        self.equal(match["earlier"], rows[0]["replaced_value"])
        self.equal(match["later"], rows[0]["new_value"])

    def shares_then_and_now(self, match):
        for row in self.rows("recommendation", "part_count_then is not null"):
            for when in ("then", "now"):
                for name, column, factor in (("share", "value", 100), ("part", "part_count", 1), ("of", "of_count", 1), ("low", "low", 100), ("high", "high", 100)):
                    self.equal(match[f"{name}_{when}"], row[f"{column}_{when}"], factor)

    def days_overdue(self, match):
        row = next(row for row in self.rows("recommendation", "is_overdue") if row["due_on"] == day(match["due"]))
        self.equal(match["days"], (self.as_at - row["due_on"]).days)

    def then_and_now(self, match):
        rows = self.rows("recommendation", "value_then is not null")
        self.one_of([match["then"], match["now"]], [[row["value_then"], row["value_now"]] for row in rows
                                                   if (row["then_as_at"], row["now_as_at"]) == (day(match["first"]), day(match["last"]))])

    def pairs(self, match):
        row = self.rows("grading_agreement", f"pair_count = {match['pairs']}")[0]
        self.equal(match["kinder"], row["first_better_count"])
        self.equal(match["stricter"], row["second_better_count"])
        self.equal(match["same"], row["agreed_count"])

    def grades(self, match):
        period = re.sub(r" \(.*", "", match["period"])
        rows = [row for row in self.rows("grading_case_share", f"period = '{period}' and period_kind = 'financial year'") if row["case_total_count"] == int(match["of"])]
        series = collections.defaultdict(dict)
        for row in rows:
            series[row["scheme"], row["scheme_version"], row["theme"], row["assessor"], row["selection"], row["population"]][row["grade"].replace("_", " ")] = row["share"] * 100
        shown = re.findall(rf"([a-z ]+) ({NUMBER}) %", match["shares"])
        self.one_of([share for _, share in shown], [[grades.get(grade.strip()) for grade, _ in shown] for grades in series.values()])

    def bridge_parts(self, match):
        days = self.daily()
        first, last = day(match["from"]), day(match["to"])
        between = [row for each, row in days.items() if first < each <= last]
        self.equal(match["opening"], days[first]["waiting_count"])
        self.equal(match["closing"], days[last]["waiting_count"])
        left, again = self.exits_between(first, last), collections.Counter()
        for row in self.rows("queue_reentry", f"queue = '{self.own}' and is_total"):
            if first < row["measured_to_on"] <= last:
                again[row["reentry_reason"]] += row["reentered_count"]
        for part in match["parts"].split("; "):
            name, shown = part.rsplit(": ", 1)
            reason = name.rstrip("* ").split(": ")[-1]
            value = {"Received": sum(row["received_count"] for row in between)}.get(name)
            if value is None:
                value = -left[reason] if name.startswith("Left") else again[reason]
            self.equal(shown, value)

    def exits_between(self, first, last):
        left = collections.Counter()
        for row in self.rows("queue_exit", f"queue = '{self.own}' and is_total"):
            if first < row["measured_to_on"] <= last:
                left[row["exit_reason"]] += row["left_count"]
        return left

    def bars_of(self, match):
        self.bars_are = (day(match["from"]) - datetime.timedelta(1), day(match["to"]))

    def bars(self, match):
        """How items left in the months that a sentence before names, or what waits by the values of a slice."""
        parts = [part.rsplit(": ", 1) for part in match["parts"].split("; ")]
        left = self.exits_between(*self.bars_are) if hasattr(self, "bars_are") else {}
        values = [row for row in self.rows("queue_daily", f"queue = '{self.own}' and not is_total") if row["day"] == self.as_at]
        slices = [{row["slice_value"]: row["waiting_count"] for row in values if row["slice"] == name} for name in {row["slice"] for row in values}]
        now = self.rows("queue_now", f"queue = '{self.own}'")
        slices += [{row["slice_value"]: row["waiting_count"] for row in now if row["slice"] == name} for name in {row["slice"] for row in now}]
        self.one_of([shown for _, shown in parts], [[each.get(name.rstrip("* "), 0) for name, _ in parts] for each in [left, *slices]])

    def exits(self, match):
        month = day(match["month"])
        left = {row["exit_reason"]: row["left_count"] for row in self.rows("queue_exit", f"queue = '{self.own}' and is_total") if row["month_start_on"] == month}
        self.equal(match["of"], sum(left.values()))
        for reason, share in re.findall(rf"([a-z ]+?) ?\*? ({NUMBER}) %", match["shares"]):
            self.equal(share, 100 * left[reason.strip()] / sum(left.values()))

    def graded(self, match):
        worst = "inadequate"
        rows = self.rows("grading_case_share", f"period = '{match['period']}' and period_kind = 'financial year' and grade = '{worst}'")
        self.one_of([match["share"], match["of"]], [[100 * row["share"], row["case_total_count"]] for row in rows if row["share"] is not None])

    def silent(self, match):
        rows = self.rows("case_silence_count", f"silent_over_days = {match['days']}")
        self.one_of([match["of"], match["silent"]], [[row["open_case_count"], row["silent_case_count"]] for row in rows])

    def trend(self, match):
        rows = self.rows("grading_trend", f"case_total_count = {match['cases']}")
        self.one_of([match["first"], match["last"], match["chance"]], [[row["first_mean_rank"], row["last_mean_rank"], row["p"] and row["p"] * 100] for row in rows])


SIZE = rf"(?P<size>{NUMBER})"
RANGE = rf"95 % interval (?P<low>{NUMBER}) to (?P<high>{NUMBER})"
POINTS = rf"95 % interval (?P<low>{NUMBER})(?: points?)? to (?P<high>{NUMBER}) points?"
SERIES = rf"(?P<first_value>{NUMBER}) on (?P<first>{DAY}), (?P<last_value>{NUMBER}) on (?P<last>{DAY}); the highest was (?P<top_value>{NUMBER}) on (?P<top>{DAY})"
FORMS = [
    (rf"^Waiting now: (?P<now>{NUMBER})(?:; a year before: (?P<year>{NUMBER}))?(?:; past the standard[^:]*: (?P<late>{NUMBER}))?(?:; the longest for (?P<oldest>{NUMBER}) days?)?\."
     rf"(?: In no count[^:]*: (?P<excluded>{NUMBER});)?", "now"),
    (rf"^From (?P<opening>{NUMBER}) at the end of (?P<from>{DAY}) to (?P<closing>{NUMBER}) at the end of (?P<to>{DAY}): (?P<came>{NUMBER}) came in, (?P<again>{NUMBER}) of them again; "
     rf"(?P<left>{NUMBER}) left, (?P<served>{NUMBER}) of them served", "bridge"),
    (rf"Half had left after (?P<value>{NUMBER}) days? in [^,]*, (?P<earlier>{NUMBER}) days? in (?P<against>the same months [^;]*before); .*?left {SIZE} times as fast \({RANGE}\)", "time_waited"),
    (rf"Late (?P<value>{NUMBER}) % of [^,]*, (?P<earlier>{NUMBER}) % of [^(]* in (?P<against>the same months [^(]*before) \(difference {SIZE} points?, {POINTS}\)", "late_share"),
    (rf"The latest, (?P<month>{MONTH}), is (?P<value>{NUMBER}); the mean is (?P<mean>{NUMBER}), the limits are (?P<low>{NUMBER}) and (?P<high>{NUMBER})", "charted"),
    (rf"^Waiting, in [^:]*: {SERIES}", "stocks"),
    (rf"(?P<flow>Received|Re-entered|Left), in [^:]*: (?P<first_value>{NUMBER}) in (?P<first>{MONTH}), (?P<last_value>{NUMBER}) in (?P<last>{MONTH}); the highest was "
     rf"(?P<top_value>{NUMBER}) in (?P<top>{MONTH})", "flows"),
    (rf"(?P<what>Half, in days|Nine in ten, in days|Within \d+, in %): {SERIES}", "windows_of"),
    (rf"^[0-9]+(?:-[0-9]+)?: {NUMBER}; .*[0-9]+\+: {NUMBER}\.$", "ages"),
    (rf"(?P<month>\w+ \d{{4}}): (?P<share>{NUMBER}) % of (?P<due>{NUMBER}) due", "due"),
    (rf"(?P<title>.*): the mean is (?P<mean>{NUMBER}) %, the limits of chance are (?P<low>{NUMBER}) % and (?P<high>{NUMBER}) %; the latest month that can be judged, (?P<month>{MONTH}), is "
     rf"(?P<share>{NUMBER}) %", "limits"),
    (rf"(?P<year>\d{{4}}/\d\d)(?: \(partial\))?: half have left after (?P<half>{NUMBER}) days?", "curves"),
    (rf"^(?P<waiting>{NUMBER}) \w+ waited on {DAY}, .*before, (?P<inflow>{NUMBER}) a week came in, (?P<served>{NUMBER}) were served and (?P<other>{NUMBER}) left otherwise", "outlook_flows"),
    (rf"ever served in 13 weeks in a row: (?P<best>{NUMBER}) a week", "outlook_best"),
    (rf"^(?P<queue>[^:]*): (?P<standard>[^:]*): Met by (?P<months>.*?) of those who came in\. In (?P<month>{MONTH}), .*?, of (?P<due>{NUMBER}) \w+ (?P<failed>{NUMBER}) w\w+ late"
     rf"(?: and (?P<unseen>{NUMBER}) left without being served)?.*?(?:The target is (?P<target>{NUMBER}) %.*)?$", "missed"),
    (rf"^(?P<queue>[^:]*): (?P<late>{NUMBER}) of (?P<of>{NUMBER}) \w+ have waited longer than .*?, the longest for (?P<longest>{NUMBER}) days?; a week before it was (?P<week>{NUMBER})\."
     rf"(?: (?P<soon>{NUMBER}) more will be)?", "overdue"),
    (rf"^(?P<queue>[^:]*): Of (?P<of>{NUMBER}) \w+ waiting, (?P<old>{NUMBER}) ha\w+ waited for more than 180 days, the longest for (?P<longest>{NUMBER}) days?", "old"),
    (rf"^(?P<queue>[^:]*): (?P<measure>received|left|net change): (?P<month>{MONTH}): (?P<count>{NUMBER}) \w+, (?P<per_day>{NUMBER}) per [^;]*; the mean since {MONTH} is (?P<mean>{NUMBER})", "signal"),
    (rf"^(?P<queue>[^:]*): (?P<now>{NUMBER}) waits? now, (?P<year>{NUMBER}) a year before", "against_year"),
    (rf"^(?P<queue>[^,]*), (?P<measure>[a-z ]*) of (?P<when>(?:\d+ )?{MONTH}): from (?P<earlier>{NUMBER}) to (?P<later>{NUMBER})", "moved"),
    (r"(?P<share_then>N) % of \w+ \((?P<part_then>N) of (?P<of_then>N); 95 % interval (?P<low_then>N) % to (?P<high_then>N) %\) on D, (?P<share_now>N) % of \w+ \((?P<part_now>N) of (?P<of_now>N); "
     r"95 % interval (?P<low_now>N) % to (?P<high_now>N) %\)".replace(">N)", f">{NUMBER})").replace(" D,", f" {DAY},"), "shares_then_and_now"),
    (rf"[dD]ue(?: on|:) (?P<due>{DAY}), overdue by (?P<days>{NUMBER}) days?", "days_overdue"),
    (rf"^(?P<first>{DAY}): (?P<then>{NUMBER}) [a-z]+; (?P<last>{DAY}): (?P<now>{NUMBER}) [a-z]+\.$", "then_and_now"),
    (rf"^Of (?P<pairs>{NUMBER}) cases that .* was kinder in (?P<kinder>{NUMBER}) and stricter in (?P<stricter>{NUMBER}); in (?P<same>{NUMBER}) both gave the same", "pairs"),
    (rf"Waiting on (?P<from>{DAY}): (?P<opening>{NUMBER}); (?P<parts>.*); Waiting on (?P<to>{DAY}): (?P<closing>{NUMBER})", "bridge_parts"),
    (rf"^The bars are of (?P<from>{DAY}) to (?P<to>{DAY})", "bars_of"),
    (rf"^(?P<parts>(?:[a-z_() ]+ ?\*?: {NUMBER}; )*[a-z_() ]+ ?\*?: {NUMBER})\.$", "bars"),
    (rf"Latest, (?P<month>{MONTH})(?: \(provisional\))?, of (?P<of>{NUMBER}): (?P<shares>[a-z].*\d %)\.$", "exits"),
    (rf"^(?P<period>\d{{4}}/\d\d) ?[^:]*: (?P<share>{NUMBER}) % of (?P<of>{NUMBER}) cases", "graded"),
    (rf"Of (?P<of>{NUMBER}) open cases, (?P<silent>{NUMBER}) ha\w+ had no activity recorded for more than (?P<days>{NUMBER}) days", "silent"),
    (rf"^Latest, (?P<period>\d{{4}}/.*), of (?P<of>{NUMBER}): (?P<shares>[a-z].*\d %)\.$", "grades"),
    (rf"mean rank (?P<first>{NUMBER}) in .* and (?P<last>{NUMBER}) in [^,]*, 1 being the best grade; (?P<cases>{NUMBER}) cases; .* in (?P<chance>{NUMBER}) of 100", "trend"),
]

if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    sys.exit(Sentences(*sys.argv[1:]).run())

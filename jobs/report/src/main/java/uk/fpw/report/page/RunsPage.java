package uk.fpw.report.page;

import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import uk.fpw.layout.ReleasedFeed;
import uk.fpw.layout.site.KeptPages;
import uk.fpw.layout.site.RunRecords;
import uk.fpw.report.chart.Chart;
import uk.fpw.report.chart.StackedShare;
import uk.fpw.report.data.SiteData;
import uk.fpw.report.text.English;

/** For operators: the latest runs, how long their phases took, feeds, limits, and what to do. */
public final class RunsPage implements PageSource {

    /** A limit is near from here on. */
    private static final double NEAR = 0.8;

    private static final int LIMITS = 10;

    private static final DateTimeFormatter SHORT_NIGHT = DateTimeFormatter.ofPattern("d MMM", Locale.UK);

    @Override
    public List<Page> pages(SiteData site) {
        if (site.request().kept().place() == KeptPages.Place.KEPT) {
            return List.of(); // what to do now is not part of what was published
        }
        RunRecords records = site.request().operations().runs();
        LocalDateTime readAt = records.readAt();
        List<Block> blocks = readAt == null
                ? List.of()
                : List.of(todo(records), runs(records), phases(records), feeds(records, site), limits(records));
        return List.of(new Page(
                "runs/index.html",
                "Runs",
                Section.RUNS,
                "blocks.jte",
                new BlocksModel(
                        readAt == null
                                ? List.of(QualityPage.NOT_KNOWN)
                                : List.of("For the operators of the warehouse. What is known here ends at "
                                        + RunRecords.MINUTE.format(readAt) + " (" + records.zone()
                                        + "), when this page was made: "
                                        + "by a run before it had ended, or after it had failed. A run that never "
                                        + "began, or was killed or stopped, makes no page. What happened since, and "
                                        + "the message of each failure, are in fpw status."),
                        blocks)));
    }

    private static Block todo(RunRecords records) {
        List<List<Block.Cell>> rows = new ArrayList<>();
        records.runs().stream()
                .filter(run -> !run.status().equals("running"))
                .findFirst()
                .filter(run -> run.remedy() != null)
                .ifPresent(run -> rows.add(cells(
                        "The run of " + English.day(run.businessDate()) + ": " + result(run) + ".", remedy(run))));
        for (RunRecords.Feed feed : records.feeds()) {
            if (!feed.status().equals("loaded") && !feed.status().equals("running")) {
                rows.add(cells(
                        feed.feed() + " could not be loaded for " + English.day(feed.businessDate()) + ".",
                        "Correct what fpw status names, then run the date again."));
            }
        }
        for (RunRecords.Limit limit : records.limits()) {
            if (limit.ratio() >= NEAR) {
                rows.add(cells(
                        limit.subject() + " is at " + percent(limit) + " of its limit " + limit.limit() + ".",
                        limit.ratio() >= 1
                                ? "It was explained or accepted; see fpw status. Correct the source if it is wrong."
                                : "Ask the owner before the next night; if the change is right, fpw accept lets it "
                                        + "pass."));
            }
        }
        for (RunRecords.FailedNotices failed : records.failedNotices()) {
            rows.add(cells(failed.what(), failed.remedy()));
        }
        for (RunRecords.Slow slow : records.slow()) {
            rows.add(cells(
                    phase(slow.phase()) + " took " + English.figure(rounded(slow.seconds()))
                            + " s in the latest night, usually " + English.figure(rounded(slow.usual())) + " s.",
                    "See what else ran on the machine, whether feeds have grown, and Memory in docs/operator.md."));
        }
        return Block.ofTable(
                "to-do",
                "What to do",
                rows.isEmpty() ? "Nothing, as far as this page knows." : "",
                new Block.DataTable("What to do, and why", List.of("What", "What to do"), rows));
    }

    private static Block runs(RunRecords records) {
        return Block.ofTable(
                "runs",
                "The latest runs",
                "Of the newest 14 nights, and failures before them.",
                new Block.DataTable(
                        "Runs, the latest first",
                        List.of("Of", "Began", "Seconds", "Result", "Exit code", "What to do"),
                        records.runs().stream()
                                .map(run -> cells(
                                        English.shortDay(run.businessDate()),
                                        minute(run.startedAt()),
                                        run.seconds() == null ? "" : English.figure(rounded(run.seconds())),
                                        English.sentence(result(run)),
                                        run.exitCode() == null
                                                ? ""
                                                : run.exitCode().toString(),
                                        remedy(run)))
                                .toList()));
    }

    private static String result(RunRecords.Run run) {
        String words =
                switch (run.status()) {
                    case "running" -> "in progress when this page was made";
                    case "released" -> "released " + run.releaseId();
                    case "computed" -> "computed " + run.releaseId() + ", not released";
                    case "loaded" -> "loaded, nothing computed";
                    case "terminated", "abandoned" -> "ended unexpectedly";
                    default -> run.status();
                };
        return run.reason() == null
                ? words
                : words + (run.status().equals("released") ? ", but " : ", because ") + run.reason();
    }

    private static String remedy(RunRecords.Run run) {
        return Objects.requireNonNullElse(run.remedy(), "");
    }

    private static Block phases(RunRecords records) {
        List<RunRecords.Run> nights = records.runs().stream()
                .filter(run -> run.releaseId() != null && !run.phases().isEmpty())
                .collect(Collectors.toCollection(ArrayList::new));
        // a chart keeps its last bars and names the last one the latest
        Collections.reverse(nights);
        List<String> phases = nights.stream()
                .flatMap(run -> run.phases().stream().map(RunRecords.Phase::phase))
                .collect(Collectors.toCollection(LinkedHashSet::new))
                .stream()
                .toList();
        List<Chart> charts = nights.isEmpty() || phases.size() > StackedShare.PARTS
                ? List.of()
                : List.of(StackedShare.ofSeconds(
                        "phases",
                        "How long the phases of each run took",
                        "seconds",
                        phases.stream().map(RunsPage::phase).toList(),
                        nights.stream().map(run -> bar(run, phases)).toList()));
        return Block.ofCharts(
                "phases",
                "Phases",
                charts.isEmpty()
                        ? "The phases of these runs are not recorded, or no longer."
                        : "The latest run last. The run that made this page is shown up to that moment, a failed one "
                                + "up to the phase that failed.",
                charts);
    }

    private static StackedShare.Period bar(RunRecords.Run run, List<String> phases) {
        String ending =
                switch (run.status()) {
                    case "running" -> ", so far";
                    case "failed" -> ", failed";
                    case "terminated", "abandoned" -> ", killed";
                    default -> "";
                };
        return new StackedShare.Period(
                SHORT_NIGHT.format(run.businessDate()) + ending,
                phases.stream()
                        .map(phase -> run.phases().stream()
                                .filter(one -> one.phase().equals(phase))
                                .mapToLong(one ->
                                        one.seconds() == null ? 0 : Math.round(1000 * Math.max(0, one.seconds())))
                                .sum())
                        .toList(),
                null);
    }

    /** Its name in words: {@code load_feeds} is Load feeds. */
    private static String phase(String name) {
        return English.sentence(name.replace('_', ' '));
    }

    private static Block feeds(RunRecords records, SiteData site) {
        return new Block(
                "feeds",
                "Feeds",
                List.of(
                        records.feeds().isEmpty()
                                ? "Nothing has been loaded."
                                : "Age: days from the end of the data of a feed to the end of the figures. "
                                        + "Usually: the median of up to 14 loads before the latest. Loaded rows are "
                                        + "new or changed."),
                List.of(),
                List.of(
                        new Block.DataTable(
                                "The latest load of each feed",
                                List.of("Feed", "Complete to", "Age", "Latest load", "Ended"),
                                records.feeds().stream()
                                        .map(feed -> feed(feed, site))
                                        .toList()),
                        new Block.DataTable(
                                "Rows of the latest load of each feed beside its earlier ones",
                                List.of("Feed", "Rows", "Latest load", "Usually"),
                                records.feeds().stream().flatMap(RunsPage::rows).toList())),
                List.of(),
                "");
    }

    private static List<Block.Cell> feed(RunRecords.Feed feed, SiteData site) {
        LocalDate complete = site.release().manifest().feeds().stream()
                .filter(one -> one.name().equals(feed.feed()))
                .map(ReleasedFeed::completeTo)
                .findFirst()
                .orElse(null);
        return cells(
                feed.feed(),
                complete == null ? "not in the release" : English.shortDay(complete),
                complete == null ? "" : English.count(site.businessDate().toEpochDay() - complete.toEpochDay()),
                feed.status() + ", of " + English.shortDay(feed.businessDate()),
                minute(feed.finishedAt()));
    }

    /** What became of the rows of a load, without what neither the latest nor the earlier loads had. */
    private static Stream<List<Block.Cell>> rows(RunRecords.Feed feed) {
        return Stream.of(
                        new Kind("received", RunRecords.Rows::received),
                        new Kind("loaded", RunRecords.Rows::loaded),
                        new Kind("changed", RunRecords.Rows::changed),
                        new Kind("deleted", RunRecords.Rows::deleted),
                        new Kind("refused", RunRecords.Rows::refused),
                        new Kind("held", RunRecords.Rows::held))
                .filter(kind -> !isNone(kind.count.apply(feed.rows())) || !isNone(kind.count.apply(feed.usual())))
                .map(kind -> cells(
                        feed.feed(),
                        kind.name,
                        English.count(kind.count.apply(feed.rows())),
                        English.count(kind.count.apply(feed.usual()))));
    }

    private record Kind(String name, Function<RunRecords.Rows, @Nullable Long> count) {}

    private static boolean isNone(@Nullable Long count) {
        return count == null || count == 0;
    }

    private static Block limits(RunRecords records) {
        String unknown = records.limitsUnavailable();
        return Block.ofTable(
                "limits",
                "Limits",
                (records.limits().isEmpty()
                                ? "No limit has anything to compare with."
                                : "How near the latest loads, and the current release when it was made, came to the "
                                        + "limits that stop them"
                                        + nearest(records.limits().size())
                                        + ". More than 100 % passed because it was declared, "
                                        + "usual or accepted.")
                        + (unknown == null ? "" : " Not all are known: " + unknown + "."),
                new Block.DataTable(
                        "The nearest limits",
                        List.of("Feed or queue", "Limit", "Found", "Allowed", "Used"),
                        records.limits().stream()
                                .limit(LIMITS)
                                .map(limit -> cells(
                                        limit.subject(),
                                        limit.limit(),
                                        English.count(limit.count()),
                                        English.figure(rounded(limit.allowed())),
                                        percent(limit)))
                                .toList()));
    }

    private static String nearest(int all) {
        return all > LIMITS ? ": the nearest " + LIMITS + " of " + all : "";
    }

    private static String percent(RunRecords.Limit limit) {
        return Math.round(100 * limit.ratio()) + " %";
    }

    private static double rounded(double value) {
        return Math.round(10 * value) / 10.0;
    }

    private static String minute(@Nullable LocalDateTime time) {
        return time == null ? "" : RunRecords.MINUTE.format(time);
    }

    private static List<Block.Cell> cells(String... values) {
        return Stream.of(values).map(Block.Cell::of).toList();
    }
}

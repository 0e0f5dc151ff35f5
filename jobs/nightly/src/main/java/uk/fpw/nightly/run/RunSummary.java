package uk.fpw.nightly.run;

import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.Collectors;
import uk.fpw.ingest.LoadSummary;
import uk.fpw.nightly.run.change.FigureChangeReport;
import uk.fpw.nightly.run.change.QuotedFiguresReport;
import uk.fpw.nightly.run.database.WarehouseDatabase;
import uk.fpw.nightly.site.PagesStatus;
import uk.fpw.warehouse.force.Force;
import uk.fpw.warehouse.force.IgnoredFields;
import uk.fpw.warehouse.message.MetricsResult;
import uk.fpw.warehouse.store.ledger.Release;

/** Prints the result of a run, the row counts, and where to look next. */
public final class RunSummary {

    private final PrintStream out;
    private final String launcher;
    private final Function<Path, String> shown;

    /**
     * Prints to a stream.
     *
     * @param launcher command that starts fpw in this installation
     * @param shown how to print a path
     */
    public RunSummary(PrintStream out, String launcher, Function<Path, String> shown) {
        this.out = out;
        this.launcher = launcher;
        this.shown = shown;
    }

    public void print(RunResult run) {
        if (run.releasing().releasedBefore() != null) {
            line("");
            line("Candidate %s was already released; nothing to do.", run.releaseId());
            missingFeeds(run);
            heldFeeds(run);
            return;
        }
        if (!run.loading().loads().isEmpty()) {
            loads(run.loading().loads());
        }
        lines(run.loading().unreadFiles());
        lines(run.loading().deliveries());
        if (!run.accounts().isEmpty()) {
            accounts(run);
        }
        if (run.releasing().release() != null) {
            release(run, run.releasing().release().release());
            new FigureChangeReport(out).print(run.releasing().release().figureChanges());
            new QuotedFiguresReport(out).print(run.releasing().quoted(), run.releaseId());
            lines(run.releasing().quoted().erased());
        } else if (run.metrics() != null) {
            candidate(run, run.metrics());
            new FigureChangeReport(out).print(run.metrics().figureChanges());
        }
        accepted(run);
        missingFeeds(run);
        failedFeeds(run);
        heldFeeds(run);
        warnings(run);
        lines(IgnoredFields.of(run.force()));
        seconds(run);
        nextSteps(run);
    }

    private void lines(List<String> lines) {
        if (!lines.isEmpty()) {
            line("");
            lines.forEach(line -> line("%s", line));
        }
    }

    private void loads(List<LoadSummary> loads) {
        int width = width(loads.stream().map(LoadSummary::feed).toList(), "Rows of the files");
        line("");
        line(
                "%-" + width + "s %11s %11s %11s %11s %11s %11s %11s",
                "Rows of the files",
                "received",
                "loaded",
                "unchanged",
                "repeated",
                "superseded",
                "refused",
                "deleted");
        for (LoadSummary load : loads) {
            line(
                    "%-" + width + "s %,11d %,11d %,11d %,11d %,11d %,11d %,11d",
                    "  " + load.feed(),
                    load.counts().received(),
                    load.counts().loaded(),
                    load.counts().unchanged(),
                    load.counts().repeated(),
                    load.counts().superseded(),
                    load.counts().refused(),
                    load.counts().deleted());
            if (!load.isOfThisRun()) {
                line("    loaded by the interrupted run; not loaded again");
            }
            if (load.counts().emptyKey() > 0) {
                line(
                        "    %,d of the refused rows have an empty key and do not belong to the feed",
                        load.counts().emptyKey());
            }
            if (load.counts().keptOut() > 0) {
                line(
                        "    %,d rows are kept out, because they were erased, or their time is over; corrections of "
                                + "them are not loaded",
                        load.counts().keptOut());
            }
            if (load.counts().flagged() > 0) {
                line(
                        "    %,d loaded rows have an ambiguous local time; the earlier time was used",
                        load.counts().flagged());
            }
            if (load.note() != null) {
                line("    %s", load.note());
            }
        }
    }

    private void accounts(RunResult run) {
        List<MetricsResult.FeedAccount> accounts = run.accounts();
        int width = width(accounts.stream().map(MetricsResult.FeedAccount::feed).toList(), "Rows in the figures");
        line("");
        line(
                "%-" + width + "s %11s %11s %11s %11s %13s",
                "Rows in the figures",
                "current",
                "used",
                "excluded",
                "ahead",
                "out of scope");
        for (MetricsResult.FeedAccount account : accounts) {
            line(
                    "%-" + width + "s %,11d %,11d %,11d %,11d %,13d",
                    "  " + account.feed(),
                    account.currentCount(),
                    account.usedCount(),
                    account.rowsExcluded(),
                    account.aheadCount(),
                    account.outOfScope().rowCount());
            if (account.outOfScope().changedCount() > 0) {
                line("    out of scope: %s", describe(account.outOfScope()));
            }
            List<MetricsResult.LaterDates> later = laterDates(run.force(), account);
            if (!later.isEmpty()) {
                line(
                        "    dates after %s: %s",
                        run.request().businessDate(),
                        later.stream()
                                .map(column -> String.format(Locale.ROOT, "%s %,d", column.column(), column.rowCount()))
                                .collect(Collectors.joining(", ")));
            }
            for (MetricsResult.Excluded excluded : account.excluded()) {
                line("    %,d %s: %s", excluded.rowCount(), excluded.code(), run.reason(excluded));
            }
        }
    }

    /** The notes on loads, each with its feed. */
    static List<String> notes(List<LoadSummary> loads) {
        return loads.stream()
                .filter(load -> load.note() != null)
                .map(load -> "feed " + load.feed() + ": " + load.note())
                .toList();
    }

    /** Without those that may be ahead every night, such as deadlines. */
    static List<MetricsResult.LaterDates> laterDates(Force force, MetricsResult.FeedAccount account) {
        return account.laterDates().stream()
                .filter(later -> force.feeds().stream()
                        .noneMatch(feed -> feed.name().equals(account.feed())
                                && feed.lists().mayBeAhead(later.column())))
                .toList();
    }

    /** What is known of the rows that are out of scope. */
    static String describe(MetricsResult.OutOfScope rows) {
        return String.format(
                Locale.ROOT,
                "once in scope: %,d; rows in which a column of the scope has changed since they were first loaded: %,d",
                rows.wereInScopeCount(),
                rows.changedCount());
    }

    private void candidate(RunResult run, MetricsResult metrics) {
        long stopped = metrics.quality().stream()
                .filter(test -> test.severity().equals("stop") && test.failedCount() > 0)
                .count();
        line("");
        line(
                "Candidate %s, data as at the end of %s",
                run.releaseId(), run.request().businessDate());
        line(
                "  tests     %,d, of which %,d prevent a release",
                metrics.quality().size(), stopped);
        int width = width(
                metrics.tables().stream().map(MetricsResult.TableVersion::table).toList(), "");
        for (MetricsResult.TableVersion table : metrics.tables()) {
            line("  %-" + width + "s %,11d rows", table.table(), table.rowCount());
        }
    }

    private void release(RunResult run, Release release) {
        Release previous = run.releasing().previous();
        line("");
        line("Release %s, data as at the end of %s", release.releaseId(), release.businessDate());
        line(
                "  digest    %s%s",
                release.digest(),
                previous != null && previous.digest().equals(release.digest())
                        ? "  (the same content as " + previous.releaseId() + ")"
                        : "");
        line("  previous  %s", previous == null ? "none, this is the first" : previous.releaseId());
        int width = width(release.tables().stream().map(Release.Table::name).toList(), "");
        for (Release.Table table : release.tables()) {
            line("  %-" + width + "s %,11d rows", table.name(), table.rowCount());
        }
    }

    private void accepted(RunResult run) {
        if (!run.releasing().accepted().isEmpty()) {
            line("");
            line("Accepted (exceeded limits accepted for this business date)");
            run.releasing().accepted().forEach(acceptance -> line("  %s", acceptance.describe()));
        }
    }

    private void missingFeeds(RunResult run) {
        if (!run.missingFeeds().isEmpty()) {
            line("");
            line("Missing feeds (released without them; figures that depend on these feeds are "
                    + "not available after their last loaded day)");
            run.missingFeeds().forEach(feed -> line("  %s", run.describeMissing(feed)));
        }
    }

    private void failedFeeds(RunResult run) {
        if (!run.failedFeeds().isEmpty()) {
            line("");
            line("Feeds that could not be loaded (what is known of them is recent enough for the release)");
            run.failedFeeds().forEach(feed -> line("  %s", feed));
        }
    }

    private void heldFeeds(RunResult run) {
        if (!run.heldFeeds().isEmpty()) {
            line("");
            line("Held rows (they count, and may be gone: correct the refused rows at the source)");
            run.heldFeeds().forEach(feed -> line("  %s", feed));
        }
    }

    private void warnings(RunResult run) {
        List<MetricsResult.QualityResult> warnings = run.releasing().release() == null
                ? List.of()
                : run.releasing().release().warnings();
        if (!warnings.isEmpty() || !run.laterFailures().isEmpty()) {
            line("");
            line("Warnings (the release is current)");
            warnings.forEach(test ->
                    line("  %s %s: %,d rows: %s", test.table(), test.code(), test.failedCount(), test.message()));
            run.laterFailures().forEach(failure -> line("  %s", failure));
        }
    }

    private void seconds(RunResult run) {
        String parts = run.timings().stream().map(RunSummary::seconds).collect(Collectors.joining(", "));
        MetricsResult metrics = run.metrics();
        String spark = metrics == null
                ? ""
                : metrics.timings().stream().map(RunSummary::seconds).collect(Collectors.joining(", "));
        line("");
        line("Seconds: %s", parts);
        if (!spark.isEmpty()) {
            line("  in Spark: %s", spark);
        }
    }

    private void nextSteps(RunResult run) {
        String force = shown.apply(run.force().folder());
        String date = run.request().businessDate().toString();
        line("");
        line("Next steps");
        if (rejects(run)) {
            line("  rejected %s rejections --force %s --date %s", launcher, force, date);
        }
        switch (run.request().task()) {
            case INGEST -> line("  compute  %s metrics --force %s --date %s", launcher, force, date);
            case METRICS -> line("  release  %s release --force %s --date %s", launcher, force, date);
            case NIGHTLY, RELEASE -> {
                RunResult.Pages pages = run.releasing().pages();
                if (pages != null) {
                    line("  pages    %s", shown.apply(pages.link().resolve("index.html")));
                    String tooLarge = PagesStatus.tooLarge(pages.link());
                    if (tooLarge != null) {
                        line("  size     %s", tooLarge);
                    }
                    String obstacle = pages.readers().obstacle(launcher);
                    if (obstacle != null) {
                        line("  readers  do not see these pages, because %s", obstacle);
                    }
                }
                line(
                        "  query    %s query --force %s 'select * from mart.wait_summary where is_total'",
                        launcher, force);
                line(
                        "  BI       schema bi of %s",
                        WarehouseDatabase.displayUrl(run.force().storage()));
                Path exported = run.released().exportFolder();
                if (exported != null) {
                    line("  Parquet  %s", shown.apply(exported));
                }
            }
        }
        line("  log      %s", shown.apply(run.log()));
    }

    /** Whether there is a row that {@code fpw rejections} can say something of. */
    private static boolean rejects(RunResult run) {
        return run.loading().loads().stream().anyMatch(load -> load.counts().refused() > 0)
                || run.accounts().stream().anyMatch(account -> account.rowsExcluded() > 0);
    }

    private static String seconds(MetricsResult.Timing timing) {
        return String.format(Locale.ROOT, "%s %.1f", timing.part(), timing.millis() / 1000.0);
    }

    private static int width(List<String> names, String heading) {
        return Math.max(
                heading.length(),
                2 + names.stream().mapToInt(String::length).max().orElse(0));
    }

    private void line(String format, Object... values) {
        out.println(String.format(Locale.ROOT, format, values));
    }
}

package uk.fpw.nightly.night;

import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.Collectors;
import uk.fpw.ingest.LoadSummary;
import uk.fpw.warehouse.ledger.Release;
import uk.fpw.warehouse.run.MetricsResult;

/** Prints the result of a run, the row counts, and where to look next. */
public final class RunSummary {

    private final PrintStream out;
    private final String launcher;
    private final Function<Path, String> shown;

    /**
     * A summary on a stream.
     *
     * @param launcher how fpw is called here
     * @param shown how a path is shown
     */
    public RunSummary(PrintStream out, String launcher, Function<Path, String> shown) {
        this.out = out;
        this.launcher = launcher;
        this.shown = shown;
    }

    /** Prints everything that this run did. */
    public void print(RunResult night) {
        if (night.releasing().releasedBefore() != null) {
            line("");
            line("Candidate %s was already released; nothing to do.", night.releaseId());
            missingFeeds(night);
            return;
        }
        if (!night.loading().loads().isEmpty()) {
            loads(night.loading().loads());
        }
        lines(night.loading().unreadFiles());
        lines(night.loading().deliveries());
        if (!night.accounts().isEmpty()) {
            accounts(night);
        }
        if (night.releasing().release() != null) {
            release(night, night.releasing().release().release());
        } else if (night.metrics() != null) {
            candidate(night, night.metrics());
        }
        accepted(night);
        missingFeeds(night);
        warnings(night);
        seconds(night);
        nextSteps(night);
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
                "%-" + width + "s %11s %11s %11s %11s %11s %11s",
                "Rows of the files",
                "received",
                "loaded",
                "unchanged",
                "repeated",
                "refused",
                "deleted");
        for (LoadSummary load : loads) {
            line(
                    "%-" + width + "s %,11d %,11d %,11d %,11d %,11d %,11d",
                    "  " + load.feed(),
                    load.counts().received(),
                    load.counts().loaded(),
                    load.counts().unchanged(),
                    load.counts().repeated(),
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

    private void accounts(RunResult night) {
        List<MetricsResult.FeedAccount> accounts = night.accounts();
        int width = width(accounts.stream().map(MetricsResult.FeedAccount::feed).toList(), "Rows in the figures");
        line("");
        line("%-" + width + "s %11s %11s %11s", "Rows in the figures", "current", "used", "excluded");
        for (MetricsResult.FeedAccount account : accounts) {
            line(
                    "%-" + width + "s %,11d %,11d %,11d",
                    "  " + account.feed(),
                    account.currentCount(),
                    account.usedCount(),
                    account.currentCount() - account.usedCount());
            for (MetricsResult.Excluded excluded : account.excluded()) {
                line("    %,d %s: %s", excluded.rowCount(), excluded.code(), night.reason(excluded.code()));
            }
        }
    }

    private void candidate(RunResult night, MetricsResult metrics) {
        long stopped = metrics.quality().stream()
                .filter(test -> test.severity().equals("stop") && test.failedCount() > 0)
                .count();
        line("");
        line(
                "Candidate %s, data as at the end of %s",
                night.releaseId(), night.request().businessDate());
        line(
                "  tests     %,d, of which %,d prevent a release",
                metrics.quality().size(), stopped);
        int width = width(
                metrics.tables().stream().map(MetricsResult.TableVersion::table).toList(), "");
        for (MetricsResult.TableVersion table : metrics.tables()) {
            line("  %-" + width + "s %,11d rows", table.table(), table.rowCount());
        }
    }

    private void release(RunResult night, Release release) {
        Release previous = night.releasing().previous();
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

    private void accepted(RunResult night) {
        if (!night.releasing().accepted().isEmpty()) {
            line("");
            line("Accepted (exceeded limits accepted for this business date)");
            night.releasing().accepted().forEach(acceptance -> line("  %s", acceptance.inWords()));
        }
    }

    private void missingFeeds(RunResult night) {
        if (!night.missingFeeds().isEmpty()) {
            line("");
            line("Missing feeds (released without them; figures that depend on these feeds are "
                    + "not available after their last loaded day)");
            night.missingFeeds().forEach(feed -> line("  %s", night.missingInWords(feed)));
        }
    }

    private void warnings(RunResult night) {
        List<MetricsResult.QualityResult> warnings = night.releasing().release() == null
                ? List.of()
                : night.releasing().release().warnings();
        if (!warnings.isEmpty() || !night.troubleList().isEmpty()) {
            line("");
            line("Warnings (the release is current)");
            warnings.forEach(test ->
                    line("  %s %s: %,d rows: %s", test.table(), test.code(), test.failedCount(), test.message()));
            night.troubleList().forEach(trouble -> line("  %s", trouble));
        }
    }

    private void seconds(RunResult night) {
        String parts = night.timings().stream().map(RunSummary::seconds).collect(Collectors.joining(", "));
        MetricsResult metrics = night.metrics();
        String spark = metrics == null
                ? ""
                : metrics.timings().stream().map(RunSummary::seconds).collect(Collectors.joining(", "));
        line("");
        line("Seconds: %s", parts);
        if (!spark.isEmpty()) {
            line("  in Spark: %s", spark);
        }
    }

    private void nextSteps(RunResult night) {
        String force = shown.apply(night.force().folder());
        String date = night.request().businessDate().toString();
        line("");
        line("Next steps");
        switch (night.request().task()) {
            case INGEST -> line("  compute  %s metrics --force %s --date %s", launcher, force, date);
            case METRICS -> line("  release  %s release --force %s --date %s", launcher, force, date);
            case NIGHT, RELEASE -> {
                line(
                        "  query    %s query --force %s 'select * from mart.wait_summary where is_total'",
                        launcher, force);
                line(
                        "  BI       schema bi of %s",
                        WarehouseDatabase.address(night.force().storage()));
                Path exported = night.released().exportFolder();
                if (exported != null) {
                    line("  Parquet  %s", shown.apply(exported));
                }
            }
        }
        line("  log      %s", shown.apply(night.log()));
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

package uk.fpw.nightly.night;

import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.Collectors;
import uk.fpw.ingest.LoadSummary;
import uk.fpw.publish.ReleaseSummary;
import uk.fpw.warehouse.release.Release;
import uk.fpw.warehouse.run.MetricsResult;

/** Tells a person what a night did, where every row went, and where to look next. */
public final class NightSummary {

    private final PrintStream out;
    private final String launcher;
    private final Function<Path, String> shown;

    /**
     * A summary on a stream.
     *
     * @param launcher how fpw is called here
     * @param shown how a path is shown
     */
    public NightSummary(PrintStream out, String launcher, Function<Path, String> shown) {
        this.out = out;
        this.launcher = launcher;
        this.shown = shown;
    }

    /** Prints everything. */
    public void print(NightOutcome night) {
        loads(night.loads());
        accounts(night);
        release(night);
        warnings(night.release());
        seconds(night);
        lookNext(night);
    }

    private void loads(List<LoadSummary> loads) {
        int width = width(loads.stream().map(LoadSummary::feed).toList(), "Rows of the files");
        line("");
        line(
                "%-" + width + "s %11s %11s %11s %11s %11s",
                "Rows of the files",
                "received",
                "loaded",
                "unchanged",
                "refused",
                "deleted");
        for (LoadSummary load : loads) {
            line(
                    "%-" + width + "s %,11d %,11d %,11d %,11d %,11d",
                    "  " + load.feed(),
                    load.received(),
                    load.loaded(),
                    load.unchanged(),
                    load.refused(),
                    load.deleted());
            if (load.flagged() > 0) {
                line("    %,d loaded rows have an ambiguous local time; the earlier was taken", load.flagged());
            }
            if (load.note() != null) {
                line("    %s", load.note());
            }
        }
    }

    private void accounts(NightOutcome night) {
        List<MetricsResult.FeedAccount> accounts = night.release().accounts();
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

    private void release(NightOutcome night) {
        Release release = night.release().release();
        Release previous = night.previous();
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

    private void warnings(ReleaseSummary summary) {
        if (!summary.warnings().isEmpty() || !summary.troubles().isEmpty()) {
            line("");
            line("To look into (the release stands)");
            summary.warnings()
                    .forEach(test -> line(
                            "  %s %s: %,d rows: %s", test.table(), test.code(), test.failedCount(), test.message()));
            summary.troubles().forEach(trouble -> line("  %s", trouble));
        }
    }

    private void seconds(NightOutcome night) {
        String parts = night.timings().stream().map(NightSummary::seconds).collect(Collectors.joining(", "));
        String spark =
                night.metrics().timings().stream().map(NightSummary::seconds).collect(Collectors.joining(", "));
        line("");
        line("Seconds: %s", parts);
        if (!spark.isEmpty()) {
            line("  in Spark: %s", spark);
        }
    }

    private void lookNext(NightOutcome night) {
        String force = shown.apply(night.force().folder());
        line("");
        line("Look next");
        line("  ask      %s query --force %s 'select * from mart.wait_summary where is_total'", launcher, force);
        line("  BI       schema mart of %s", Database.address(night.force().storage()));
        if (night.release().exportFolder() != null) {
            line("  Parquet  %s", shown.apply(night.release().exportFolder()));
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

package uk.fpw.nightly.cli.status;

import java.io.PrintStream;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import uk.fpw.nightly.measure.FailedChannel;
import uk.fpw.warehouse.store.ledger.Release;
import uk.fpw.warehouse.store.ledger.RunLedger;
import uk.fpw.warehouse.store.ledger.feed.LoadStatus;
import uk.fpw.warehouse.store.lock.WarehouseLock;

/** Prints the state of a warehouse for a person; times are in the force's zone. */
final class StatusText {

    private static final DateTimeFormatter MINUTE = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm");

    private final StatusReport report;
    private final ZoneId zone;
    private final PrintStream out;

    StatusText(StatusReport report, PrintStream out) {
        this.report = report;
        this.zone = report.force().zone();
        this.out = out;
    }

    /**
     * Prints all parts of which there is anything to say.
     *
     * @param warehouse its folder as the user would type it
     */
    void print(String warehouse) {
        out.println(report.force().name() + " (" + report.force().code() + "), warehouse " + warehouse + "; times in "
                + zone);
        release();
        if (!report.hasDatabase()) {
            return;
        }
        lock();
        runs();
        slow();
        part(
                "Notices that failed",
                report.failedChannels().stream()
                        .map(one -> one.describe(MINUTE, zone) + " " + FailedChannel.REMEDY)
                        .toList());
        loads();
        accounts();
        part("Incremental database feeds", ChangesStatus.lines(report.comparisons()));
        part(
                "Withdrawn",
                report.withdrawn().stream()
                        .map(one -> one.what() + ", " + at(one.at()) + " by " + one.by() + ": " + one.reason())
                        .toList());
        part(
                "Published figures to restate (fpw publication --restate)",
                report.notes().restatements());
        lines(report.notes().files());
        lines(report.notes().deliveries());
        part(
                "Accepted limits since " + report.acceptedSince(),
                report.accepted().stream()
                        .map(one -> one.describe() + (one.usedByRun() == null ? "; not used" : ""))
                        .toList());
        part("Pages", report.notes().pages());
        String erasures = report.notes().erasures();
        line(erasures == null ? null : "Erasures: " + erasures);
        line(report.notes().restrictions());
        line(report.notes().retention());
        line(report.notes().cluster());
    }

    private void release() {
        Release release = report.release();
        out.println(
                release == null
                        ? "Release: " + report.noRelease()
                        : "Release: " + release.releaseId() + ", data as at " + release.businessDate() + ", created "
                                + at(release.releasedAt()) + release.describeCoverage());
        if (release != null) {
            report.withdrawnLoads()
                    .forEach(load -> out.println("  created with load " + load.describe()
                            + ", which was withdrawn: withdraw the release too (fpw withdraw release "
                            + release.releaseId() + "), or run fpw nightly"));
        }
    }

    private void lock() {
        WarehouseLock.Holding held = report.lock();
        if (held == null) {
            out.println("Running: none");
        } else if (held.hasEnded()) {
            out.println("Running: none; run " + held.holder().runId()
                    + " ended without recording it (killed, or its disk full), and the next run recovers what it left");
        } else {
            out.println("Running: run " + held.holder().runId() + ", process "
                    + held.holder().pid() + " on host "
                    + held.holder().host() + ", since "
                    + at(held.acquiredAt()) + ", last heartbeat " + at(held.heartbeatAt()));
        }
    }

    private void runs() {
        out.println();
        out.println("Latest runs");
        for (RunLedger.Run run : report.runs()) {
            out.println(String.format(
                    Locale.ROOT,
                    "  %s  %-10s %-14s began %s, ended %s  run %s",
                    run.businessDate(),
                    report.statusOf(run.status()),
                    run.status().equals("released")
                            ? run.releaseId()
                            : run.exitCode() == null ? "" : "exit code " + run.exitCode(),
                    at(run.startedAt()),
                    at(run.finishedAt()),
                    run.runId()));
            if (run.message() != null) {
                out.println("      " + run.message().replace("\n", "\n      "));
            }
        }
    }

    private void slow() {
        part(
                "Phases of the latest run that took far longer than usual",
                report.measures().slow().stream()
                        .map(one -> String.format(
                                Locale.ROOT, "%s  %,.0f s, usually %,.0f s", one.phase(), one.seconds(), one.usual()))
                        .toList());
    }

    private void loads() {
        out.println();
        out.println("Latest load of each feed");
        for (LoadStatus.LatestLoad load : report.loads()) {
            out.println(String.format(
                    Locale.ROOT,
                    "  %s  %s  %s %s: received %s, loaded %s, unchanged %s, repeated %s%s, refused %s%s%s, deleted "
                            + "%s%s  load %s",
                    load.feed(),
                    load.businessDate(),
                    report.statusOf(load.status()),
                    at(load.finishedAt()),
                    count(load.received()),
                    count(load.loaded()),
                    count(load.unchanged()),
                    count(load.repeated()),
                    isSome(load.superseded()) ? ", superseded " + count(load.superseded()) : "",
                    count(load.refused()),
                    isSome(load.emptyKey()) ? " (" + count(load.emptyKey()) + " with an empty key)" : "",
                    isSome(load.keptOut()) ? ", kept out " + count(load.keptOut()) : "",
                    count(load.deleted()),
                    isSome(load.held())
                            ? ", held " + count(load.held())
                                    + " (missing, but not deleted: their keys may be "
                                    + "among the unreadable ones)"
                            : "",
                    load.loadId()));
        }
    }

    private void accounts() {
        if (!report.accounts().isEmpty()) {
            part(
                    "Rows in the figures, by the latest computation, of "
                            + report.accounts().get(0).businessDate(),
                    report.accounts().stream()
                            .map(account -> account.rows().feed() + "  "
                                    + account.rows().describe())
                            .toList());
        }
    }

    private void part(String heading, List<String> lines) {
        if (!lines.isEmpty()) {
            out.println();
            out.println(heading);
            lines.forEach(line -> out.println("  " + line));
        }
    }

    private void lines(List<String> lines) {
        if (!lines.isEmpty()) {
            out.println();
            lines.forEach(out::println);
        }
    }

    private void line(@Nullable String line) {
        if (line != null) {
            lines(List.of(line));
        }
    }

    private String at(@Nullable Instant time) {
        return time == null ? "-" : MINUTE.format(time.atZone(zone));
    }

    private static boolean isSome(@Nullable Long count) {
        return count != null && count > 0;
    }

    /** A count that was not taken is unknown, never zero. */
    private static String count(@Nullable Long count) {
        return count == null ? "unknown" : String.format(Locale.ROOT, "%,d", count);
    }
}

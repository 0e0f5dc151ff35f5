package uk.fpw.nightly.cli.option;

import com.zaxxer.hikari.HikariDataSource;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ParameterException;
import uk.fpw.layout.WarehouseFolder;
import uk.fpw.nightly.notify.Event;
import uk.fpw.nightly.notify.Notice;
import uk.fpw.nightly.notify.Notifier;
import uk.fpw.nightly.notify.ReleaseVerdicts;
import uk.fpw.nightly.run.ReportedException;
import uk.fpw.nightly.run.database.WarehouseDatabase;
import uk.fpw.warehouse.failure.ExitCode;
import uk.fpw.warehouse.failure.FpwException;
import uk.fpw.warehouse.force.Force;
import uk.fpw.warehouse.force.yaml.ForceFolderException;
import uk.fpw.warehouse.installation.Installation;
import uk.fpw.warehouse.store.catalog.WarehouseCatalog;
import uk.fpw.warehouse.store.ledger.FailedNotices;
import uk.fpw.warehouse.store.ledger.Release;
import uk.fpw.warehouse.store.ledger.Releases;
import uk.fpw.warehouse.store.ledger.RunLedger;
import uk.fpw.warehouse.store.release.ReleaseTableReader;

/**
 * Tells those whom the installation names how runs end. Whatever fails here is a warning, and changes nothing else.
 * Nobody is told of a run that found another one in progress, that was stopped by a signal, which leaves no time, or
 * that is a retry and failed as before.
 */
public final class RunNotices {

    /** Enough to find two runs of a date among loads of single feeds. */
    private static final int LATEST_RUNS = 50;

    private final CliContext context;

    /** For the installation of a context. */
    public RunNotices(CliContext context) {
        this.context = context;
    }

    /** Tells of the current release, which a run has published. */
    public void released(Force.Identity force, ExitCode exitCode) {
        send(force, Event.released, notifier -> released(notifier, force, exitCode));
    }

    /**
     * Tells of the failure of a run, or of its release if that is current nevertheless.
     *
     * @param force null if its folder cannot be read
     * @param businessDate null if the run had none yet
     */
    public void failed(Force.@Nullable Identity force, @Nullable LocalDate businessDate, RuntimeException failure) {
        ExitCode exitCode = exitCode(failure);
        if (exitCode == ExitCode.LATER_STEP_FAILED && force != null) {
            released(force, exitCode);
        } else if (!(failure instanceof ParameterException)
                && exitCode != ExitCode.LOCK_HELD
                && !ExitCode.isStop(exitCode.code())) {
            send(
                    force,
                    Event.failed,
                    notifier -> force != null && exitCode == ExitCode.UNAVAILABLE && isRetry(force, businessDate)
                            ? null
                            : Notice.failed(
                                    force == null ? null : force.name(),
                                    businessDate,
                                    exitCode,
                                    link(notifier, force)));
        }
    }

    /** Whether the run is another attempt of one that failed likewise: schedulers retry that all night. */
    private boolean isRetry(Force.Identity force, @Nullable LocalDate businessDate) {
        String password = WarehouseDatabase.password(force.storage(), context.environment());
        try (HikariDataSource dataSource = WarehouseDatabase.openIfCreated(force.storage(), password, 1)) {
            return dataSource != null
                    && isRetry(new RunLedger(dataSource, context.clock()).latest(LATEST_RUNS), businessDate);
        } catch (RuntimeException unknown) {
            return false;
        }
    }

    /** The same, by the latest runs, the run itself first. */
    static boolean isRetry(List<RunLedger.Run> latest, @Nullable LocalDate businessDate) {
        List<RunLedger.Run> attempts = latest.stream()
                .filter(run -> run.releaseId() != null && run.finishedAt() != null)
                .limit(2)
                .toList();
        return attempts.size() == 2
                && attempts.stream()
                        .allMatch(run -> run.businessDate().equals(businessDate)
                                && Objects.equals(run.exitCode(), ExitCode.UNAVAILABLE.code()));
    }

    /** Tells that a deadline was missed, or that it could not be found out. */
    public void late(Force.@Nullable Identity force, String what) {
        send(
                force,
                Event.late,
                notifier -> Notice.late(force == null ? null : force.name(), what, link(notifier, force)));
    }

    /**
     * Tells of an event because a command says so.
     *
     * @param force null if there is no folder; a release needs one
     * @param isTest whether e-mails say that nothing happened
     * @return what failed, in one sentence each
     * @throws FpwException with {@code CONFIGURATION} if the installation tells nobody
     */
    public List<String> tell(Event event, Force.@Nullable Identity force, boolean isTest) {
        Notifier notifier = Notifier.of(context.environment(), context.clock());
        if (!notifier.isWanted()) {
            throw FpwException.configuration("nobody is to be told: add notify to the installation's file ("
                    + Installation.VARIABLE + "), see docs/operator.md");
        }
        String name = force == null ? null : force.name();
        Notice notice =
                switch (event) {
                    case released -> released(notifier, Objects.requireNonNull(force), ExitCode.DONE);
                    case failed -> Notice.failed(name, null, null, link(notifier, force));
                    case late -> Notice.late(name, "No new figures were released in time.", link(notifier, force));
                };
        List<Notifier.Outcome> outcomes = notifier.send(isTest ? notice.asTest() : notice);
        record(force, event, outcomes);
        return failures(outcomes);
    }

    /**
     * Tells that pages are late.
     *
     * @param force display name of the force
     * @param place where the pages are
     */
    public void lateAt(String force, String what, String place) {
        send(
                null,
                Event.late,
                notifier -> Notice.late(force, what, Objects.requireNonNullElse(notifier.link(), place)));
    }

    /**
     * Sends and records.
     *
     * @param force null if its folder cannot be read, or is on another machine: then nothing is recorded
     */
    private void send(Force.@Nullable Identity force, Event event, Function<Notifier, @Nullable Notice> notice) {
        List<Notifier.Outcome> outcomes;
        try {
            Notifier notifier = Notifier.of(context.environment(), context.clock());
            Notice wanted = notifier.isWanted() ? notice.apply(notifier) : null;
            if (wanted == null) {
                return;
            }
            outcomes = notifier.send(wanted);
        } catch (RuntimeException failed) {
            outcomes = List.of(new Notifier.Outcome(
                    FailedNotices.ALL, exitCode(failed).reason(), "nobody was told: " + failed.getMessage()));
        }
        failures(outcomes).forEach(this::warn);
        record(force, event, outcomes);
    }

    private static List<String> failures(List<Notifier.Outcome> outcomes) {
        return outcomes.stream()
                .map(Notifier.Outcome::failure)
                .filter(Objects::nonNull)
                .toList();
    }

    /** For {@code fpw status} and the page of runs, since a warning is only in the journal. */
    private void record(Force.@Nullable Identity force, Event event, List<Notifier.Outcome> outcomes) {
        if (force == null) {
            return;
        }
        Map<String, String> failed = new HashMap<>();
        for (Notifier.Outcome outcome : outcomes) {
            if (outcome.kind() != null) {
                failed.put(outcome.channel(), outcome.kind());
            }
        }
        try {
            String password = WarehouseDatabase.password(force.storage(), context.environment());
            try (HikariDataSource dataSource = WarehouseDatabase.openIfCreated(force.storage(), password, 1)) {
                if (dataSource != null) {
                    new FailedNotices(dataSource).record(context.clock().instant(), event.name(), failed);
                }
            }
        } catch (RuntimeException unavailable) {
            warn("whether people were told is not recorded: " + unavailable.getMessage());
        }
    }

    private Notice released(Notifier notifier, Force.Identity force, ExitCode exitCode) {
        String password = WarehouseDatabase.password(force.storage(), context.environment());
        try (HikariDataSource dataSource = WarehouseDatabase.open(force.storage(), password)) {
            Release release = new Releases(dataSource).current();
            if (release == null) {
                throw FpwException.unavailable("no release is current; see fpw releases");
            }
            return Notice.released(
                    force.name(),
                    release.releaseId(),
                    release.businessDate(),
                    notifier.sendsMail() ? verdicts(force, password, release) : List.of(),
                    exitCode,
                    link(notifier, force));
        }
    }

    private List<String> verdicts(Force.Identity force, String password, Release release) {
        try (WarehouseCatalog catalog = WarehouseCatalog.open(force.storage(), password)) {
            return ReleaseVerdicts.of(new ReleaseTableReader(catalog), release);
        } catch (RuntimeException unreadable) {
            warn("the e-mail has no verdicts: " + unreadable.getMessage());
            return List.of();
        }
    }

    /** What the installation says, else the pages on this machine; null if there are none. */
    private static @Nullable String link(Notifier notifier, Force.@Nullable Identity force) {
        if (notifier.link() != null || force == null) {
            return notifier.link();
        }
        Path pages =
                new WarehouseFolder(force.storage().warehouse()).currentSite().resolve("index.html");
        return Files.exists(pages) ? pages.toString() : null;
    }

    /** The exit code with which a command ends after a failure. */
    public static ExitCode exitCode(RuntimeException failure) {
        return failure instanceof ReportedException reported
                ? reported.exitCode()
                : failure instanceof FpwException known
                        ? known.exitCode()
                        : failure instanceof ForceFolderException ? ExitCode.CONFIGURATION : ExitCode.INTERNAL;
    }

    private void warn(String what) {
        context.err().println("fpw: warning: " + what);
    }
}

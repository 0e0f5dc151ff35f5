package uk.fpw.publish;

import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.batch.core.scope.context.ChunkContext;
import uk.fpw.layout.DeliveryState;
import uk.fpw.layout.ReleaseId;
import uk.fpw.layout.ReleasedFeed;
import uk.fpw.layout.RunId;
import uk.fpw.process.RunFiles;
import uk.fpw.warehouse.failure.ExitCode;
import uk.fpw.warehouse.failure.FpwException;
import uk.fpw.warehouse.force.Force;
import uk.fpw.warehouse.force.feed.Delivery;
import uk.fpw.warehouse.force.feed.Feed;
import uk.fpw.warehouse.message.MetricsResult;
import uk.fpw.warehouse.store.ledger.Release;
import uk.fpw.warehouse.store.ledger.ResultLedger.AccountedLoad;

/**
 * What is to be released.
 *
 * @param result what the Spark process computed and the audit process found
 */
record ReleaseCandidate(ReleaseRequest request, MetricsResult result) {

    /** The candidate of a step of the job, from its parameters. */
    static ReleaseCandidate of(ChunkContext step) {
        ReleaseRequest request =
                ReleaseRequest.of(step.getStepContext().getStepExecution().getJobParameters());
        return new ReleaseCandidate(request, result(request.resultFile()));
    }

    RunId runId() {
        return request.runId();
    }

    LocalDate businessDate() {
        return request.businessDate();
    }

    ReleaseId releaseId() {
        return request.releaseId();
    }

    /** The audited tables, sorted by name. */
    List<Release.Table> tables() {
        return result.tables().stream()
                .map(this::audited)
                .sorted(Comparator.comparing(Release.Table::name))
                .toList();
    }

    private Release.Table audited(MetricsResult.TableVersion table) {
        String digest = table.digest();
        if (digest == null) {
            throw new FpwException(
                    ExitCode.INTERNAL,
                    "candidate " + releaseId()
                            + " was not audited, since its run was interrupted; recompute it: fpw metrics --date "
                            + businessDate());
        }
        MetricsResult.Added added = table.added();
        return new Release.Table(
                table.table(),
                table.snapshotId(),
                table.rowCount(),
                digest,
                added == null ? null : added.historyFrom());
    }

    /** How many rows of a table the candidate added itself: these are published. */
    long ownCount(String name) {
        return result.tables().stream()
                .filter(table -> table.table().equals(name))
                .mapToLong(MetricsResult.TableVersion::ownCount)
                .sum();
    }

    /**
     * How far each feed was known, sorted by name. The audit has ensured that each was loaded once.
     *
     * @param loads the complete loads for the business date
     * @param held by feed: rows that are missing from the source but were not deleted
     */
    List<ReleasedFeed> feeds(Force force, List<AccountedLoad> loads, Map<String, Long> held) {
        return result.coverage().stream()
                .filter(feed -> feed.completeTo() != null)
                .map(feed -> feed(force.feed(feed.feed()), LocalDate.parse(feed.completeTo()), loads, held))
                .sorted(Comparator.comparing(ReleasedFeed::name))
                .toList();
    }

    private ReleasedFeed feed(Feed feed, LocalDate completeTo, List<AccountedLoad> loads, Map<String, Long> held) {
        Set<String> files = loads.stream()
                .filter(load -> load.feed().equals(feed.name()))
                .map(AccountedLoad::fileName)
                .collect(Collectors.toSet());
        LocalDate due = feed.dueTo(businessDate(), files);
        return new ReleasedFeed(
                feed.name(),
                completeTo,
                due == null ? completeTo : due,
                delivery(feed, completeTo, files),
                held.getOrDefault(feed.name(), 0L));
    }

    private DeliveryState delivery(Feed feed, LocalDate completeTo, Set<String> files) {
        if (!completeTo.isBefore(businessDate())) {
            return DeliveryState.CURRENT;
        }
        Delivery schedule = feed.delivery();
        LocalDate due = schedule == null ? businessDate() : schedule.dueTo(businessDate());
        if (due == null || !completeTo.isBefore(due)) {
            return DeliveryState.NOT_DUE;
        }
        return feed.isDelivered(businessDate(), due, files) ? DeliveryState.OLD_CONTENT : DeliveryState.NOT_DELIVERED;
    }

    Release.Table table(String name) {
        return tables().stream()
                .filter(table -> table.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("release " + releaseId() + " has no table " + name));
    }

    private static MetricsResult result(Path file) {
        try {
            return RunFiles.read(file, MetricsResult.class);
        } catch (UncheckedIOException unreadable) {
            throw new FpwException(
                    ExitCode.INTERNAL,
                    "the result of the Spark process, " + file + ", cannot be read; run again",
                    unreadable);
        }
    }
}

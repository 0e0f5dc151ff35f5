package uk.fpw.audit;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import uk.fpw.model.Model;
import uk.fpw.model.Models;
import uk.fpw.warehouse.run.AuditResult;
import uk.fpw.warehouse.run.AuditRun;
import uk.fpw.warehouse.run.MetricsResult.QualityResult;
import uk.fpw.warehouse.run.MetricsResult.QueueChange;
import uk.fpw.warehouse.run.MetricsResult.Timing;
import uk.fpw.warehouse.run.ReleasedSpells;

/** The audit of one candidate: its tables one by one, the tests over several of them, its numbers once more, and how it departs from the current release. */
public final class CandidateAudit {

    private final List<Timing> timings = new ArrayList<>();

    private CandidateAudit() {}

    /**
     * Audits the tables of the run.
     *
     * @param memory what DuckDB may use before it writes to disk, such as {@code 4GB}; null for 1GB
     * @throws RuntimeException if a file or a query cannot be read
     */
    public static AuditResult of(AuditRun run, @Nullable String memory) {
        return new CandidateAudit().audit(run, memory);
    }

    private AuditResult audit(AuditRun run, @Nullable String memory) {
        try (AuditSession session = AuditSession.open(run.zone())) {
            session.within(memory, run.scratch());
            session.confineTo(run.files());
            session.define(run.definitions());
            List<Model> models = new ArrayList<>();
            for (AuditRun.Table table : run.tables()) {
                Model model = Models.find(table.name())
                        .orElseThrow(() -> new IllegalArgumentException("there is no model of " + table.name()));
                session.show(model.name(), model, table);
                models.add(model);
            }
            List<QualityResult> quality = new ArrayList<>();
            List<AuditResult.Table> tables = time("audit tables", () -> {
                List<AuditResult.Table> seen = new ArrayList<>();
                for (int i = 0; i < models.size(); i++) {
                    seen.add(new TableAudit(
                                    session, models.get(i), run.tables().get(i).columns())
                            .run(quality));
                }
                return seen;
            });
            boolean isWhole = models.stream().anyMatch(model -> !model.isMart());
            if (isWhole) {
                quality.addAll(time("audit tests", () -> ModelTests.run(session, models)));
                quality.addAll(time("audit coverage", () -> CoverageTests.run(session, models)));
                quality.addAll(
                        time("audit counts", () -> new Recount(session, run.releaseId(), run.mostSpells()).run()));
            }
            ReleasedSpells released = run.comparedWith();
            return new AuditResult(
                    tables,
                    quality,
                    released == null ? List.of() : time("audit changes", () -> changes(session, released)),
                    isWhole ? time("audit left out", () -> LeftOutItems.count(session)) : List.of(),
                    released == null ? null : released.releaseId(),
                    List.copyOf(timings),
                    null);
        }
    }

    private static List<QueueChange> changes(AuditSession session, ReleasedSpells released) {
        SpellPairs.show(session, released);
        return SpellChanges.count(session);
    }

    private <T> T time(String part, Supplier<T> work) {
        long started = System.nanoTime();
        T result = work.get();
        timings.add(new Timing(part, (System.nanoTime() - started) / 1_000_000));
        return result;
    }
}

package uk.fpw.audit;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import uk.fpw.model.ForceTable;
import uk.fpw.model.Model;
import uk.fpw.model.Models;
import uk.fpw.warehouse.run.AuditResult;
import uk.fpw.warehouse.run.AuditRun;
import uk.fpw.warehouse.run.MetricsResult.QualityResult;
import uk.fpw.warehouse.run.MetricsResult.Timing;

/** The audit of one candidate: its tables one by one, the tests over several of them, and its numbers once more. */
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
            for (ForceTable table : ForceTable.all()) {
                session.execute(table.create(run.definitions().getOrDefault(table.name(), "[]")));
            }
            List<Model> models = new ArrayList<>();
            for (AuditRun.Table table : run.tables()) {
                Model model = Models.find(table.name())
                        .orElseThrow(() -> new IllegalArgumentException("there is no model of " + table.name()));
                session.show(model, table);
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
            if (models.stream().anyMatch(model -> !model.isMart())) {
                quality.addAll(time("audit tests", () -> ModelTests.run(session, models)));
                quality.addAll(time("audit coverage", () -> CoverageTests.run(session, models)));
                quality.addAll(
                        time("audit counts", () -> new Recount(session, run.releaseId(), run.mostSpells()).run()));
            }
            return new AuditResult(tables, quality, List.copyOf(timings), null);
        }
    }

    private <T> T time(String part, Supplier<T> work) {
        long started = System.nanoTime();
        T result = work.get();
        timings.add(new Timing(part, (System.nanoTime() - started) / 1_000_000));
        return result;
    }
}

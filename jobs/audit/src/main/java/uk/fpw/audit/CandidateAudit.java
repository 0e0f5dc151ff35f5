package uk.fpw.audit;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import uk.fpw.model.ForceTable;
import uk.fpw.model.Model;
import uk.fpw.model.Models;
import uk.fpw.warehouse.force.Coverage;
import uk.fpw.warehouse.force.DefinedRows;
import uk.fpw.warehouse.force.Force;
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
    public static AuditResult of(AuditRun run, Force force, @Nullable String memory) {
        return new CandidateAudit().audit(run, force, memory);
    }

    private AuditResult audit(AuditRun run, Force force, @Nullable String memory) {
        Map<String, LocalDate> completeTo = new TreeMap<>();
        run.completeTo().forEach((feed, date) -> completeTo.put(feed, LocalDate.parse(date)));
        Coverage coverage = new Coverage(LocalDate.parse(run.businessDate()), completeTo);
        try (AuditSession session = AuditSession.open(force)) {
            session.within(memory, run.scratch());
            ObjectNode defined = DefinedRows.of(force, coverage);
            ForceTable.all()
                    .forEach(table -> session.execute(
                            table.create(defined.withArrayProperty(table.name()).toString())));
            List<Model> models = new ArrayList<>();
            for (AuditRun.Table table : run.tables()) {
                Model model = Models.find(table.name())
                        .orElseThrow(() -> new IllegalArgumentException("there is no model of " + table.name()));
                session.show(model, table);
                models.add(model);
            }
            List<QualityResult> quality = new ArrayList<>();
            List<AuditResult.Table> tables = time("audit tables", () -> models.stream()
                    .map(model -> new TableAudit(session, model).run(quality))
                    .toList());
            quality.addAll(time("audit tests", () -> ModelTests.run(session, models)));
            quality.addAll(time("audit counts", () -> new Recount(session, run.releaseId(), run.everything()).run()));
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

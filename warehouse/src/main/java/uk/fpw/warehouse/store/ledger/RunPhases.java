package uk.fpw.warehouse.store.ledger;

import java.time.Duration;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import uk.fpw.layout.RunId;

/** How long the phases of a run took: its steps in the tables of Spring Batch. */
public final class RunPhases {

    private final OpsDatabase ops;

    public RunPhases(DataSource dataSource) {
        this.ops = new OpsDatabase(dataSource);
    }

    /**
     * One phase.
     *
     * @param phase name of its step, such as {@code load_feeds}
     * @param seconds wall time; null while it runs, or if it was killed
     */
    public record Phase(String phase, @Nullable Double seconds) {}

    /** The phases of runs that have begun, in order; without runs whose records are deleted. */
    public Map<RunId, List<Phase>> of(Collection<RunId> runs) {
        if (runs.isEmpty()) {
            return Map.of();
        }
        Map<RunId, List<Phase>> phases = new LinkedHashMap<>();
        ops.list(
                """
                select param.parameter_value as run_id, step.step_name, step.start_time, step.end_time
                from batch_step_execution as step
                join batch_job_execution as execution on execution.job_execution_id = step.job_execution_id
                join batch_job_instance as job on job.job_instance_id = execution.job_instance_id
                join batch_job_execution_params as param on param.job_execution_id = step.job_execution_id
                where param.parameter_name = 'runId' and param.parameter_value in (%s) and job.job_name like 'fpw %%'
                    and step.start_time is not null
                order by step.step_execution_id""".formatted(String.join(", ", Collections.nCopies(runs.size(), "?"))),
                row -> phases.computeIfAbsent(RunId.of(row.getString("run_id")), run -> new ArrayList<>())
                        .add(new Phase(
                                row.getString("step_name")
                                        .replaceAll("([A-Z])", "_$1")
                                        .toLowerCase(Locale.ROOT),
                                seconds(
                                        row.getObject("start_time", LocalDateTime.class),
                                        row.getObject("end_time", LocalDateTime.class)))),
                runs.toArray());
        return phases;
    }

    private static @Nullable Double seconds(LocalDateTime start, @Nullable LocalDateTime end) {
        return end == null ? null : Duration.between(start, end).toMillis() / 1000.0;
    }
}

package uk.fpw.metrics.grading;

import static org.apache.spark.sql.functions.col;

import java.io.Serializable;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.Table;
import org.apache.spark.TaskContext;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.jspecify.annotations.Nullable;
import uk.fpw.metrics.figures.Candidate;
import uk.fpw.metrics.plan.NightSize;
import uk.fpw.metrics.table.TableFiles;
import uk.fpw.model.Models;
import uk.fpw.warehouse.force.Coverage;
import uk.fpw.warehouse.force.Force;

/**
 * From judgements to the rows of the marts about them, in one job: the judgements by one scheme meet in one task, which holds those of one scheme in memory at a time, some hundred bytes each, and
 * writes what follows from them. Commits nothing.
 */
public final class GradingPass {

    /** The marts that follow from the judgements by a scheme alone. */
    public static final List<String> MARTS = Models.countedByScheme();

    private GradingPass() {}

    /**
     * What was made of the judgements.
     *
     * @param files the files of each mart
     * @param firstDay day of the earliest judgement; null if there is none
     */
    public record Result(
            Map<String, List<DataFile>> files, @Nullable LocalDate firstDay) {}

    private record OfTask(
            List<TableFiles.Written> files, @Nullable LocalDate firstDay) implements Serializable {}

    /**
     * Computes every row of the marts and writes it.
     *
     * @param judgements view {@code grading}; not read if the force has no grading query
     * @param tables the table of each of {@link #MARTS} by its qualified name
     */
    public static Result write(
            Force force, Coverage coverage, Candidate candidate, Dataset<Row> judgements, Map<String, Table> tables) {
        Map<String, Table> copies = TableFiles.copies(tables);
        GradingSpec spec = GradingSpec.of(force, coverage);
        List<OfTask> tasks = force.gradings().isEmpty()
                ? List.of()
                : byScheme(judgements, force.schemes().size())
                        .sortWithinPartitions("scheme")
                        .javaRDD()
                        .mapPartitions(rows -> {
                            TaskContext task = TaskContext.get();
                            TableFiles files =
                                    new TableFiles(copies, Models.all(), task.partitionId(), task.taskAttemptId());
                            GradingTask ofTask = new GradingTask(spec, candidate, files);
                            ofTask.count(rows);
                            return List.of(new OfTask(files.close(), ofTask.firstDay()))
                                    .iterator();
                        })
                        .collect();
        List<TableFiles.Written> written = new ArrayList<>();
        tasks.forEach(task -> written.addAll(task.files));
        return new Result(
                TableFiles.byTable(tables.keySet(), written),
                tasks.stream()
                        .map(OfTask::firstDay)
                        .filter(Objects::nonNull)
                        .min(Comparator.naturalOrder())
                        .orElse(null));
    }

    private static Dataset<Row> byScheme(Dataset<Row> judgements, int schemes) {
        Dataset<Row> read = judgements.select(GradingTask.columns());
        int tasks = NightSize.isGathered(judgements.sparkSession())
                ? 1
                : Math.min(schemes, judgements.sparkSession().sparkContext().defaultParallelism());
        return tasks == 1 ? read.coalesce(1) : read.repartition(tasks, col("scheme"));
    }
}

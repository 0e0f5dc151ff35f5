package uk.fpw.metrics.grading;

import static org.apache.spark.sql.functions.col;

import java.util.List;
import java.util.Map;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.Table;
import org.apache.spark.TaskContext;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import uk.fpw.metrics.figures.ReleaseKey;
import uk.fpw.metrics.plan.SparkTuning;
import uk.fpw.metrics.table.TableFiles;
import uk.fpw.model.Family;
import uk.fpw.model.Models;
import uk.fpw.warehouse.force.Coverage;
import uk.fpw.warehouse.force.Force;

/**
 * Computes the marts of judgements in one Spark job. The judgements by one scheme meet in one task, which holds one
 * scheme in memory at a time, at some hundred bytes per judgement. Commits nothing.
 */
public final class GradingPass {

    /** The marts that are computed from the judgements by a scheme alone. */
    public static final List<String> MARTS = Models.countedBy(Family.SCHEME);

    private GradingPass() {}

    /**
     * Computes and writes every row of the marts.
     *
     * @param judgements rows of {@code core.grading}; not read if the force has no grading query
     * @param tables the table of each of {@link #MARTS} by its qualified name
     * @return the files of each mart
     */
    public static Map<String, List<DataFile>> write(
            Force force, Coverage coverage, ReleaseKey releaseKey, Dataset<Row> judgements, Map<String, Table> tables) {
        Map<String, Table> copies = TableFiles.copies(tables);
        GradingSpec spec = GradingSpec.of(force, coverage);
        List<TableFiles.Written> written = force.gradings().isEmpty()
                ? List.of()
                : byScheme(judgements, force.schemes().size())
                        .sortWithinPartitions("scheme")
                        .javaRDD()
                        .mapPartitions(rows -> {
                            TaskContext task = TaskContext.get();
                            TableFiles files =
                                    new TableFiles(copies, Models.all(), task.partitionId(), task.taskAttemptId());
                            new GradingTask(spec, releaseKey, files).count(rows);
                            return files.close().iterator();
                        })
                        .collect();
        return TableFiles.byTable(tables.keySet(), written);
    }

    private static Dataset<Row> byScheme(Dataset<Row> judgements, int schemes) {
        Dataset<Row> read = judgements.select(GradingTask.columns());
        int tasks = SparkTuning.isGathered(judgements.sparkSession())
                ? 1
                : Math.min(
                        Math.max(1, schemes),
                        judgements.sparkSession().sparkContext().defaultParallelism());
        return tasks == 1 ? read.coalesce(1) : read.repartition(tasks, col("scheme"));
    }
}

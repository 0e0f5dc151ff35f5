package uk.fpw.metrics.staging;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import uk.fpw.warehouse.force.Force;

/** All rows about the items of a run, from feeds and queries, as {@link InputRows}. */
public final class RunInput {

    private RunInput() {}

    /**
     * The rows of a run, not yet computed; the views of the feeds must exist.
     *
     * @param feeds the rows from which the views were registered
     * @param entries input for values at entry
     */
    public static Dataset<Row> of(
            SparkSession spark, Force force, FeedRows feeds, EntryInput entries, LocalDate businessDate) {
        List<Dataset<Row>> parts = new ArrayList<>(feeds.rows(businessDate));
        parts.addAll(entries.rows(force, feeds));
        for (int i = 0; i < force.stagings().size(); i++) {
            parts.add(StagedRows.of(spark, force.stagings().get(i), i));
        }
        for (int i = 0; i < force.gradings().size(); i++) {
            parts.add(GradedRows.of(spark, force.gradings().get(i), i));
        }
        for (int i = 0; i < force.staffings().size(); i++) {
            parts.add(StaffRows.of(spark, force.staffings().get(i), i));
        }
        return InputRows.union(spark, parts);
    }
}

package uk.fpw.metrics.model;

import static org.apache.spark.sql.types.DataTypes.DateType;
import static org.apache.spark.sql.types.DataTypes.IntegerType;
import static org.apache.spark.sql.types.DataTypes.StringType;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;
import uk.fpw.warehouse.force.Coverage;
import uk.fpw.warehouse.force.Force;
import uk.fpw.warehouse.force.Milestones;

/** The milestones of a force as views; {@link Definitions} says which. */
final class MilestoneViews {

    private static final StructType STEP = new StructType()
            .add("milestones", StringType, false)
            .add("milestones_version", IntegerType, false)
            .add("step", StringType, false)
            .add("step_order", IntegerType, false)
            .add("step_title", StringType, false)
            .add("data_as_at", DateType, false);

    private static final StructType EVENT = new StructType()
            .add("milestones", StringType, false)
            .add("item_kind", StringType, false)
            .add("event", StringType, false)
            .add("role", StringType, false)
            .add("step", StringType, true)
            .add("data_as_at", DateType, false);

    private MilestoneViews() {}

    static void register(SparkSession spark, Force force, Coverage coverage) {
        List<Row> steps = new ArrayList<>();
        List<Row> events = new ArrayList<>();
        for (Milestones milestones : force.milestones()) {
            LocalDate asAt = coverage.asAt(force.feedsBehind(milestones));
            add(events, milestones, asAt, milestones.opens(), "opens", null);
            add(events, milestones, asAt, milestones.closes(), "closes", null);
            int order = 0;
            for (Milestones.Step step : milestones.steps()) {
                steps.add(RowFactory.create(
                        milestones.name(), milestones.version(), step.name(), ++order, step.title(), asAt));
                add(events, milestones, asAt, step.done(), "done", step.name());
                add(events, milestones, asAt, step.notApplicable(), "not_applicable", step.name());
            }
        }
        Definitions.view(spark, "milestone_step", steps, STEP);
        Definitions.view(spark, "milestone_event", events, EVENT);
    }

    private static void add(
            List<Row> rows,
            Milestones milestones,
            LocalDate asAt,
            List<String> events,
            String role,
            @Nullable String step) {
        events.forEach(event ->
                rows.add(RowFactory.create(milestones.name(), milestones.itemKind(), event, role, step, asAt)));
    }
}

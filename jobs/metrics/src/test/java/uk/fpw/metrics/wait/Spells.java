package uk.fpw.metrics.wait;

import static org.apache.spark.sql.types.DataTypes.BooleanType;
import static org.apache.spark.sql.types.DataTypes.DateType;
import static org.apache.spark.sql.types.DataTypes.IntegerType;
import static org.apache.spark.sql.types.DataTypes.StringType;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;

/** Spells for tests, as the views that the models of waiting read. */
final class Spells {

    static final LocalDate AS_OF = LocalDate.of(2016, 1, 12);

    private static final StructType SPELL = new StructType()
            .add("spell_id", StringType)
            .add("queue", StringType)
            .add("item_key", StringType)
            .add("contributor_key", StringType)
            .add("is_reentry", BooleanType)
            .add("first_entered_on", DateType)
            .add("entered_on", DateType)
            .add("left_on", DateType)
            .add("left_as", StringType)
            .add("is_served", BooleanType)
            .add("observed_from_on", DateType)
            .add("observed_to_on", DateType)
            .add("slices", DataTypes.createMapType(StringType, StringType));

    private static final StructType EVENT =
            new StructType().add("queue", StringType).add("role", StringType).add("left_as", StringType);

    private static final StructType DEFINITION =
            new StructType().add("queue", StringType).add("provisional_days", IntegerType);

    private static final String STANDARDS =
            "array<struct<standard: string, within_hours: int, within_days: int, conditions: array<struct<slice: string, slice_values: array<string>>>>>";

    private final List<Row> spells = new ArrayList<>();
    private final List<Row> events = new ArrayList<>();
    private final List<Row> definitions = new ArrayList<>();

    /** A queue with its reasons. */
    Spells queue(String queue, int provisionalDays, List<String> reasons) {
        definitions.add(RowFactory.create(queue, provisionalDays));
        new TreeSet<>(reasons).forEach(reason -> events.add(RowFactory.create(queue, "leaves", reason)));
        events.add(RowFactory.create(queue, "enters", null));
        return this;
    }

    /** A stay observed from one day of its wait to another; it lasts to the business date unless there is a reason. */
    void wait(String queue, Map<String, String> slices, int firstDay, int exitDay, @Nullable String reason) {
        // Whoever left did so some time ago: when does not matter to the curve.
        LocalDate entered = AS_OF.minusDays(exitDay + (reason == null ? 0L : 100L));
        add(
                queue,
                "case " + spells.size(),
                false,
                slices,
                entered,
                entered.plusDays(firstDay),
                entered.plusDays(exitDay),
                reason);
    }

    void add(
            String queue,
            String contributor,
            boolean isReentry,
            Map<String, String> slices,
            LocalDate enteredOn,
            LocalDate observedFromOn,
            LocalDate observedToOn,
            @Nullable String leftAs) {
        spells.add(RowFactory.create(
                "spell " + spells.size(),
                queue,
                "item " + spells.size(),
                contributor,
                isReentry,
                enteredOn,
                enteredOn,
                leftAs == null ? null : observedToOn,
                leftAs,
                leftAs == null ? null : Boolean.TRUE,
                observedFromOn,
                observedToOn,
                slices));
    }

    /** Makes the views, computes the models over them and keeps the results as views. */
    void compute(SparkSession spark) {
        spark.createDataFrame(spells, SPELL)
                .selectExpr(
                        "*",
                        "cast(null as timestamp) as entered_at",
                        "cast(null as timestamp) as left_at",
                        "true as is_age_known")
                .createOrReplaceTempView("spell");
        spark.createDataFrame(events, EVENT).createOrReplaceTempView("queue_event");
        spark.createDataFrame(definitions, DEFINITION)
                .selectExpr(
                        "*",
                        "cast(array() as " + STANDARDS + ") as standards",
                        "date'" + AS_OF + "' as data_as_at",
                        "date'1900-01-01' as earliest_entry")
                .createOrReplaceTempView("queue_definition");
        for (String model : List.of(
                "view/observed_spell", "view/spell_slice", "view/stay", "mart/wait_curve", "mart/wait_summary")) {
            spark.sql(sql(model), Map.of("as_of_date", AS_OF))
                    .cache()
                    .createOrReplaceTempView(model.substring(model.indexOf('/') + 1));
        }
    }

    /** The same spells in the opposite order. */
    Spells reversed() {
        Collections.reverse(spells);
        return this;
    }

    private static String sql(String model) {
        String path = "/fpw/" + model + ".sql";
        try (InputStream in = Spells.class.getResourceAsStream(path)) {
            if (in == null) {
                throw new IllegalStateException("the sql module has no " + path);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}

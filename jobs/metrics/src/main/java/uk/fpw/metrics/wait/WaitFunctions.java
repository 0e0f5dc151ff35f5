package uk.fpw.metrics.wait;

import static org.apache.spark.sql.types.DataTypes.BooleanType;
import static org.apache.spark.sql.types.DataTypes.DoubleType;
import static org.apache.spark.sql.types.DataTypes.IntegerType;
import static org.apache.spark.sql.types.DataTypes.LongType;
import static org.apache.spark.sql.types.DataTypes.StringType;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.api.java.UDF1;
import org.apache.spark.sql.api.java.UDF2;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import scala.collection.immutable.Seq;
import scala.jdk.javaapi.CollectionConverters;

/**
 * The functions of waiting that the models call.
 *
 * <ul>
 *   <li>{@code wait_curve(observations, reasons)}: rows of {@code mart.wait_curve} for one cohort, for {@code inline}.
 *       Observations are {@code array<struct<first_day int, exit_day int, exit_reason string, spell_count bigint>>}, the
 *       reason null while waiting; reasons are those of the queue definition.
 *   <li>{@code wait_summary(days)}: the figures of {@code mart.wait_summary} as a struct, from the total's rows of the curve,
 *       {@code array<struct<wait_days int, at_risk_count bigint, left_count bigint, censored_count bigint>>}. The counts by
 *       day are all that the figures need.
 * </ul>
 *
 * <p>Neither depends on the order of its arrays.
 */
public final class WaitFunctions {

    private WaitFunctions() {}

    private static final StructType CURVE = new StructType()
            .add("exit_reason", StringType, false)
            .add("wait_days", IntegerType, false)
            .add("at_risk_count", LongType, false)
            .add("left_count", LongType, false)
            .add("censored_count", LongType, false)
            .add("still_waiting_share", DoubleType)
            .add("still_waiting_low", DoubleType)
            .add("still_waiting_high", DoubleType)
            .add("still_waiting_standard_error", DoubleType)
            .add("left_share", DoubleType)
            .add("left_share_standard_error", DoubleType);

    private static final StructType SUMMARY = summaryType();

    private static StructType summaryType() {
        StructType type = new StructType()
                .add("spell_count", LongType, false)
                .add("left_count", LongType, false)
                .add("still_waiting_count", LongType, false)
                .add("longest_observed_days", IntegerType, false);
        for (String quantile : List.of("p25", "median", "p75", "p90", "p95")) {
            type = type.add(quantile + "_days", DoubleType)
                    .add(quantile + "_low_days", DoubleType)
                    .add(quantile + "_high_days", DoubleType);
        }
        return type.add("restricted_mean_days", DoubleType)
                .add("restricted_mean_standard_error", DoubleType)
                .add("restricted_to_days", IntegerType, false)
                .add("is_horizon_beyond_follow_up", BooleanType, false)
                .add("curve_status", StringType, false)
                .add("completed_only_median_days", DoubleType);
    }

    /** Makes the functions known to the session, for its whole life. */
    public static void register(SparkSession spark) {
        UDF2<Seq<Row>, Seq<String>, List<Row>> curve = WaitFunctions::curve;
        UDF1<Seq<Row>, Row> summary = WaitFunctions::summary;
        spark.udf().register("wait_curve", curve, DataTypes.createArrayType(CURVE, false));
        spark.udf().register("wait_summary", summary, SUMMARY);
    }

    private static List<Row> curve(Seq<Row> observations, Seq<String> reasons) {
        LifeTable.Builder builder = new LifeTable.Builder();
        for (Row one : CollectionConverters.asJava(observations)) {
            builder.observe(Observation.ofDays(
                    one.getInt(0), one.getInt(1), one.isNullAt(2) ? null : one.getString(2), one.getLong(3)));
        }
        return WaitCurve.of(builder.build(), CollectionConverters.asJava(reasons)).stream()
                .map(line -> RowFactory.create(
                        line.exitReason(),
                        line.waitDays(),
                        line.atRiskCount(),
                        line.leftCount(),
                        line.censoredCount(),
                        line.stillWaitingShare(),
                        line.stillWaitingLow(),
                        line.stillWaitingHigh(),
                        line.stillWaitingStandardError(),
                        line.leftShare(),
                        line.leftShareStandardError()))
                .toList();
    }

    private static Row summary(Seq<Row> days) {
        WaitSummary summary = WaitSummary.of(tableOf(CollectionConverters.asJava(days)));
        List<Object> values = new ArrayList<>(List.of(
                summary.spellCount(), summary.leftCount(), summary.stillWaitingCount(), summary.longestObservedDays()));
        for (SurvivalCurve.Quantile quantile : summary.quantiles()) {
            values.add(quantile.value());
            values.add(quantile.low());
            values.add(quantile.high());
        }
        values.add(summary.restrictedMean().mean());
        values.add(summary.leftCount() == 0 ? null : summary.restrictedMean().standardError());
        values.add(WaitSummary.HORIZON_DAYS);
        values.add(summary.restrictedMean().isHorizonBeyondFollowUp());
        values.add(summary.curveStatus());
        values.add(summary.completedOnlyMedianDays());
        return RowFactory.create(values.toArray());
    }

    /** The table behind a curve: whoever is at risk on a day and was not after the day before has entered. */
    private static LifeTable tableOf(List<Row> days) {
        LifeTable.Builder builder = new LifeTable.Builder();
        long remaining = 0;
        for (Row day : days.stream()
                .sorted(Comparator.comparingInt(row -> row.getInt(0)))
                .toList()) {
            long entered = day.getLong(1) - remaining;
            remaining = day.getLong(1) - day.getLong(2) - day.getLong(3);
            if (entered < 0 || remaining < 0) {
                throw new IllegalArgumentException("wait_summary: the counts on day " + day.getInt(0)
                        + " do not follow from the day before; give one row per day, those of the total");
            }
            if (entered > 0) {
                builder.enter(day.getInt(0) - 1.0, entered);
            }
            if (day.getLong(2) > 0) {
                builder.leave(day.getInt(0), WaitCurve.ALL, day.getLong(2));
            }
            if (day.getLong(3) > 0) {
                builder.censor(day.getInt(0), day.getLong(3));
            }
        }
        if (remaining > 0) {
            throw new IllegalArgumentException("wait_summary: " + remaining
                    + " items neither left nor were last seen; give every day of the curve");
        }
        return builder.build();
    }
}

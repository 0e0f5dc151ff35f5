package uk.fpw.metrics.grading;

import static org.apache.spark.sql.types.DataTypes.DoubleType;

import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.api.java.UDF2;
import org.apache.spark.sql.api.java.UDF4;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;
import scala.collection.immutable.Seq;
import scala.jdk.javaapi.CollectionConverters;

/**
 * The functions of gradings that the models call.
 *
 * <ul>
 *   <li>{@code share_interval(count bigint, total bigint)}: {@code struct<low double, high double>}, see {@link Proportion#interval()}
 *   <li>{@code share_change(count, total, earlier_count, earlier_total)}, all bigint: {@code struct<change double, low double, high double>}, the later share less the earlier one, see
 *       {@link Proportion#differenceFrom}
 *   <li>{@code agreement(pairs, grade_count int)}: {@code struct<expected_share double, kappa double, linear_kappa double, quadratic_kappa double>}, see {@link Agreement}; all null where there is
 *       no pair. Pairs are {@code array<struct<first_rank int, second_rank int>>}, ranks counted from 1, in any order
 * </ul>
 *
 * <p>The first two are null where an argument is, or a total is 0.
 */
public final class GradingFunctions {

    private static final StructType INTERVAL =
            new StructType().add("low", DoubleType, false).add("high", DoubleType, false);

    private static final StructType CHANGE = new StructType()
            .add("change", DoubleType, false)
            .add("low", DoubleType, false)
            .add("high", DoubleType, false);

    private static final StructType AGREEMENT = new StructType()
            .add("expected_share", DoubleType)
            .add("kappa", DoubleType)
            .add("linear_kappa", DoubleType)
            .add("quadratic_kappa", DoubleType);

    private GradingFunctions() {}

    /** Makes the functions known to the session, for its whole life. */
    public static void register(SparkSession spark) {
        UDF2<Long, Long, Row> interval = GradingFunctions::interval;
        UDF4<Long, Long, Long, Long, Row> change = GradingFunctions::change;
        UDF2<Seq<Row>, Integer, Row> agreement = GradingFunctions::agreement;
        spark.udf().register("share_interval", interval, INTERVAL);
        spark.udf().register("share_change", change, CHANGE);
        spark.udf().register("agreement", agreement, AGREEMENT);
    }

    private static @Nullable Row interval(@Nullable Long count, @Nullable Long total) {
        Proportion proportion = proportion(count, total);
        if (proportion == null) {
            return null;
        }
        Proportion.Between between = proportion.interval();
        return RowFactory.create(between.low(), between.high());
    }

    private static @Nullable Row change(
            @Nullable Long count, @Nullable Long total, @Nullable Long earlierCount, @Nullable Long earlierTotal) {
        Proportion later = proportion(count, total);
        Proportion earlier = proportion(earlierCount, earlierTotal);
        if (later == null || earlier == null) {
            return null;
        }
        Proportion.Between between = later.differenceFrom(earlier);
        return RowFactory.create(later.share() - earlier.share(), between.low(), between.high());
    }

    private static @Nullable Proportion proportion(@Nullable Long count, @Nullable Long total) {
        return count == null || total == null || total == 0
                ? null
                : new Proportion(Math.toIntExact(count), Math.toIntExact(total));
    }

    private static Row agreement(Seq<Row> pairs, Integer gradeCount) {
        if (pairs.isEmpty()) {
            return RowFactory.create(null, null, null, null);
        }
        long[][] table = new long[gradeCount][gradeCount];
        for (Row pair : CollectionConverters.asJava(pairs)) {
            table[pair.getInt(0) - 1][pair.getInt(1) - 1]++;
        }
        Agreement found = Agreement.of(table);
        return RowFactory.create(found.expectedShare(), found.kappa(), found.linear(), found.quadratic());
    }
}

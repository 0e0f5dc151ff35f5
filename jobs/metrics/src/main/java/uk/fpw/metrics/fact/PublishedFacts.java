package uk.fpw.metrics.fact;

import static org.apache.spark.sql.types.DataTypes.BooleanType;
import static org.apache.spark.sql.types.DataTypes.DateType;
import static org.apache.spark.sql.types.DataTypes.DoubleType;
import static org.apache.spark.sql.types.DataTypes.IntegerType;
import static org.apache.spark.sql.types.DataTypes.LongType;
import static org.apache.spark.sql.types.DataTypes.StringType;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;
import uk.fpw.metrics.plan.NightSize;
import uk.fpw.warehouse.force.Fact;
import uk.fpw.warehouse.force.Force;

/** The facts of a force with their verdicts, as view {@code fact_verdict}: the columns of {@code mart.published_fact} that follow from the fact and from our figures. */
public final class PublishedFacts {

    private static final StructType VERDICT = new StructType()
            .add("fact", StringType, false)
            .add("quote", StringType, false)
            .add("operator", StringType, false)
            .add("stated_from", DoubleType, false)
            .add("stated_to", DoubleType, false)
            .add("about_share", DoubleType)
            .add("unit", StringType, false)
            .add("as_of_from_on", DateType, false)
            .add("as_of_to_on", DateType, false)
            .add("clock_start", StringType)
            .add("population", StringType, false)
            .add("definition", StringType, false)
            .add("body_count", IntegerType, false)
            .add("fact_source", StringType, false)
            .add("is_by_construction", BooleanType, false)
            .add("our_value", DoubleType)
            .add("our_lowest", DoubleType)
            .add("our_highest", DoubleType)
            .add("our_value_count", LongType, false)
            .add("verdict", StringType, false)
            .add("difference", DoubleType)
            .add("reason", StringType, false);

    private PublishedFacts() {}

    /** The parameters of a fact's query. */
    public static Map<String, Object> parameters(Fact fact) {
        return Map.of("as_of_from", fact.asOfFrom(), "as_of_to", fact.asOfTo());
    }

    /** Asks the query of each fact over the views of the marts and registers the view of the verdicts. */
    public static void register(SparkSession spark, Force force, LocalDate businessDate) {
        NightSize.source(spark.createDataFrame(
                        force.facts().stream()
                                .map(fact -> row(fact, verdict(spark, fact, businessDate)))
                                .toList(),
                        VERDICT))
                .createOrReplaceTempView("fact_verdict");
    }

    private static FactVerdict verdict(SparkSession spark, Fact fact, LocalDate businessDate) {
        FactVerdict asked = FactVerdict.withoutQuery(fact, businessDate);
        if (asked != null || fact.query() == null) {
            return asked == null ? FactVerdict.of(fact, businessDate, List.of()) : asked;
        }
        List<Double> values = new ArrayList<>();
        for (Row row : spark.sql(fact.query(), parameters(fact))
                .selectExpr("cast(value as double)")
                .collectAsList()) {
            values.add(row.isNullAt(0) ? null : row.getDouble(0));
        }
        return FactVerdict.of(fact, businessDate, values);
    }

    private static Row row(Fact fact, FactVerdict verdict) {
        return RowFactory.create(
                fact.name(),
                fact.quote(),
                fact.operator().sign(),
                fact.from(),
                fact.to(),
                fact.operator() == Fact.Operator.ABOUT && !fact.isRange() ? fact.aboutShare() : null,
                fact.unit(),
                fact.asOfFrom(),
                fact.asOfTo(),
                fact.clockStart(),
                fact.population(),
                fact.definition(),
                fact.bodies(),
                fact.source(),
                fact.byConstruction(),
                verdict.ourValue(),
                verdict.ourLowest(),
                verdict.ourHighest(),
                verdict.valueCount(),
                verdict.verdict(),
                verdict.difference(),
                verdict.reason());
    }
}

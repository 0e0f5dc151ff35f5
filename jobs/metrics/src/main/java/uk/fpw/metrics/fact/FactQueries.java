package uk.fpw.metrics.fact;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import uk.fpw.model.Family;
import uk.fpw.model.Model;
import uk.fpw.model.Models;
import uk.fpw.warehouse.force.fact.Fact;

/** Runs the queries of facts, Spark SQL over the marts of a candidate, in one Spark job. */
public final class FactQueries {

    /** Optional column of a query: what its values count or measure. */
    private static final String UNIT = "unit";

    private FactQueries() {}

    /**
     * The result of each query, by name of the fact.
     *
     * @param marts the rows of a mart; only read if a query uses it
     */
    public static Map<String, OurFigures> run(
            SparkSession spark, List<Fact> facts, Function<Model, Dataset<Row>> marts) {
        register(spark, facts.stream().map(FactQueries::query).toList(), marts);
        Map<String, OurFigures> figures = new HashMap<>();
        facts.forEach(fact -> figures.put(fact.name(), new OurFigures()));
        facts.stream().map(fact -> rows(spark, fact)).reduce(Dataset::union).ifPresent(all -> all.collectAsList()
                .forEach(row -> Objects.requireNonNull(figures.get(row.getString(1)))
                        .add(row.isNullAt(0) ? null : row.getDouble(0), row.getString(2))));
        return figures;
    }

    /** Registers the marts that the queries name. */
    static void register(SparkSession spark, List<String> queries, Function<Model, Dataset<Row>> marts) {
        for (Model mart : Models.marts()) {
            if (Models.countedBy(Family.FACT).contains(mart.table())
                    || Models.countedBy(Family.COMPARISON).contains(mart.table())) {
                continue; // follows from these queries, or is found by the audit
            }
            if (queries.stream().anyMatch(query -> names(query, mart))) {
                marts.apply(mart).createOrReplaceTempView(mart.name());
            } else {
                // the check of the SQL left an empty view: no view is better than one without rows
                spark.catalog().dropTempView(mart.name());
            }
        }
    }

    private static Dataset<Row> rows(SparkSession spark, Fact fact) {
        Dataset<Row> rows = spark.sql(query(fact), PublishedFacts.parameters(fact));
        boolean hasUnit = List.of(rows.columns()).contains(UNIT);
        return rows.select(
                col("value").cast("double"), lit(fact.name()), (hasUnit ? col(UNIT) : lit(null)).cast("string"));
    }

    /**
     * Whether the name of a mart occurs anywhere in the query. A mart may be registered needlessly, but is never
     * missing.
     */
    static boolean names(String query, Model mart) {
        return Pattern.compile("\\b" + mart.name() + "\\b", Pattern.CASE_INSENSITIVE)
                .matcher(query)
                .find();
    }

    private static String query(Fact fact) {
        String query = fact.query();
        if (query == null) {
            throw new IllegalArgumentException("fact " + fact.name() + " has no query");
        }
        return query;
    }
}

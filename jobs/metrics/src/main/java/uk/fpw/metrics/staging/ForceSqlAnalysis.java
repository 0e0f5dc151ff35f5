package uk.fpw.metrics.staging;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.apache.spark.sql.AnalysisException;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.parser.ParserInterface;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.IntegerType;
import org.apache.spark.sql.types.LongType;
import org.apache.spark.sql.types.NumericType;
import org.apache.spark.sql.types.StringType;
import org.apache.spark.sql.types.StructField;
import uk.fpw.metrics.fact.DatedFigures;
import uk.fpw.metrics.fact.PublishedFacts;
import uk.fpw.metrics.model.EmptyMarts;
import uk.fpw.warehouse.force.Force;
import uk.fpw.warehouse.force.capacity.StaffingQuery;
import uk.fpw.warehouse.force.fact.Fact;
import uk.fpw.warehouse.force.feed.Feed;
import uk.fpw.warehouse.force.grading.GradingQuery;
import uk.fpw.warehouse.force.recommendation.Recommendation;
import uk.fpw.warehouse.force.rule.Rule;
import uk.fpw.warehouse.force.staging.StagingQuery;
import uk.fpw.warehouse.force.yaml.ConfigError;

/**
 * Analyses the SQL of a force folder without reading a row: staging, grading and staffing queries, rules and scopes
 * against empty tables of the declared types, queries of facts and recommendations against empty marts.
 */
public final class ForceSqlAnalysis {

    private final SparkSession spark;
    private final ParserInterface parser;
    private final Force force;

    public ForceSqlAnalysis(SparkSession spark, Force force) {
        this.spark = spark;
        this.force = force;
        this.parser = ((org.apache.spark.sql.classic.SparkSession) spark)
                .sessionState()
                .sqlParser();
    }

    /**
     * Every error; empty if the SQL can be run. Leaves views of the feeds over empty tables, and of the marts if
     * there are facts.
     */
    public List<ConfigError> errors() {
        List<ConfigError> taken = ReservedNames.errors(force);
        if (!taken.isEmpty()) {
            return taken;
        }
        for (Feed feed : force.feeds()) {
            spark.createDataFrame(List.of(), FeedSchema.ofView(feed)).createOrReplaceTempView(feed.name());
        }
        List<ConfigError> errors = new ArrayList<>();
        for (StagingQuery staging : force.stagings()) {
            checkStaging(staging, errors);
        }
        for (GradingQuery grading : force.gradings()) {
            String file = "gradings/" + grading.name() + ".sql";
            checkQuery(
                    file,
                    grading.sql(),
                    Set.copyOf(grading.feeds()),
                    rows -> errors.addAll(QueryColumns.GRADING.errors(file, rows)),
                    errors);
        }
        for (StaffingQuery staffing : force.staffings()) {
            String file = "staffing/" + staffing.name() + ".sql";
            checkQuery(
                    file,
                    staffing.sql(),
                    Set.copyOf(staffing.feeds()),
                    rows -> errors.addAll(QueryColumns.STAFFING.errors(file, rows)),
                    errors);
        }
        for (Rule rule : force.rules()) {
            check(RowCondition.of(spark, rule), errors);
        }
        for (Feed feed : force.feeds()) {
            if (feed.scope() != null) {
                check(RowCondition.of(spark, feed, feed.scope()), errors);
            }
        }
        if (!force.facts().isEmpty() || !force.recommendations().isEmpty()) {
            Set<String> marts = EmptyMarts.register(spark);
            force.facts().forEach(fact -> checkFact(fact, marts, errors));
            force.recommendations().forEach(recommendation -> checkRecommendation(recommendation, marts, errors));
        }
        return List.copyOf(errors);
    }

    private void checkStaging(StagingQuery staging, List<ConfigError> errors) {
        String file = "staging/" + staging.name() + ".sql";
        checkQuery(
                file,
                staging.sql(),
                Set.copyOf(staging.feeds()),
                rows -> {
                    errors.addAll(QueryColumns.of(staging).errors(file, rows));
                    checkDay(file, rows, errors);
                    checkContributor(staging, file, rows, errors);
                },
                errors);
    }

    private static void checkDay(String file, Dataset<Row> rows, List<ConfigError> errors) {
        if (Collections.disjoint(List.of(rows.columns()), List.of("occurred_on", "occurred_at"))) {
            errors.add(new ConfigError(
                    file,
                    0,
                    "occurred_on",
                    "the query returns neither occurred_on nor occurred_at",
                    "return occurred_on (a date), occurred_at (a timestamp) or both"));
        }
    }

    /** Items that belong to a case must name it. */
    private void checkContributor(StagingQuery staging, String file, Dataset<Row> rows, List<ConfigError> errors) {
        if (!List.of(rows.columns()).contains("contributor_key")) {
            force.milestones().stream()
                    .filter(cases -> cases.linkedItemKinds().contains(staging.itemKind()))
                    .findFirst()
                    .ifPresent(cases -> errors.add(new ConfigError(
                            file,
                            0,
                            "contributor_key",
                            "the query does not return this column, but milestones/" + cases.name()
                                    + ".yml names items of kind '" + staging.itemKind() + "' in linked_item_kinds",
                            "return contributor_key (the key of the case, as its own staging query returns it)")));
        }
    }

    /** Checks a query over feeds; its columns are checked only if the query is allowed. */
    private void checkQuery(
            String file, String sql, Set<String> feeds, Consumer<Dataset<Row>> columns, List<ConfigError> errors) {
        try {
            SqlGuard.Finding finding = SqlGuard.judgeQuery(parser.parsePlan(sql), feeds);
            if (finding == null) {
                Dataset<Row> rows = spark.sql(sql);
                finding = SqlGuard.judgeAnalysed(
                        ((org.apache.spark.sql.classic.Dataset<Row>) rows)
                                .queryExecution()
                                .analyzed(),
                        false);
                if (finding == null) {
                    columns.accept(rows);
                }
            }
            if (finding != null) {
                errors.add(
                        new ConfigError(file, finding.line(), "", "the query " + finding.problem(), finding.remedy()));
            }
        } catch (Exception failed) {
            errors.add(error(file, SparkErrors.line(failed), "", failed));
        }
    }

    private void checkFact(Fact fact, Set<String> marts, List<ConfigError> errors) {
        if (fact.query() != null) {
            checkMartQuery(
                    new MartQuery(
                            "facts/" + fact.name() + ".yml",
                            "query",
                            fact.query(),
                            PublishedFacts.parameters(fact),
                            Set.of("unit"),
                            Set.of(),
                            "with one row per value of the window, and, to have the unit compared, a text 'unit'",
                            ":as_of_from and :as_of_to"),
                    marts,
                    errors);
        }
        if (fact.oursNow() != null) {
            checkMartQuery(
                    new MartQuery(
                            "facts/" + fact.name() + ".yml",
                            "ours_now.query",
                            fact.oursNow().query(),
                            Map.of("as_at", fact.asOfTo()),
                            Set.of("reason"),
                            Set.of(),
                            "in one row, and, if it can, a text 'reason'",
                            ":as_at"),
                    marts,
                    errors);
        }
    }

    private void checkRecommendation(Recommendation recommendation, Set<String> marts, List<ConfigError> errors) {
        for (Recommendation.Figure figure : recommendation.figures()) {
            if (figure.query() != null) {
                checkMartQuery(
                        new MartQuery(
                                "recommendations/" + recommendation.name() + ".yml",
                                figure.name() + ".query",
                                figure.query(),
                                DatedFigures.parameters(
                                        figure, recommendation.report().madeOn()),
                                Set.of("version", "reason"),
                                Set.of(DatedFigures.PART, DatedFigures.OF),
                                "in one row, and, if it can, the texts 'version' and 'reason', and for a share of a "
                                        + "sample the whole numbers 'part_count' and 'of_count'",
                                ":as_at"),
                        marts,
                        errors);
            }
        }
    }

    /**
     * A query over the marts that returns a number, {@code value}.
     *
     * @param texts other columns that it may return, all of them texts
     * @param counts further columns that it may return, all of them whole numbers, or none
     * @param shape what it returns besides the number, for the remedy
     * @param given its parameters, for the remedy
     */
    private record MartQuery(
            String file,
            String field,
            String sql,
            Map<String, Object> parameters,
            Set<String> texts,
            Set<String> counts,
            String shape,
            String given) {}

    private void checkMartQuery(MartQuery query, Set<String> marts, List<ConfigError> errors) {
        try {
            SqlGuard.Finding finding = SqlGuard.judgeMartQuery(parser.parsePlan(query.sql()), marts);
            if (finding == null) {
                Dataset<Row> rows = spark.sql(query.sql(), query.parameters());
                finding = SqlGuard.judgeAnalysed(
                        ((org.apache.spark.sql.classic.Dataset<Row>) rows)
                                .queryExecution()
                                .analyzed(),
                        false);
                StructField[] columns = rows.schema().fields();
                if (finding == null && !isFigures(columns, query.texts(), query.counts())) {
                    finding = new SqlGuard.Finding(
                            0,
                            "returns " + rows.schema().toDDL().toLowerCase(Locale.ROOT),
                            "return one numeric column 'value', " + query.shape());
                }
            }
            if (finding != null) {
                errors.add(new ConfigError(
                        query.file(), 0, query.field(), "the query " + finding.problem(), finding.remedy()));
            }
        } catch (Exception failed) {
            errors.add(new ConfigError(
                    query.file(),
                    0,
                    query.field(),
                    SparkErrors.problem(failed),
                    "correct the SQL; it can use the marts by their names, and " + query.given()));
        }
    }

    /**
     * Whether there is a number, {@code value}, and otherwise only columns among these texts, and all counts or none.
     */
    private static boolean isFigures(StructField[] columns, Set<String> texts, Set<String> counts) {
        Map<String, DataType> types = new HashMap<>();
        for (StructField column : columns) {
            types.put(column.name(), column.dataType());
        }
        long textCount = texts.stream()
                .filter(text -> types.get(text) instanceof StringType)
                .count();
        long countCount = counts.stream()
                .filter(count -> types.get(count) instanceof IntegerType || types.get(count) instanceof LongType)
                .count();
        return types.get("value") instanceof NumericType
                && (countCount == 0 || countCount == counts.size())
                && columns.length == 1 + textCount + countCount;
    }

    private void check(RowCondition condition, List<ConfigError> errors) {
        ConfigError error = condition.error(parser);
        if (error != null) {
            errors.add(error);
        }
    }

    private static ConfigError error(String file, int line, String field, Exception failed) {
        String remedy = failed instanceof AnalysisException
                ? "correct the SQL; it can use the columns that the feed declares"
                : "correct the SQL";
        return new ConfigError(file, line, field, SparkErrors.problem(failed), remedy);
    }
}

package uk.fpw.metrics.staging;

import java.util.Locale;
import org.apache.spark.sql.AnalysisException;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.parser.ParserInterface;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.BooleanType;
import org.apache.spark.sql.types.DataType;
import org.jspecify.annotations.Nullable;
import uk.fpw.warehouse.force.feed.Feed;
import uk.fpw.warehouse.force.feed.Scope;
import uk.fpw.warehouse.force.rule.Rule;
import uk.fpw.warehouse.force.yaml.ConfigError;

/**
 * A condition of a force folder on the rows of one feed.
 *
 * @param rows empty rows with the columns that it may use
 * @param otherRows names of the plan nodes through which it would look at more than one row
 * @param oneRow remedy if it looks at more than one row
 * @param meaning remedy if it is not true or false
 * @param columns remedy if it cannot be analysed
 */
record RowCondition(
        String file,
        String field,
        String sql,
        Dataset<Row> rows,
        String otherRows,
        String oneRow,
        String meaning,
        String columns) {

    /** The condition of a rule, which may look at other rows through a window function. */
    static RowCondition of(SparkSession spark, Rule rule) {
        return new RowCondition(
                "rules/" + rule.feed() + ".yml",
                rule.code() + ".expression",
                rule.expression(),
                spark.table(rule.feed()),
                "Aggregate|Generate",
                "use only columns of the row, or a window function (over)",
                "write a condition that is true for valid rows",
                "correct the SQL; it can use the columns that the feed declares");
    }

    /** The condition of a scope, which may only use the columns that the feed declares as fixed. */
    static RowCondition of(SparkSession spark, Feed feed, Scope scope) {
        return new RowCondition(
                "feeds/" + feed.name() + ".yml",
                "scope.where",
                scope.where(),
                spark.table(feed.name())
                        .select(scope.fixed().stream().map(functions::col).toArray(Column[]::new)),
                "Aggregate|Generate|Window",
                "use only columns of the row",
                "write a condition that is true for rows in scope",
                "correct the SQL; it can use the columns in scope.fixed: " + String.join(", ", scope.fixed()));
    }

    /** What is wrong with it; null if it can be used. */
    @Nullable
    ConfigError error(ParserInterface parser) {
        try {
            SqlGuard.Finding finding = SqlGuard.judgeExpression(parser.parseExpression(sql));
            if (finding == null) {
                finding = judgeAnalysed();
            }
            return finding == null
                    ? null
                    : new ConfigError(file, 0, field, "the expression " + finding.problem(), finding.remedy());
        } catch (Exception failed) {
            return new ConfigError(
                    file,
                    0,
                    field,
                    SparkErrors.problem(failed),
                    failed instanceof AnalysisException ? columns : "correct the SQL");
        }
    }

    private SqlGuard.@Nullable Finding judgeAnalysed() {
        Dataset<Row> result = rows.selectExpr("(" + sql + "\n) as is_good");
        LogicalPlan plan = ((org.apache.spark.sql.classic.Dataset<Row>) result)
                .queryExecution()
                .analyzed();
        SqlGuard.Finding finding = SqlGuard.judgeAnalysed(plan, true);
        if (finding != null) {
            return finding;
        }
        if (plan.find(node -> node.getClass().getSimpleName().matches(otherRows))
                .isDefined()) {
            return new SqlGuard.Finding(0, "uses more than one row", oneRow);
        }
        DataType type = result.schema().fields()[0].dataType();
        return type instanceof BooleanType
                ? null
                : new SqlGuard.Finding(0, "is of type " + type.sql().toLowerCase(Locale.ROOT), meaning);
    }
}

package uk.fpw.metrics.staging;

import java.util.List;
import org.apache.spark.sql.SparkSessionExtensions;
import org.apache.spark.sql.catalyst.expressions.Cast;
import org.apache.spark.sql.catalyst.expressions.Coalesce;
import org.apache.spark.sql.catalyst.expressions.EvalMode;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.GetTimestamp;
import org.apache.spark.sql.catalyst.expressions.If;
import org.apache.spark.sql.catalyst.expressions.IsNull;
import org.apache.spark.sql.catalyst.expressions.Literal;
import org.apache.spark.sql.catalyst.expressions.ToNumber;
import org.apache.spark.sql.catalyst.expressions.ToUnixTimestamp;
import org.apache.spark.sql.catalyst.expressions.TryToNumber;
import org.apache.spark.sql.catalyst.expressions.UnixTimestamp;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.catalyst.rules.Rule;
import org.apache.spark.sql.types.StringType;
import scala.PartialFunction$;
import scala.jdk.javaapi.CollectionConverters;
import scala.runtime.AbstractFunction1;
import scala.runtime.BoxedUnit;

/**
 * Spark extension that keeps texts out of errors. If a text cannot be parsed as a date or number, Spark quotes it in
 * its message, and it may be a name; the message goes to the logs of driver and executors, to Spark's event log, and
 * to whatever a cluster collects. The failure keeps its condition and the failing SQL: an expression is tried in its
 * null-returning form first, and where that is null for a text, the failing form is evaluated on {@value #UNSHOWN}
 * instead.
 */
public final class QuietCasts extends AbstractFunction1<SparkSessionExtensions, BoxedUnit> {

    private static final String UNSHOWN = "...";

    @Override
    public BoxedUnit apply(SparkSessionExtensions extensions) {
        extensions.injectPreCBORule(session -> new Quieten());
        return BoxedUnit.UNIT;
    }

    /** Runs once on each plan, after functions have been replaced by their implementations. */
    private static final class Quieten extends Rule<LogicalPlan> {

        @Override
        public LogicalPlan apply(LogicalPlan plan) {
            return plan.transformAllExpressions(PartialFunction$.MODULE$.fromFunction(QuietCasts::quiet));
        }
    }

    private static Expression quiet(Expression loud) {
        if (loud instanceof Cast cast
                && cast.evalMode().equals(EvalMode.ANSI())
                && isTextOfARow(cast.child())
                && !(cast.dataType() instanceof StringType)) {
            return quiet(
                    cast.copy(cast.child(), cast.dataType(), cast.timeZoneId(), EvalMode.TRY()),
                    cast.child(),
                    cast.copy(unshown(cast.child()), cast.dataType(), cast.timeZoneId(), cast.evalMode()));
        }
        if (loud instanceof GetTimestamp at && at.failOnError() && isTextOfARow(at.left())) {
            return quiet(
                    at.copy(at.left(), at.right(), at.dataType(), at.suggestedFuncOnFail(), at.timeZoneId(), false),
                    at.left(),
                    at.copy(
                            unshown(at.left()),
                            at.right(),
                            at.dataType(),
                            at.suggestedFuncOnFail(),
                            at.timeZoneId(),
                            true));
        }
        if (loud instanceof UnixTimestamp at && at.failOnError() && isTextOfARow(at.left())) {
            return quiet(
                    at.copy(at.left(), at.right(), at.timeZoneId(), false),
                    at.left(),
                    at.copy(unshown(at.left()), at.right(), at.timeZoneId(), true));
        }
        if (loud instanceof ToUnixTimestamp at && at.failOnError() && isTextOfARow(at.left())) {
            return quiet(
                    at.copy(at.left(), at.right(), at.timeZoneId(), false),
                    at.left(),
                    at.copy(unshown(at.left()), at.right(), at.timeZoneId(), true));
        }
        if (loud instanceof ToNumber number && isTextOfARow(number.left())) {
            return quiet(
                    new TryToNumber(number.left(), number.right()),
                    number.left(),
                    number.copy(unshown(number.left()), number.right()));
        }
        return loud;
    }

    /** A constant may be shown: it is part of the SQL. */
    private static boolean isTextOfARow(Expression text) {
        return text.dataType() instanceof StringType && !text.foldable() && text.deterministic();
    }

    private static Literal unshown(Expression text) {
        return Literal.create(UNSHOWN, text.dataType());
    }

    private static Expression quiet(Expression careful, Expression text, Expression failing) {
        Expression otherwise = new If(new IsNull(text), Literal.create(null, careful.dataType()), failing);
        return new Coalesce(
                CollectionConverters.asScala(List.of(careful, otherwise)).toSeq());
    }
}

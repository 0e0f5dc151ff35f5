package uk.fpw.metrics.staging;

import java.util.List;
import java.util.Set;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.RowFrame$;
import org.apache.spark.sql.catalyst.expressions.SortOrder;
import org.apache.spark.sql.catalyst.expressions.SpecifiedWindowFrame;
import org.apache.spark.sql.catalyst.expressions.UnboundedFollowing$;
import org.apache.spark.sql.catalyst.expressions.UnboundedPreceding$;
import org.apache.spark.sql.catalyst.expressions.WindowExpression;
import org.apache.spark.sql.catalyst.expressions.WindowSpecDefinition;
import org.apache.spark.sql.catalyst.expressions.aggregate.AggregateExpression;
import scala.collection.JavaConverters;

/**
 * Checks that a window function has an order. Ties cannot be detected in a query, but a missing or ineffective order
 * can.
 */
final class WindowOrder {

    /** Functions that depend on a row's position; {@code rank} and similar functions treat ties alike. */
    private static final Set<String> PLACES = Set.of("RowNumber", "NTile", "Lag", "Lead", "NthValue");

    private WindowOrder() {}

    /** Whether the window is ordered by something that differs between the rows of a partition. */
    static boolean isOrdered(WindowSpecDefinition window) {
        List<Expression> parts = JavaConverters.asJava(window.partitionSpec());
        for (SortOrder order : JavaConverters.asJava(window.orderSpec())) {
            Expression by = order.child();
            if (!by.references().isEmpty() && parts.stream().noneMatch(by::semanticEquals)) {
                return true;
            }
        }
        return false;
    }

    /** Whether an analysed window function depends on an order that its window lacks. */
    static boolean isMissing(WindowExpression function) {
        if (isOrdered(function.windowSpec())) {
            return false;
        }
        return PLACES.contains(function.windowFunction().getClass().getSimpleName())
                || (function.windowFunction() instanceof AggregateExpression
                        && function.windowSpec().frameSpecification() instanceof SpecifiedWindowFrame frame
                        && frame.frameType() == RowFrame$.MODULE$
                        && !(frame.lower() == UnboundedPreceding$.MODULE$
                                && frame.upper() == UnboundedFollowing$.MODULE$));
    }

    /** The function as written in SQL. */
    static String name(WindowExpression function) {
        Expression called = function.windowFunction();
        return called instanceof AggregateExpression aggregate
                ? aggregate.aggregateFunction().prettyName()
                : called.prettyName();
    }
}

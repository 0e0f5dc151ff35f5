package uk.fpw.metrics.staging;

import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import org.apache.spark.sql.catalyst.analysis.UnresolvedFunction;
import org.apache.spark.sql.catalyst.analysis.UnresolvedGenerator;
import org.apache.spark.sql.catalyst.analysis.UnresolvedRelation;
import org.apache.spark.sql.catalyst.analysis.UnresolvedTableValuedFunction;
import org.apache.spark.sql.catalyst.expressions.Cast;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.Literal;
import org.apache.spark.sql.catalyst.expressions.Nondeterministic;
import org.apache.spark.sql.catalyst.expressions.PlanExpression;
import org.apache.spark.sql.catalyst.expressions.RuntimeReplaceable;
import org.apache.spark.sql.catalyst.expressions.RuntimeReplaceableAggregate;
import org.apache.spark.sql.catalyst.expressions.WindowExpression;
import org.apache.spark.sql.catalyst.expressions.aggregate.AggregateExpression;
import org.apache.spark.sql.catalyst.expressions.aggregate.ListAgg;
import org.apache.spark.sql.catalyst.expressions.aggregate.Mode;
import org.apache.spark.sql.catalyst.plans.QueryPlan;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.catalyst.plans.logical.UnresolvedWith;
import org.apache.spark.sql.catalyst.trees.TreeNode;
import org.jspecify.annotations.Nullable;
import scala.collection.JavaConverters;
import scala.collection.immutable.Seq;

/**
 * Decides what the SQL of a force folder may do. It is checked as parsed, before anything runs, against a list of
 * what is allowed: one query over the declared feeds. Trusted people write force folders, but they are reviewed as
 * data: they must not be able to write, to read files or other tables, to call Java, or to depend on the clock.
 */
final class SqlGuard {

    private static final Set<String> ALLOWED_PLANS = Set.of(
            "Project",
            "Filter",
            "Aggregate",
            "Join",
            "UnresolvedRelation",
            "SubqueryAlias",
            "UnresolvedWith",
            "Distinct",
            "Union",
            "Intersect",
            "Except",
            "Sort",
            "UnresolvedHaving",
            "UnresolvedInlineTable",
            "LocalRelation",
            "OneRowRelation",
            "WithWindowDefinition",
            "Generate",
            "LateralJoin",
            "Unpivot",
            "UnresolvedSubqueryColumnAliases",
            "UnresolvedHint");

    private static final Set<String> TABLE_FUNCTIONS = Set.of(
            "explode",
            "explode_outer",
            "posexplode",
            "posexplode_outer",
            "inline",
            "inline_outer",
            "stack",
            "range",
            "json_tuple");

    /** Functions whose result depends on the user or environment rather than the rows. */
    private static final Set<String> SURROUNDINGS = Set.of(
            "CurrentUser",
            "CurrentDatabase",
            "CurrentCatalog",
            "SparkVersion",
            "InputFileName",
            "InputFileBlockStart",
            "InputFileBlockLength");

    /** Aggregates whose result depends on the order of rows, which varies between runs. */
    private static final Set<String> ORDER_DEPENDENT =
            Set.of("First", "Last", "AnyValue", "CollectList", "CollectSet", "ListAgg", "NthValue", "Mode");

    /** Functions that make the result of such an aggregate independent of that order. */
    private static final Set<String> ORDERING = Set.of("SortArray", "ArraySort", "Size");

    private static final Set<String> CLOCK =
            Set.of("CurrentDate", "CurrentTimestamp", "Now", "LocalTimestamp", "CurrentTime", "CurrentTimeZone");

    private SqlGuard() {}

    /** The tables that a query may read: its declared feeds, or the marts. */
    private record Scope(Set<String> names, boolean feeds) {

        Scope with(Set<String> more) {
            return new Scope(more, feeds);
        }

        String problem(String name) {
            return "reads '" + name + "', which is not " + (feeds ? "among its feeds" : "a mart");
        }

        String remedy() {
            return "read only " + new java.util.TreeSet<>(names) + (feeds ? ", or add it to 'feeds'" : "");
        }
    }

    /** What is not allowed, and where; line 0 if unknown. */
    record Finding(int line, String problem, String remedy) {}

    /** Checks a parsed query; null if it may be analysed. */
    static @Nullable Finding judgeQuery(LogicalPlan parsed, Set<String> feeds) {
        return judge(parsed, new Scope(feeds, true));
    }

    /** Checks a parsed query over the marts; null if it may be analysed. */
    static @Nullable Finding judgeMartQuery(LogicalPlan parsed, Set<String> marts) {
        return judge(parsed, new Scope(marts, false));
    }

    /** Checks the parsed expression of a rule; null if it may be analysed. */
    static @Nullable Finding judgeExpression(Expression parsed) {
        return judge(parsed, new Scope(Set.of(), true));
    }

    /**
     * Checks the analysed plan of a query that reads only feeds; null if it is allowed. Goes innermost first, so that
     * the message names the function itself.
     */
    static @Nullable Finding judgeAnalysed(TreeNode<?> node, boolean rowExpression) {
        return judgeAnalysed(node, rowExpression, false);
    }

    /**
     * Checks a part of the plan.
     *
     * @param ordered whether its context makes the order of rows irrelevant
     */
    private static @Nullable Finding judgeAnalysed(TreeNode<?> node, boolean rowExpression, boolean ordered) {
        boolean ordersParts = ORDERING.contains(kind(node))
                || (node instanceof WindowExpression window && WindowOrder.isOrdered(window.windowSpec()))
                || (ordered && (node instanceof AggregateExpression || node instanceof RuntimeReplaceableAggregate));
        for (TreeNode<?> part : parts(node)) {
            Finding finding = judgeAnalysed(part, rowExpression, ordersParts);
            if (finding != null) {
                return finding;
            }
        }
        if (node instanceof Expression expression) {
            String kind = kind(node);
            if (SURROUNDINGS.contains(kind)) {
                return finding(
                        node,
                        "depends on the user or environment (" + expression.prettyName() + ")",
                        "use columns of the feeds only");
            }
            if (ORDER_DEPENDENT.contains(kind) && !ordered && !hasOwnOrder(node)) {
                return finding(
                        node,
                        "depends on the order of the rows (" + expression.prettyName() + ")",
                        "use min, max or max_by over values without ties, specify an order (within group), sort "
                                + "collected values with array_sort, or take the row whose row_number in a "
                                + "complete order is 1");
            }
            if (node instanceof WindowExpression window && WindowOrder.isMissing(window)) {
                return finding(
                        node,
                        "depends on the order of the rows (" + WindowOrder.name(window) + ")",
                        "order the window by columns that define a unique order, such as a timestamp and a key");
            }
            if (CLOCK.contains(kind)) {
                return finding(
                        node,
                        "depends on the current time (" + expression.prettyName() + ")",
                        "use dates of the source only");
            }
            Finding word = ClockLiterals.judgeCast(expression);
            if (word != null) {
                return word;
            }
            if (node instanceof Nondeterministic || (rowExpression && !expression.deterministic())) {
                return finding(
                        node,
                        "returns a different result each time (" + expression.prettyName() + ")",
                        "use deterministic functions of the row");
            }
        }
        return null;
    }

    /**
     * Whether an aggregate takes the least among ties: {@code listagg(...) within group (order by ...)},
     * {@code mode(..., true)} or {@code mode() within group (order by ...)}.
     */
    private static boolean hasOwnOrder(TreeNode<?> aggregate) {
        return (aggregate instanceof ListAgg list && list.orderingFilled())
                || (aggregate instanceof Mode mode && mode.reverseOpt().isDefined());
    }

    private static String kind(TreeNode<?> node) {
        return node.getClass().getSimpleName().replace("$", "");
    }

    private static @Nullable Finding judge(TreeNode<?> node, Scope scope) {
        if (node instanceof UnresolvedWith with) {
            return judgeWith(with, scope);
        }
        Finding finding = judgeNode(node, scope);
        if (finding != null) {
            return finding;
        }
        for (TreeNode<?> part : parts(node)) {
            Finding inside = judge(part, scope);
            if (inside != null) {
                return inside;
            }
        }
        return null;
    }

    private static @Nullable Finding judgeNode(TreeNode<?> node, Scope scope) {
        if (node instanceof UnresolvedRelation relation) {
            String name = String.join(".", JavaConverters.asJava(relation.multipartIdentifier()));
            // A qualified name is never a feed: csv.`/etc/passwd` is a file, even if a CTE has that name.
            boolean isPlain = relation.multipartIdentifier().size() == 1;
            return isPlain && scope.names().contains(name.toLowerCase(Locale.ROOT))
                    ? null
                    : finding(node, scope.problem(name), scope.remedy());
        }
        if (node instanceof UnresolvedFunction function) {
            String name = name(function.nameParts());
            return AllowedFunctions.contain(name, function.arguments().size())
                    ? null
                    : finding(
                            node,
                            "calls the function '" + name + "', which is not allowed"
                                    + (AllowedFunctions.contain(name, 0) ? " with options" : ""),
                            "use deterministic functions of the row; see docs/force-folder.md for the list");
        }
        if (node instanceof UnresolvedGenerator function) {
            return judgeTableFunction(node, function.name().unquotedString().toLowerCase(Locale.ROOT));
        }
        if (node instanceof UnresolvedTableValuedFunction function) {
            return judgeTableFunction(node, name(function.name()));
        }
        if (node instanceof LogicalPlan) {
            String kind = node.getClass().getSimpleName().replace("$", "");
            return ALLOWED_PLANS.contains(kind)
                    ? null
                    : finding(
                            node,
                            "is not one plain SELECT query (" + kind + ")",
                            "write one SELECT over the feeds, without limits, samples, DDL or changes");
        }
        if (node instanceof Literal || node instanceof Cast) {
            return ClockLiterals.judgeParsed((Expression) node);
        }
        if (kind(node).contains("UnresolvedIdentifier")) {
            return finding(node, "calls a function by its name as text (identifier)", "write the function's name");
        }
        if (node instanceof PlanExpression && scope.names().isEmpty()) {
            return finding(node, "has a subquery", "use only columns of the row");
        }
        return null;
    }

    private static @Nullable Finding judgeTableFunction(TreeNode<?> node, String name) {
        return TABLE_FUNCTIONS.contains(name)
                ? null
                : finding(node, "reads the table function '" + name + "', which is not allowed", "remove it");
    }

    private static String name(Seq<String> parts) {
        return String.join(".", JavaConverters.asJava(parts)).toLowerCase(Locale.ROOT);
    }

    /** A CTE may read those before it; its own name inside it would refer to a table. */
    private static @Nullable Finding judgeWith(UnresolvedWith with, Scope scope) {
        Set<String> visible = new HashSet<>(scope.names());
        for (var named : JavaConverters.asJava(with.cteRelations())) {
            Finding finding = judge(named._2(), scope.with(visible));
            if (finding != null) {
                return finding;
            }
            visible.add(named._1().toLowerCase(Locale.ROOT));
        }
        return judge(with.child(), scope.with(visible));
    }

    private static Set<TreeNode<?>> parts(TreeNode<?> node) {
        Set<TreeNode<?>> parts = new java.util.LinkedHashSet<>();
        JavaConverters.asJava(node.children()).forEach(child -> parts.add((TreeNode<?>) child));
        JavaConverters.asJava(node.innerChildren()).forEach(parts::add);
        if (node instanceof QueryPlan<?> plan) {
            JavaConverters.asJava(plan.expressions()).forEach(parts::add);
        }
        if (node instanceof PlanExpression<?> subquery) {
            parts.add(subquery.plan());
        }
        if (node instanceof RuntimeReplaceable shorthand && ((Expression) shorthand).resolved()) {
            parts.add(shorthand.replacement());
        }
        return parts;
    }

    static Finding finding(TreeNode<?> node, String problem, String remedy) {
        return new Finding(
                node.origin().line().isDefined() ? (int) node.origin().line().get() : 0, problem, remedy);
    }
}

package uk.fpw.metrics.account;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import uk.fpw.warehouse.force.Force;
import uk.fpw.warehouse.force.feed.Feed;
import uk.fpw.warehouse.force.rule.Rule;
import uk.fpw.warehouse.message.MetricsResult.Excluded;
import uk.fpw.warehouse.message.MetricsResult.FeedAccount;
import uk.fpw.warehouse.message.MetricsResult.LaterDates;
import uk.fpw.warehouse.message.MetricsResult.OutOfScope;
import uk.fpw.warehouse.message.MetricsResult.QualityResult;

/**
 * Where the current rows of the feeds went, and the results of rules that do not exclude rows.
 *
 * @param accounts per feed: current rows, and how many are used, excluded, ahead and out of scope
 * @param quality per feed: whether the account adds up, rows that left its scope, and STOP and WARNING rules; per
 *     staging and grading query: whether every row names an item that a feed has
 */
public record FeedAccounts(List<FeedAccount> accounts, List<QualityResult> quality) {

    /** The accounts of a force; all items must have been counted. */
    public static FeedAccounts of(Force force, RowCounts counts) {
        List<FeedAccount> accounts = new ArrayList<>();
        List<QualityResult> quality = new ArrayList<>();
        for (int i = 0; i < force.feeds().size(); i++) {
            Feed feed = force.feeds().get(i);
            FeedAccount account = account(force, feed, counts, counts.feed(i));
            accounts.add(account);
            quality.add(everyRow(account));
            if (feed.scope() != null) {
                quality.add(leftScope(feed, counts.feed(i)));
            }
        }
        for (int i = 0; i < force.rules().size(); i++) {
            Rule rule = force.rules().get(i);
            if (rule.severity() != Rule.Severity.EXCLUDE) {
                RowCounts.Rule found = counts.rule(i);
                String example = example(rule, found);
                quality.add(new QualityResult(
                        rule.feed(),
                        rule.code(),
                        rule.severity().name().toLowerCase(Locale.ROOT),
                        found.broken,
                        example != null
                                ? "for example: " + example
                                : found.example == null ? rule.message() : rule.messageWithoutValues()));
            }
        }
        for (int i = 0; i < force.stagings().size(); i++) {
            String table = "staging/" + force.stagings().get(i).name();
            quality.add(itemIsNamed(table, "rows of the staging query have no item_key", counts.staging(i)));
            quality.add(itemIsOfARow(table, counts.staging(i)));
        }
        for (int i = 0; i < force.gradings().size(); i++) {
            String table = "gradings/" + force.gradings().get(i).name();
            quality.add(itemIsOfARow(table, counts.grading(i)));
            quality.add(itemIsNamed(table, "rows of the grading query have no item_key", counts.grading(i)));
            quality.add(everyJudgement(table, counts.grading(i)));
        }
        for (int i = 0; i < force.staffings().size(); i++) {
            String table = "staffing/" + force.staffings().get(i).name();
            quality.add(itemIsOfARow(table, counts.staffing(i)));
            quality.add(itemIsNamed(table, "rows of the staffing query have no item_key", counts.staffing(i)));
            quality.add(everyStaffRow(table, counts.staffing(i)));
        }
        return new FeedAccounts(List.copyOf(accounts), List.copyOf(quality));
    }

    /**
     * Tests that {@code core.exclusion} has as many rows as are counted as excluded.
     *
     * @param written rows of the table's snapshot
     */
    public QualityResult everyExcludedRowIsWritten(long written) {
        return areWritten(
                "core.exclusion",
                "EVERY_EXCLUDED_ROW_IS_WRITTEN",
                "excluded",
                accounts.stream().mapToLong(FeedAccount::rowsExcluded).sum(),
                written);
    }

    /** Tests that {@code core.ahead} has as many rows as are counted as ahead. */
    public QualityResult everyRowAheadIsWritten(long written) {
        return areWritten(
                "core.ahead",
                "EVERY_ROW_AHEAD_IS_WRITTEN",
                "ahead",
                accounts.stream().mapToLong(FeedAccount::aheadCount).sum(),
                written);
    }

    private static QualityResult areWritten(String table, String code, String what, long counted, long written) {
        return new QualityResult(
                table,
                code,
                "stop",
                Math.abs(counted - written),
                "rows are counted as " + what + " but not written, or written but not counted: " + counted + " and "
                        + written);
    }

    /** An example of what a rule excludes; null for another reason. */
    private static @Nullable String example(Force force, RowCounts counts, String code) {
        for (int i = 0; i < force.rules().size(); i++) {
            Rule rule = force.rules().get(i);
            if (rule.code().equals(code)) {
                return example(rule, counts.rule(i));
            }
        }
        return null;
    }

    /** With shapes of values; null if the message has no place for them. */
    private static @Nullable String example(Rule rule, RowCounts.Rule found) {
        return rule.messageWithoutValues().equals(found.example) ? null : found.example;
    }

    private static FeedAccount account(Force force, Feed feed, RowCounts all, RowCounts.Feed counts) {
        List<Feed.Column> dated = feed.datedColumns();
        return new FeedAccount(
                feed.name(),
                counts.stated.rows(),
                counts.used,
                counts.excluded.entrySet().stream()
                        .map(code -> new Excluded(code.getKey(), code.getValue(), example(force, all, code.getKey())))
                        .toList(),
                counts.ahead,
                new OutOfScope(counts.stated.outOfScope(), counts.stated.wereInScope(), counts.stated.changed()),
                counts.laterDates.entrySet().stream()
                        .map(column -> new LaterDates(dated.get(column.getKey()).name(), column.getValue()))
                        .toList());
    }

    private static QualityResult everyRow(FeedAccount account) {
        return new QualityResult(
                account.feed(),
                "EVERY_ROW_ACCOUNTED_FOR",
                "stop",
                Math.abs(account.currentCount() - account.accountedCount()),
                "current rows do not equal used + excluded + ahead + out of scope: " + account.describe());
    }

    private static QualityResult leftScope(Feed feed, RowCounts.Feed counts) {
        return new QualityResult(
                feed.name(),
                "ROWS_LEFT_SCOPE",
                "warning",
                counts.stated.leftScope(),
                "rows have left the scope of the feed since the previous load, and what happened to their items is no "
                        + "longer in any figure; the columns in scope.fixed must not change while a row exists");
    }

    private static QualityResult itemIsNamed(String table, String message, RowCounts.Query counts) {
        return new QualityResult(table, "EVERY_ROW_NAMES_ITS_ITEM", "stop", counts.withoutItem, message);
    }

    /** An item that no feed has would be in figures, while the rows that it was made from count as excluded. */
    private static QualityResult itemIsOfARow(String table, RowCounts.Query counts) {
        return new QualityResult(
                table,
                "EVERY_ITEM_IS_OF_A_ROW",
                "stop",
                counts.unknownItems,
                "items that the query returns do not exist in its feeds: item_key "
                        + "must be the loaded value of the feed's item column; use transform in "
                        + "the feed for upper, trim and similar");
    }

    private static QualityResult everyStaffRow(String table, RowCounts.Query counts) {
        return canBeUsed(table, "EVERY_STAFF_ROW_CAN_BE_USED", "every row can be used", "rows", counts);
    }

    /**
     * Unusable judgements are counted on their own: their item may still be in a queue, and then its rows are not
     * excluded.
     */
    private static QualityResult everyJudgement(String table, RowCounts.Query counts) {
        return canBeUsed(table, "EVERY_JUDGEMENT_CAN_BE_USED", "every judgement can be used", "judgements", counts);
    }

    private static QualityResult canBeUsed(
            String table, String code, String good, String what, RowCounts.Query counts) {
        return new QualityResult(
                table,
                code,
                "warning",
                counts.problems.values().stream().mapToLong(Long::longValue).sum(),
                counts.problems.isEmpty()
                        ? good
                        : "unusable " + what + "; the other " + what + " of their items are not used either: "
                                + counts.problems.entrySet().stream()
                                        .map(problem -> problem.getValue() + " " + problem.getKey())
                                        .collect(Collectors.joining(", ")));
    }
}

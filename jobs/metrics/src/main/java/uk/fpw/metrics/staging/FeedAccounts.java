package uk.fpw.metrics.staging;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import uk.fpw.warehouse.force.Feed;
import uk.fpw.warehouse.force.Force;
import uk.fpw.warehouse.force.Grading;
import uk.fpw.warehouse.force.Rule;
import uk.fpw.warehouse.force.Staging;
import uk.fpw.warehouse.run.MetricsResult.Excluded;
import uk.fpw.warehouse.run.MetricsResult.FeedAccount;
import uk.fpw.warehouse.run.MetricsResult.QualityResult;

/**
 * Where the current rows of the feeds went, and what the rules that do not exclude say.
 *
 * @param accounts per feed: current rows, rows used, rows excluded by code
 * @param quality per feed whether current = used + excluded, and the STOP and WARNING rules; per staging and grading query whether every row names its item, and one that a feed has
 */
public record FeedAccounts(List<FeedAccount> accounts, List<QualityResult> quality) {

    /** Used rows are counted by their items in core, not as what the exclusions leave over: that both add up is the test. */
    private static final String COUNTS = """
            select 'current' as kind, feed as name, '' as code, count(*) as row_count, '' as example
            from feed_row
            group by feed
            union all
            select 'used' as kind, feed_row.feed as name, '' as code, count(*) as row_count, '' as example
            from feed_row
            inner join used_item
                on feed_row.item_key = used_item.item_key
            group by feed_row.feed
            union all
            select 'excluded' as kind, feed as name, code, count(*) as row_count, '' as example
            from exclusion
            group by feed, code
            union all
            select 'rule' as kind, feed as name, code, count(*) as row_count, min(reason) as example
            from rule_break
            group by feed, code
            union all
            select 'missing item' as kind, staging as name, problem as code, count(*) as row_count, '' as example
            from staged_row
            where problem = 'MISSING_ITEM'
            group by staging, problem
            union all
            select 'unknown item' as kind, query as name, '' as code, count(*) as row_count, '' as example
            from (
                select distinct concat('staging/', staging) as query, item_key
                from staged_row
                where item_key is not null
                union all
                select distinct concat('gradings/', grading) as query, item_key
                from judgement
                where item_key is not null
            ) as yielded
            left anti join feed_row
                on yielded.item_key = feed_row.item_key
            group by query
            union all
            select 'judgement' as kind, grading as name, problem as code, count(*) as row_count, '' as example
            from judgement
            where problem is not null
            group by grading, problem
            """;

    /** Counts, in one query; the models of {@code core} must have run. */
    public static FeedAccounts of(SparkSession spark, Force force) {
        List<Row> counts = spark.sql(COUNTS).collectAsList();
        List<FeedAccount> accounts = new ArrayList<>();
        List<QualityResult> quality = new ArrayList<>();
        for (Feed feed : force.feeds()) {
            FeedAccount account = account(feed, counts);
            accounts.add(account);
            long excluded =
                    account.excluded().stream().mapToLong(Excluded::rowCount).sum();
            quality.add(new QualityResult(
                    feed.name(),
                    "EVERY_ROW_ACCOUNTED_FOR",
                    "stop",
                    Math.abs(account.currentCount() - account.usedCount() - excluded),
                    "current rows are not used + excluded: " + account.currentCount() + ", " + account.usedCount()
                            + ", " + excluded));
        }
        for (Rule rule : force.rules()) {
            if (rule.severity() != Rule.Severity.EXCLUDE) {
                quality.add(new QualityResult(
                        rule.feed(),
                        rule.code(),
                        rule.severity().name().toLowerCase(Locale.ROOT),
                        count(counts, "rule", rule.feed(), rule.code()),
                        example(counts, rule)));
            }
        }
        for (Staging staging : force.stagings()) {
            quality.add(new QualityResult(
                    "staging/" + staging.name(),
                    "EVERY_ROW_NAMES_ITS_ITEM",
                    "stop",
                    count(counts, "missing item", staging.name(), "MISSING_ITEM"),
                    "rows of the staging query have no item_key"));
            quality.add(itemsOfNoRow("staging/" + staging.name(), counts));
        }
        for (Grading grading : force.gradings()) {
            quality.add(itemsOfNoRow("gradings/" + grading.name(), counts));
            quality.addAll(judgements(grading, counts));
        }
        return new FeedAccounts(List.copyOf(accounts), List.copyOf(quality));
    }

    /** An item that no row of the feeds speaks of would stand in the figures, while the rows that it came from count as left out. */
    private static QualityResult itemsOfNoRow(String query, List<Row> counts) {
        return new QualityResult(
                query,
                "EVERY_ITEM_IS_OF_A_ROW",
                "stop",
                count(counts, "unknown item", query, ""),
                "items that the query yields are those of no row of its feeds: item_key is not the value of the feed's item column as it is loaded; write upper, trim and the like as transform of the column in the feed");
    }

    /** An item without usable judgements may be in a queue, and its rows are then not among the excluded: so the judgements are counted too. */
    private static List<QualityResult> judgements(Grading grading, List<Row> counts) {
        String table = "gradings/" + grading.name();
        List<Row> faults = counts.stream()
                .filter(row -> row.getString(0).equals("judgement")
                        && row.getString(1).equals(grading.name())
                        && !row.getString(2).equals("MISSING_ITEM"))
                .sorted(Comparator.comparing(row -> row.getString(2)))
                .toList();
        return List.of(
                new QualityResult(
                        table,
                        "EVERY_ROW_NAMES_ITS_ITEM",
                        "stop",
                        count(counts, "judgement", grading.name(), "MISSING_ITEM"),
                        "rows of the grading query have no item_key"),
                new QualityResult(
                        table,
                        "EVERY_JUDGEMENT_CAN_BE_USED",
                        "warning",
                        faults.stream().mapToLong(row -> row.getLong(3)).sum(),
                        faults.isEmpty()
                                ? "every judgement can be used"
                                : "judgements that cannot be used, and with them their items: "
                                        + faults.stream()
                                                .map(row -> row.getLong(3) + " " + row.getString(2))
                                                .collect(Collectors.joining(", "))));
    }

    private static FeedAccount account(Feed feed, List<Row> counts) {
        List<Excluded> excluded = counts.stream()
                .filter(row ->
                        row.getString(0).equals("excluded") && row.getString(1).equals(feed.name()))
                .map(row -> new Excluded(row.getString(2), row.getLong(3)))
                .sorted(Comparator.comparing(Excluded::code))
                .toList();
        return new FeedAccount(
                feed.name(),
                count(counts, "current", feed.name(), ""),
                count(counts, "used", feed.name(), ""),
                excluded);
    }

    private static long count(List<Row> counts, String kind, String name, String code) {
        return counts.stream()
                .filter(row -> row.getString(0).equals(kind)
                        && row.getString(1).equals(name)
                        && row.getString(2).equals(code))
                .mapToLong(row -> row.getLong(3))
                .sum();
    }

    private static String example(List<Row> counts, Rule rule) {
        return counts.stream()
                .filter(row -> row.getString(0).equals("rule")
                        && row.getString(1).equals(rule.feed())
                        && row.getString(2).equals(rule.code()))
                .map(row -> "for example: " + row.getString(4))
                .findFirst()
                .orElse(rule.message());
    }
}

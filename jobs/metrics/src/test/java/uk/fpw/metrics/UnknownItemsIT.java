package uk.fpw.metrics;

import static org.apache.spark.sql.functions.col;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import uk.fpw.metrics.account.FeedAccounts;
import uk.fpw.metrics.staging.ForceSqlAnalysis;
import uk.fpw.warehouse.force.Force;
import uk.fpw.warehouse.force.feed.Feed;
import uk.fpw.warehouse.force.staging.StagingQuery;
import uk.fpw.warehouse.message.MetricsResult;

/**
 * Staging queries that return items of which no feed has a row, and the keys of items if rows have no key of their
 * own.
 */
class UnknownItemsIT {

    private static final SparkTestWarehouse WAREHOUSE = SparkTestWarehouse.instance();

    @Test
    void itemsOfNoRowStopTheReleaseAndAreNotCalledUsed() {
        Force force = SparkTestWarehouse.force("backlog");
        Feed feed = force.feed("device_events");
        WAREHOUSE.load(
                feed,
                WAREHOUSE
                        .csv(feed, "backlog/dirty_events.csv")
                        .where(col("item_id").notEqual("X07")));
        Force lower = with(
                force,
                feed,
                force.stagings().get(0).sql().replace("item_id as item_key", "lower(item_id) as item_key"));
        FeedAccounts accounts = WAREHOUSE.core(lower, LocalDate.of(2025, 1, 15));
        assertThat(accounts.quality())
                .filteredOn(test -> test.failedCount() > 0)
                .containsExactly(new MetricsResult.QualityResult(
                        "staging/device_events",
                        "EVERY_ITEM_IS_OF_A_ROW",
                        "stop",
                        8,
                        "items that the query returns do not exist in its "
                                + "feeds: item_key must be the loaded value of the feed's item "
                                + "column; use transform in the feed for upper, trim and similar"));
        assertThat(accounts.accounts()).singleElement().satisfies(account -> assertThat(account.usedCount())
                .isZero());
    }

    @Test
    void stagingSeesTheKeyOfRowsThatHaveNoneOfTheirOwn() {
        Force force = SparkTestWarehouse.force("backlog");
        Feed feed = force.feed("device_events");
        Feed byRow = new Feed(
                feed.name(),
                feed.source(),
                feed.description(),
                new Feed.Input(feed.connection(), feed.origin(), Feed.Extract.FULL),
                new Feed.Rows(feed.columns(), List.of(), Set.of(), Feed.ROW, null),
                feed.limits());
        String sql = force.stagings().get(0).sql().replace("item_id as item_key", "row_key as item_key");
        assertThat(errors(with(force, byRow, sql))).isEmpty();
        assertThat(errors(with(force, feed, sql)))
                .singleElement()
                .asString()
                .startsWith("staging/device_events.sql:3: A column, variable, or function parameter with name "
                        + "`row_key` cannot be resolved");
    }

    private static List<String> errors(Force force) {
        return new ForceSqlAnalysis(TestSpark.session(), force)
                .errors().stream().map(Object::toString).toList();
    }

    private static Force with(Force force, Feed feed, String sql) {
        StagingQuery staging = force.stagings().get(0);
        return new Force(
                force.folder(),
                new Force.Identity(
                        force.code(), force.name(), force.zone(), force.storage(), force.confirmDateAfterDays()),
                new Force.Sources(force.connections(), List.of(feed), force.bankHolidays()),
                new Force.Meaning(
                        List.of(new StagingQuery(
                                staging.name(),
                                staging.source(),
                                staging.itemKind(),
                                staging.feeds(),
                                staging.attributes(),
                                staging.atEntry(),
                                staging.events(),
                                sql,
                                staging.sqlFile())),
                        force.queues(),
                        force.milestones(),
                        force.rules(),
                        force.schemes(),
                        force.gradings(),
                        force.facts(),
                        Force.Background.NONE),
                force.digest());
    }
}

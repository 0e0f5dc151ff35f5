package uk.fpw.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Date;
import java.time.LocalDate;
import java.util.List;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import uk.fpw.metrics.staging.FeedRows;
import uk.fpw.warehouse.force.Force;
import uk.fpw.warehouse.force.feed.Feed;
import uk.fpw.warehouse.message.MetricsResult.Excluded;
import uk.fpw.warehouse.message.MetricsResult.FeedAccount;

/**
 * A force whose staging query, rules and grading query look at other rows through window functions: checked as by
 * {@code fpw check}, and computed.
 */
@Tag("thorough")
class WindowFunctionsIT {

    private static final SparkTestWarehouse WAREHOUSE = SparkTestWarehouse.instance();
    private static final Force FORCE = SparkTestWarehouse.force("windows");
    private static List<FeedAccount> accounts = List.of();

    @BeforeAll
    static void computeCore() {
        load(
                FORCE.feed("visits"),
                visit(1, "A", "received", "2024-02-01"),
                // booked in twice: the first counts
                visit(2, "A", "received", "2024-02-03"),
                visit(3, "A", "examined", "2024-02-09"),
                // two lines on one day: the lower is first
                visit(5, "B", "examined", "2024-02-05"),
                visit(4, "B", "received", "2024-02-05"),
                visit(7, "B", "examined", "2024-02-05"),
                // never received: excluded by the rule
                visit(6, "C", "examined", "2024-02-05"));
        load(
                FORCE.feed("verdicts"),
                verdict(1, "K1", "inadequate", "2024-02-01"),
                verdict(2, "K1", "good", "2024-02-10"),
                verdict(3, "K2", "inadequate", "2024-02-02"));
        load(FORCE.feed("calls"), call("first", "K8"), call("second", "K8"), call("only", "K9"));
        accounts = WAREHOUSE.core(FORCE, LocalDate.of(2024, 2, 29)).accounts();
    }

    @Test
    void theyPassTheCheck() {
        assertThat(WAREHOUSE.check(FORCE).errors()).isEmpty();
    }

    @Test
    void theStagingQueryTakesTheFirstOfEachAndKnowsWhatWasBefore() {
        assertThat(WAREHOUSE.rows("""
                select item_key, entered_on, left_on, element_at(slices, 'came_after')
                from spell
                where queue = 'waiting'
                order by item_key"""))
                .containsExactly("windows:A|2024-02-01|2024-02-09|nothing", "windows:B|2024-02-05|2024-02-05|nothing");
    }

    @Test
    void theRulesJudgeARowByTheOthersOfItsFeed() {
        assertThat(WAREHOUSE.rows("select row_key, code, reason from exclusion where feed = 'visits' order by row_key"))
                .containsExactly("6|NOT_RECEIVED_FIRST|device C was examined without having been received");
        assertThat(accounts)
                .contains(new FeedAccount(
                        "visits",
                        7,
                        6,
                        List.of(new Excluded(
                                "NOT_RECEIVED_FIRST",
                                1,
                                "device 1 letter was examined without having been received"))));
    }

    @Test
    void rulesOrderRowsWithoutAKeyByTheirRowKey() {
        assertThat(WAREHOUSE.rows("select row_key, code, reason from exclusion where feed = 'calls' order by row_key"))
                .containsExactly(
                        "first|CALLED_AGAIN|a row of the same item in feed calls breaks the rule: case K8 has an "
                                + "earlier call of that day",
                        "only|NO_EVENT|no query yields an event or a judgement of the item",
                        "second|CALLED_AGAIN|case K8 has an earlier call of that day");
    }

    @Test
    void theGradingQueryTakesTheLatestVerdict() {
        assertThat(WAREHOUSE.rows("select item_key, grade from grading order by item_key"))
                .containsExactly("windows:K1|good", "windows:K2|inadequate");
    }

    private static void load(Feed feed, Row... rows) {
        WAREHOUSE.load(
                feed,
                WAREHOUSE
                        .spark()
                        .createDataFrame(
                                List.of(rows),
                                FeedRows.none(WAREHOUSE.spark(), feed)
                                        .drop("_key", "_item")
                                        .schema()));
    }

    private static Row visit(long line, String device, String status, String day) {
        return RowFactory.create(line, device, status, Date.valueOf(day));
    }

    private static Row call(String line, String caseRef) {
        return RowFactory.create(line, caseRef, Date.valueOf("2024-02-01"));
    }

    private static Row verdict(long line, String caseRef, String verdict, String day) {
        return RowFactory.create(line, caseRef, verdict, Date.valueOf(day));
    }
}

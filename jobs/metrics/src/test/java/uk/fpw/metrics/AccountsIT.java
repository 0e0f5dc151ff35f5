package uk.fpw.metrics;

import static org.apache.spark.sql.functions.lit;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Date;
import java.time.LocalDate;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.catalyst.analysis.NoSuchTableException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import uk.fpw.metrics.staging.FeedRows;
import uk.fpw.warehouse.force.Force;
import uk.fpw.warehouse.force.ForceFolder;
import uk.fpw.warehouse.force.feed.Feed;
import uk.fpw.warehouse.force.yaml.ConfigError;
import uk.fpw.warehouse.message.MetricsResult;
import uk.fpw.warehouse.message.MetricsResult.Excluded;
import uk.fpw.warehouse.message.MetricsResult.FeedAccount;
import uk.fpw.warehouse.message.MetricsResult.LaterDates;
import uk.fpw.warehouse.message.MetricsResult.OutOfScope;
import uk.fpw.warehouse.message.MetricsResult.QualityResult;

/** Accounts for the rows of a register that also has the work of other units, and dates in the future. */
class AccountsIT {

    private static final SparkTestWarehouse WAREHOUSE = SparkTestWarehouse.instance();
    private static final Force FORCE = SparkTestWarehouse.force("register");
    private static final LocalDate TONIGHT = LocalDate.of(2024, 2, 29);
    private static MetricsResult result = MetricsResult.computed(List.of(), List.of(), List.of(), List.of(), List.of());

    @BeforeAll
    static void computeTheNight() throws NoSuchTableException {
        Feed feed = FORCE.feed("devices");
        WAREHOUSE.load(
                feed,
                versions(
                        feed,
                        2,
                        TONIGHT,
                        row("waits", "DFU", "2024-02-01", null),
                        row("closed ahead", "DFU", "2024-02-01", "2062-03-01"),
                        row("ahead", "DFU", "2062-02-01", "2062-03-01"),
                        // 10 March was meant
                        row("ahead too", "DFU", "2024-10-03", null),
                        row("no event", "DFU", null, null),
                        // its unit is unknown
                        row("no unit", null, "2024-02-02", null),
                        row("of others", "PSD", "2024-02-01", "2062-03-01"),
                        row("left tonight", "PSD", "2024-02-01", null),
                        row("left before", "PSD", "2024-02-01", null),
                        row("came in", "HTCU", "2024-02-05", "2024-02-06")));
        // stored by earlier loads: no longer in branch current
        versions(feed, 0, TONIGHT.minusDays(2), row("left before", "DFU", "2024-02-01", null))
                .unionByName(versions(
                        feed,
                        1,
                        TONIGHT.minusDays(1),
                        row("left tonight", "DFU", "2024-02-01", null),
                        row("left before", "PSD", "2024-02-01", null),
                        row("came in", "PSD", "2024-02-05", null),
                        // changed twice in one night, and deleted since
                        row("deleted", "DFU", "2024-02-01", null)))
                .unionByName(versions(feed, 2, TONIGHT, row("deleted", null, null, null))
                        .withColumn("_op", lit("delete")))
                .writeTo("fpw.raw.devices")
                .append();
        result = WAREHOUSE.compute(FORCE, TONIGHT, "2024-02-29.1");
        assertThat(result.errors()).isEmpty();
    }

    private static Dataset<Row> versions(Feed feed, long order, LocalDate knownOn, Row... rows) {
        Dataset<Row> versions = WAREHOUSE
                .spark()
                .createDataFrame(
                        List.of(rows),
                        FeedRows.none(WAREHOUSE.spark(), feed)
                                .drop("_key", "_item")
                                .schema());
        return versions.withColumn("_key", versions.col("ref"))
                .withColumn("_item", versions.col("ref"))
                .withColumn("_op", lit("upsert"))
                .withColumn("_seq", lit(order))
                .withColumn("_load_id", lit("load " + order))
                .withColumn("_known_on", lit(Date.valueOf(knownOn)));
    }

    private static Row row(
            String ref, @Nullable String unit, @Nullable String receivedOn, @Nullable String examinedOn) {
        return RowFactory.create(
                ref,
                unit,
                receivedOn == null ? null : Date.valueOf(receivedOn),
                examinedOn == null ? null : Date.valueOf(examinedOn));
    }

    @Test
    void everyRowIsUsedExcludedAheadOrOutOfScope() {
        assertThat(result.accounts())
                .containsExactly(new FeedAccount(
                        "devices",
                        10,
                        4,
                        List.of(new Excluded("NO_EVENT", 1)),
                        2,
                        new OutOfScope(3, 2, 3),
                        List.of(new LaterDates("received_on", 2), new LaterDates("examined_on", 2))));
    }

    @Test
    void aRowThatLeftTheScopeSinceTheLoadBeforeIsTold() {
        assertThat(result.quality())
                .filteredOn(test -> test.failedCount() > 0)
                .containsExactly(new QualityResult(
                        "devices",
                        "ROWS_LEFT_SCOPE",
                        "warning",
                        1,
                        "rows have left the scope of the feed since the previous load, and what happened to their "
                                + "items is no longer in any figure; the columns in scope.fixed must not change while "
                                + "a row exists"));
    }

    @Test
    void whatIsAheadIsListedWithTheDayOnWhichItBegins() {
        assertThat(WAREHOUSE.rows("select row_key, item_key, first_on from fpw.core.ahead order by row_key"))
                .containsExactly("ahead|register:ahead|2062-02-01", "ahead too|register:ahead too|2024-10-03");
    }

    @Test
    void whatIsClosedOnAFutureDateStillWaits() {
        assertThat(WAREHOUSE.rows("select waiting_count, closed_ahead_count from fpw.mart.queue_daily"
                        + " where day in ('2024-01-31', '2024-02-01', '2024-02-29') order by day"))
                .containsExactly("2|1", "3|1");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "received_on < date '2024-01-01' | A column, variable, or function parameter with name `received_on`",
                "unit = (select max(unit) from devices) | the expression has a subquery; use only columns of the row",
                "max(unit) = 'DFU' | the expression uses more than one row; use only columns of the row",
                "count(*) over () > 1 | the expression",
                "unit | the expression is of type string; write a condition that is true for rows in scope",
                "unit = current_user() | the expression",
                "unit > cast(current_date() as string) | the expression",
                "reflect('java.lang.System', 'exit', 0) | the expression calls the function 'reflect', which is not",
            })
    void aScopeIsAConditionOnFixedColumnsAlone(String where, String problem, @TempDir Path temp) throws IOException {
        assertThat(WAREHOUSE.check(edited(temp, where)).errors())
                .singleElement()
                .extracting(ConfigError::toString)
                .asString()
                .startsWith("feeds/devices.yml: scope.where: " + problem);
    }

    @Test
    void theScopeOfTheFolderHasNoError(@TempDir Path temp) throws IOException {
        assertThat(WAREHOUSE.check(edited(temp, "unit in ('DFU', 'HTCU')")).errors())
                .isEmpty();
    }

    private static Force edited(Path temp, String where) throws IOException {
        for (Path file : List.of(
                Path.of("force.yml"),
                Path.of("connections.yml"),
                Path.of("feeds", "devices.yml"),
                Path.of("staging", "device_events.yml"),
                Path.of("staging", "device_events.sql"),
                Path.of("queues", "waiting.yml"))) {
            Path target = temp.resolve(file);
            Files.createDirectories(target.resolve("..").normalize());
            Files.writeString(
                    target,
                    Files.readString(FORCE.folder().resolve(file))
                            .replace("where: unit in ('DFU', 'HTCU')", "where: \"" + where + "\""));
        }
        return ForceFolder.read(temp);
    }
}

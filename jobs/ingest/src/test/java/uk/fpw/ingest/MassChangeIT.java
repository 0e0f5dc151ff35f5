package uk.fpw.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.file.Path;
import java.time.Clock;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import uk.fpw.warehouse.failure.ExitCode;
import uk.fpw.warehouse.failure.FpwException;
import uk.fpw.warehouse.force.feed.Feed;
import uk.fpw.warehouse.force.feed.FeedLimits;
import uk.fpw.warehouse.force.feed.Origin;
import uk.fpw.warehouse.store.ledger.Acceptances;
import uk.fpw.warehouse.store.limit.AcceptableLimit;
import uk.fpw.warehouse.store.recovery.LoadWithdrawals;

/** Extracts of 1,000 cases that are complete and well-formed, but wrong. */
@Tag("thorough")
class MassChangeIT {

    private static final String HEADER = "CASE,OPENED,CLOSED,OUTCOME,GONE";
    private static final DateTimeFormatter DAY_FIRST = DateTimeFormatter.ofPattern("dd/MM/yyyy");
    private static final DateTimeFormatter MONTH_FIRST = DateTimeFormatter.ofPattern("MM/dd/yyyy");
    private static final LocalDate FIRST = LocalDate.of(2023, 1, 1);

    @TempDir
    Path folder;

    private IngestTestWarehouse warehouse;

    @BeforeEach
    void loadTwoOrdinaryNights() {
        warehouse = new IngestTestWarehouse(folder, cases());
        warehouse.drop("cases_2024-05-01.csv", file(1000, MassChangeIT::row));
        warehouse.load("cases", "2024-05-01");
        // Three cases were closed and none is missing.
        warehouse.drop("cases_2024-05-02.csv", file(1000, n -> n < 3 ? closed(n) : row(n)));
        assertThat(warehouse.load("cases", "2024-05-02"))
                .isEqualTo("received 1000 = loaded 3 + unchanged 997 + refused 0; deleted 0, flagged 0");
    }

    @AfterEach
    void close() {
        warehouse.close();
    }

    @Test
    void fileWithoutOneRowInSevenIsStopped() {
        stops(
                file(850, n -> n < 3 ? closed(n) : row(n)),
                "150 of 1000 rows (15.0 %) deleted: 150 missing from the file (in 28 days before a load deleted at "
                        + "most 0), more than limits.max_deleted_share: 0.05 in feeds/cases.yml; nothing "
                        + "was loaded; check whether the file is complete and correct (if it contains "
                        + "changed rows only, declare 'extract: changes'). If it is, accept this once "
                        + "and run again: fpw accept cases:deleted --date 2024-05-03 --reason \"WHY\"");
        assertThat(warehouse.rows("current.cases", "_key")).hasSize(1000);
        assertThat(warehouse.snapshots("raw.cases")).isEqualTo(2);
    }

    @Test
    void deletionFlagOnEveryRowIsStopped() {
        stops(
                file(1000, n -> row(n).replaceAll("no$", "yes")),
                "1000 of 1000 rows (100.0 %) deleted: 1000 marked as deleted (in 28 days before a load deleted at "
                        + "most 0), more than limits.max_deleted_share: 0.05 in feeds/cases.yml; nothing "
                        + "was loaded; check whether the file is complete and correct. If it is, accept "
                        + "this once and run again: fpw accept cases:deleted --date 2024-05-03 --reason "
                        + "\"WHY\"");
    }

    @Test
    void rowsThatAreMissingAndRowsThatAreFlaggedCountTogether() {
        stops(
                file(970, n -> n < 30 ? row(n).replaceAll("no$", "yes") : row(n)),
                "60 of 1000 rows (6.0 %) deleted: 30 missing from the file, 30 marked as deleted (in 28 days "
                        + "before a load deleted at most 0), more than limits.max_deleted_share: 0.05 in "
                        + "feeds/cases.yml; nothing was loaded; check whether the file is complete and correct "
                        + "(if it contains changed rows only, declare 'extract: changes'). If it is, "
                        + "accept this once and run again: fpw accept cases:deleted --date 2024-05-03 "
                        + "--reason \"WHY\"");
    }

    @Test
    void columnThatLosesItsValuesIsStopped() {
        stops(
                file(1000, n -> n < 3 ? closed(n) : row(n).replaceAll("charged", "")),
                "column outcome lost 297 of 300 values (99.0 %), more than limits.max_emptied_share: 0.1 in "
                        + "feeds/cases.yml; nothing was loaded; check whether the file is complete and correct. "
                        + "If it is, accept this once and run again: fpw accept cases:changed "
                        + "cases:emptied --date 2024-05-03 --reason \"WHY\"",
                "297 of 1000 rows (29.7 %) that were known before changed (in 28 days before a load changed at "
                        + "most 3), more than limits.max_changed_share: 0.25 in feeds/cases.yml; ");
    }

    @Test
    void columnThatLosesFewOfItsValuesButManyOfThemIsStopped() {
        stops(
                file(1000, n -> n < 3 ? closed(n) : n % 10 == 0 ? row(n).replaceAll("charged", "") : row(n)),
                "column outcome lost 99 of 300 values (33.0 %), more than limits.max_emptied_share: 0.1 in "
                        + "feeds/cases.yml; nothing was loaded; check whether the file is complete and correct. "
                        + "If it is, accept this once and run again: fpw accept cases:emptied "
                        + "--date 2024-05-03 --reason \"WHY\"");
    }

    @Test
    void dayAndMonthSwappedWhereBothAreMonthsIsStopped() {
        stops(
                file(1000, n -> n < 3 ? closed(n) : swapped(row(n))),
                "361 of 1000 rows (36.1 %) that were known before changed (in 28 days before a load changed at "
                        + "most 3), more than limits.max_changed_share: 0.25 in feeds/cases.yml; nothing "
                        + "was loaded; check whether the file is complete and correct. If it is, accept "
                        + "this once and run again: fpw accept cases:changed --date 2024-05-03 --reason "
                        + "\"WHY\"");
    }

    @Test
    void everyOpenCaseClosedAtOnceIsStopped() {
        stops(
                file(1000, n -> n < 3 || n % 10 >= 3 ? closed(n) : row(n)),
                "700 of 1000 rows (70.0 %) that were known before changed (in 28 days before a load changed at "
                        + "most 3), more than limits.max_changed_share: 0.25 in feeds/cases.yml; nothing "
                        + "was loaded; check whether the file is complete and correct. If it is, accept "
                        + "this once and run again: fpw accept cases:changed --date 2024-05-03 --reason "
                        + "\"WHY\"");
    }

    @Test
    void rowsThatVanishFewEachNightAreStoppedBeforeTheyAreMany() {
        int rows = 1000;
        String stopped = null;
        LocalDate night = LocalDate.of(2024, 5, 2);
        while (stopped == null) {
            night = night.plusDays(1);
            rows -= 9;
            warehouse.drop("cases_" + night + ".csv", file(rows, n -> n < 3 ? closed(n) : row(n)));
            try {
                warehouse.load("cases", night.toString());
            } catch (FpwException failure) {
                stopped = failure.getMessage();
            }
        }
        assertThat(night).isEqualTo("2024-05-14");
        assertThat(stopped)
                .endsWith(": 108 of 1000 rows (10.8 %) deleted in 28 days, 9 by this load, more than "
                        + "limits.max_deleted_share_28_days: 0.1 in feeds/cases.yml; nothing "
                        + "was loaded; check whether the file is complete and correct (if it contains "
                        + "changed rows only, declare 'extract: changes'). If it is, accept "
                        + "this once and run again: fpw accept cases:deleted_28_days --date 2024-05-14 "
                        + "--reason \"WHY\"");

        accept(AcceptableLimit.DELETED_28_DAYS, "2024-05-14");
        warehouse.load("cases", "2024-05-14");
        // What was accepted does not count again.
        warehouse.drop("cases_2024-05-15.csv", file(rows - 9, n -> n < 3 ? closed(n) : row(n)));
        assertThat(warehouse.load("cases", "2024-05-15"))
                .isEqualTo("received 883 = loaded 0 + unchanged 883 + refused 0; deleted 9, flagged 0");
    }

    @Test
    void acceptedLimitPassesOnItsDateOnlyAndIsOnRecordInRawAndOps() {
        accept(AcceptableLimit.DELETED, "2024-05-03");
        warehouse.drop("cases_2024-05-03.csv", file(850, n -> n < 3 ? closed(n) : row(n)));
        assertThat(warehouse.load("cases", "2024-05-03"))
                .isEqualTo("received 850 = loaded 0 + unchanged 850 + refused 0; deleted 150, flagged 0");

        assertThat(warehouse.query("select used_by_run, figures from ops.acceptance"))
                .containsExactly(
                        "2024-05-03-20240601T040000-0a1b | 150 of 1000 rows (15.0 %) deleted: 150 missing from "
                                + "the file");
        assertThat(warehouse.query("select business_date, before_count, changed_count, emptied, accepted from "
                        + "ops.feed_load where status = 'loaded' order by business_date"))
                .containsExactly(
                        "2024-05-01 | 0 | 0 |  | ",
                        "2024-05-02 | 1000 | 3 |  | ",
                        "2024-05-03 | 1000 | 0 |  | deleted");
        assertThat(warehouse.summary("raw.cases", "fpw.accepted")).isEqualTo("deleted");

        // What ops has lost is restored from raw; another load of the date needs another acceptance; the next date
        // stops, and its sum does not include the accepted rows.
        warehouse.sql.update("delete from ops.feed_load where business_date = date '2024-05-03'");
        warehouse.drop("cases_2024-05-03.csv", file(800, n -> n < 3 ? closed(n) : row(n)));
        assertThat(failure("2024-05-03").getMessage()).contains("50 of 850 rows (5.9 %) deleted");
        accept(AcceptableLimit.DELETED, "2024-05-03");
        assertThat(warehouse.load("cases", "2024-05-03"))
                .isEqualTo("received 800 = loaded 0 + unchanged 800 + refused 0; deleted 50, flagged 0");
        assertThat(warehouse.query("select before_count, changed_count, emptied, accepted from ops.feed_load where "
                        + "business_date = date '2024-05-03' and status = 'loaded' order by "
                        + "before_count desc"))
                .containsExactly("1000 | 0 |  | deleted", "850 | 0 |  | deleted");
        warehouse.drop("cases_2024-05-04.csv", file(700, n -> n < 3 ? closed(n) : row(n)));
        assertThat(failure("2024-05-04").getMessage()).contains("100 of 800 rows (12.5 %) deleted");
    }

    @Test
    void acceptanceDoesNotOutliveTheLoadThatItServed() {
        accept(AcceptableLimit.DELETED, "2024-05-03");
        warehouse.drop("cases_2024-05-03.csv", file(900, n -> n < 3 ? closed(n) : row(n)));
        assertThat(warehouse.load("cases", "2024-05-03"))
                .isEqualTo("received 900 = loaded 0 + unchanged 900 + refused 0; deleted 100, flagged 0");
        String loadId = warehouse
                .query("select load_id from ops.feed_load where business_date = date '2024-05-03'")
                .get(0);
        new LoadWithdrawals(warehouse.catalog, warehouse.dataSource, () -> {}, Clock.systemUTC())
                .withdraw(loadId, "the acceptance was wrong", "bob");

        warehouse.drop("cases_2024-05-03.csv", file(10, n -> n < 3 ? closed(n) : row(n)));
        assertThat(failure("2024-05-03").getMessage()).contains("990 of 1000 rows (99.0 %) deleted");
        assertThat(warehouse.rows("current.cases", "_key")).hasSize(1000);
    }

    @Test
    void acceptanceOfWhatStoppedALoadLetsNoMorePassThanThat() {
        warehouse.drop("cases_2024-05-03.csv", file(900, n -> n < 3 ? closed(n) : row(n)));
        assertThat(failure("2024-05-03").getMessage()).contains("100 of 1000 rows (10.0 %) deleted");
        accept(AcceptableLimit.DELETED, "2024-05-03");

        Path file = warehouse.drop("cases_2024-05-03.csv", file(10, n -> n < 3 ? closed(n) : row(n)));
        assertThat(failure("2024-05-03"))
                .hasMessage(file
                        + ": 990 of 1000 rows (99.0 %) deleted: 990 missing from the file (in 28 days "
                        + "before a load deleted at most 0), more than "
                        + "limits.max_deleted_share: 0.05 in feeds/cases.yml (accepted up to "
                        + "100); nothing was loaded; check whether the file is complete "
                        + "and correct (if it contains changed rows only, "
                        + "declare 'extract: changes'). If it is, accept this once and "
                        + "run again: fpw accept cases:deleted --date 2024-05-03 --reason \"WHY\"");

        // A failed load has not used it up, and the source may have changed a little further.
        warehouse.drop("cases_2024-05-03.csv", file(895, n -> n < 3 ? closed(n) : row(n)));
        assertThat(warehouse.load("cases", "2024-05-03"))
                .isEqualTo("received 895 = loaded 0 + unchanged 895 + refused 0; deleted 105, flagged 0");
    }

    @Test
    void rowsWithoutAKeyBeyondTheirLimitCanBeAccepted() {
        String[] file = file(1000, n -> n < 3 ? closed(n) : row(n));
        List<String> lines = new ArrayList<>(Arrays.asList(file));
        IntStream.range(0, 60).forEach(n -> lines.add(",01/05/2024,,,no"));
        Path dropped = warehouse.drop("cases_2024-05-03.csv", lines.toArray(String[]::new));
        FpwException failure = failure("2024-05-03");
        assertThat(failure.exitCode()).isEqualTo(ExitCode.BAD_DATA);
        assertThat(failure.getMessage())
                .startsWith(dropped
                        + ": the key of 60 of 1060 rows (5.7 %) is empty, more than "
                        + "limits.max_empty_key_share: 0.05 in feeds/cases.yml:\n  line "
                        + "1002: case_ref is empty")
                .endsWith("\nnothing was loaded; check whether the key columns are still "
                        + "filled. If this many rows without a key are correct, accept this once "
                        + "and run again: fpw accept cases:empty_keys --date 2024-05-03 --reason \"WHY\"; or "
                        + "raise the limit if they are expected. The rows: fpw rejections --feed cases --date "
                        + "2024-05-03");

        accept(AcceptableLimit.EMPTY_KEYS, "2024-05-03");
        assertThat(warehouse.load("cases", "2024-05-03"))
                .isEqualTo("received 1060 = loaded 0 + unchanged 1000 + refused 60; deleted 0, flagged 0");
        assertThat(warehouse.query("select used_by_run, figures from ops.acceptance"))
                .containsExactly("2024-05-03-20240601T040000-0a1b | the key of 60 of 1060 rows (5.7 %) is empty");
        assertThat(warehouse.query("select accepted from ops.feed_load where business_date = date '2024-05-03' and "
                        + "status = 'loaded'"))
                .containsExactly("empty_keys");
    }

    @Test
    void newCodesAndUnusualCountsAreSaidAndStopNothing() {
        for (int night = 3; night <= 9; night++) {
            int closedUpTo = 3 + 30 * (night - 2);
            warehouse.drop("cases_2024-05-0" + night + ".csv", file(1000, n -> n < closedUpTo ? closed(n) : row(n)));
            warehouse.load("cases", "2024-05-0" + night);
        }
        assertThat(warehouse.query("select distinct message from ops.feed_load"))
                .containsExactly("null");

        // The new closed rows have an outcome that was not known before.
        warehouse.drop(
                "cases_2024-05-10.csv",
                file(1080, n -> n < 213 ? closed(n) : n < 1000 ? row(n) : row(n).replace("charged", "OUT-01")));
        warehouse.load("cases", "2024-05-10");
        assertThat(warehouse.query("select message from ops.feed_load where business_date = date '2024-05-10'"))
                .containsExactly("column outcome: 24 of 24 new or changed rows have a value that no earlier row had");

        warehouse.drop(
                "cases_2024-05-11.csv",
                file(
                        1400,
                        n -> n < 213
                                ? closed(n)
                                : n < 1000 || n >= 1080 ? row(n) : row(n).replace("charged", "OUT-01")));
        warehouse.load("cases", "2024-05-11");
        assertThat(warehouse.query("select message from ops.feed_load where business_date = date '2024-05-11'"))
                .containsExactly("unusually many new or changed rows: 320; in 28 days before a load had 3 to 80");
    }

    private void stops(String[] file, String... messageFromTheEnd) {
        Path dropped = warehouse.drop("cases_2024-05-03.csv", file);
        FpwException failure = failure("2024-05-03");
        List<String> parts = new ArrayList<>(Arrays.asList(messageFromTheEnd));
        Collections.reverse(parts);
        assertThat(failure).hasMessage(dropped + ": " + String.join("", parts));
        assertThat(failure.exitCode()).isEqualTo(ExitCode.BAD_DATA);
    }

    private FpwException failure(String date) {
        return catchThrowableOfType(FpwException.class, () -> warehouse.load("cases", date));
    }

    private void accept(AcceptableLimit limit, String date) {
        new Acceptances(warehouse.dataSource, Clock.systemUTC())
                .record("cases", limit, LocalDate.parse(date), "the archive was cleared", "ann");
    }

    private static String[] file(int rows, Function<Integer, String> row) {
        List<String> lines = new ArrayList<>(List.of(HEADER));
        IntStream.range(0, rows).forEach(n -> lines.add(row.apply(n)));
        return lines.toArray(String[]::new);
    }

    /** Three in ten are closed, with an outcome. */
    private static String row(int n) {
        LocalDate opened = FIRST.plusDays(n % 365);
        return n % 10 < 3
                ? "C" + n + "," + DAY_FIRST.format(opened) + "," + DAY_FIRST.format(opened.plusDays(13)) + ",charged,no"
                : "C" + n + "," + DAY_FIRST.format(opened) + ",,,no";
    }

    private static String closed(int n) {
        LocalDate opened = FIRST.plusDays(n % 365);
        return "C" + n + "," + DAY_FIRST.format(opened) + ",30/04/2024,charged,no";
    }

    /** As a spreadsheet does it: only if the day can be a month. */
    private static String swapped(String row) {
        String[] values = row.split(",", -1);
        LocalDate opened = LocalDate.parse(values[1], DAY_FIRST);
        if (opened.getDayOfMonth() <= 12) {
            values[1] = MONTH_FIRST.format(opened);
        }
        return String.join(",", values);
    }

    private static Feed cases() {
        Feed plain = TestFeeds.feed(
                "cases",
                List.of("case_ref"),
                "case_ref",
                TestFeeds.required(TestFeeds.column("case_ref", "CASE", Feed.Type.TEXT)),
                dated("opened_on", "OPENED"),
                dated("closed_on", "CLOSED"),
                TestFeeds.column("outcome", "OUTCOME", Feed.Type.TEXT),
                TestFeeds.column("gone", "GONE", Feed.Type.BOOLEAN));
        return new Feed(
                plain.name(),
                plain.source(),
                plain.description(),
                new Feed.Input(
                        plain.connection(),
                        new Origin.DroppedFile("cases_{date}.csv", new Origin.Format("csv", Map.of()), Set.of()),
                        plain.extract()),
                new Feed.Rows(plain.columns(), plain.key(), Set.of(), plain.item(), "gone"),
                new FeedLimits(
                        new FeedLimits.Rows(1, 0.01, 1, 0.05),
                        new FeedLimits.Changes(0.05, 0.25, 0.1, 1, 20, 100),
                        new FeedLimits.ChangesIn28Days(0.1, 0.2, 1)));
    }

    private static Feed.Column dated(String name, String from) {
        Feed.Column dated = TestFeeds.dated(name, Feed.Type.DATE, "dd/MM/yyyy");
        return new Feed.Column(
                name,
                from,
                dated.type(),
                new Feed.TextFormat(dated.patterns(), null, List.of(), null, Feed.Unreadable.REFUSED, 0),
                false,
                dated.privacy(),
                dated.description());
    }
}

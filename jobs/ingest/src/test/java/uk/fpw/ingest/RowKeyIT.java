package uk.fpw.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import uk.fpw.warehouse.failure.ExitCode;
import uk.fpw.warehouse.failure.FpwException;
import uk.fpw.warehouse.force.feed.Feed;
import uk.fpw.warehouse.force.feed.FeedLimits;
import uk.fpw.warehouse.force.feed.text.TextTransform;
import uk.fpw.warehouse.store.ledger.ChangeHistory;
import uk.fpw.warehouse.store.ledger.ChangeLedger;

/** Files without a key, with blanks and repeated rows as in real ones. */
class RowKeyIT {

    private static final String COUNTS =
            "select business_date, received_count, loaded_count, unchanged_count, repeated_count, refused_count, "
                    + "deleted_count, held_count from ops.feed_load where status = 'loaded' order by "
                    + "business_date";

    @TempDir
    Path folder;

    private final Feed crimes = TestFeeds.feed(
            "crimes",
            List.of(),
            Feed.ROW,
            TestFeeds.transforming(
                    TestFeeds.column("kind", "KIND", Feed.Type.TEXT),
                    TextTransform.COLLAPSE_SPACES,
                    TextTransform.UPPER),
            TestFeeds.dated("seen_on", Feed.Type.DATE, "dd/MM/yyyy", "yyyy-MM-dd"),
            TestFeeds.column("size", "SIZE", Feed.Type.WHOLE));

    @Test
    void equalRowsAreAllLoadedAndOneFewerDeletesTheHighestPlace() {
        try (IngestTestWarehouse warehouse = new IngestTestWarehouse(folder, crimes)) {
            warehouse.drop(
                    "crimes_2024-05-01.csv",
                    "KIND,seen_on,SIZE,REMARKS",
                    "Theft,01/04/2024,1,x",
                    "theft\u00A0,2024-04-01,1,y", // looks the same to a reader
                    " Theft\u200B,01/04/2024,01,z",
                    "Anti-social\u00A0 behaviour,02/04/2024,,x",
                    ",,,x"); // does not belong to the feed
            assertThat(warehouse.load("crimes", "2024-05-01"))
                    .isEqualTo("received 5 = loaded 4 + unchanged 0 + refused 1; deleted 0, flagged 0");
            assertThat(warehouse.rows("current.crimes", "kind", "seen_on", "size"))
                    .containsExactly(
                            "ANTI-SOCIAL BEHAVIOUR | 2024-04-02 | null",
                            "THEFT | 2024-04-01 | 1",
                            "THEFT | 2024-04-01 | 1",
                            "THEFT | 2024-04-01 | 1");

            // One of the three is missing, one row has another value, blanks and order have changed.
            warehouse.drop(
                    "crimes_2024-05-02.csv",
                    "KIND,seen_on,SIZE,REMARKS",
                    "anti-social behaviour,02/04/2024,2,x",
                    "THEFT,01/04/2024,1,x",
                    "THEFT,01/04/2024,1,x");
            assertThat(warehouse.load("crimes", "2024-05-02"))
                    .isEqualTo("received 3 = loaded 1 + unchanged 2 + refused 0; deleted 2, flagged 0");
            assertThat(warehouse.rows("current.crimes", "kind", "size"))
                    .containsExactly("ANTI-SOCIAL BEHAVIOUR | 2", "THEFT | 1", "THEFT | 1");
            assertThat(warehouse.rows("raw.crimes", "_op", "_known_on", "kind", "_key").stream()
                            .map(row -> row.replaceAll("[a-z2-7]{26}", "hash"))
                            .sorted())
                    .containsExactly(
                            "delete | 2024-05-02 | null | hash|1",
                            "delete | 2024-05-02 | null | hash|3",
                            "upsert | 2024-05-01 | ANTI-SOCIAL BEHAVIOUR | hash|1",
                            "upsert | 2024-05-01 | THEFT | hash|1",
                            "upsert | 2024-05-01 | THEFT | hash|2",
                            "upsert | 2024-05-01 | THEFT | hash|3",
                            "upsert | 2024-05-02 | ANTI-SOCIAL BEHAVIOUR | hash|1");
            assertThat(warehouse.query("select before_count, changed_count from ops.feed_load order by business_date"))
                    .containsExactly("0 | 0", "4 | 1");

            // A row that cannot be read may be the missing one.
            warehouse.drop(
                    "crimes_2024-05-03.csv",
                    "KIND,seen_on,SIZE,REMARKS",
                    "anti-social behaviour,02/04/2024,2,x",
                    "THEFT,01/04/2024,1,x",
                    "THEFT,31/04/2024,1,x");
            warehouse.load("crimes", "2024-05-03");
            assertThat(warehouse.query(COUNTS))
                    .containsExactly(
                            "2024-05-01 | 5 | 4 | 0 | 0 | 1 | 0 | 0",
                            "2024-05-02 | 3 | 1 | 2 | 0 | 0 | 2 | 0",
                            "2024-05-03 | 3 | 0 | 2 | 0 | 1 | 0 | 1");
        }
    }

    /** As in a public register of complaints in which some rows name no case; none of these has ever been loaded. */
    @Test
    void rowWithoutAnItemKeepsNoRowThatIsMissing() {
        Feed complaints = TestFeeds.feed(
                "complaints",
                List.of(),
                "case_no",
                TestFeeds.column("case_no", "case_no", Feed.Type.TEXT),
                TestFeeds.dated("closed_on", Feed.Type.DATE, "yyyy-MM-dd"));
        try (IngestTestWarehouse warehouse = new IngestTestWarehouse(folder, complaints)) {
            warehouse.drop(
                    "complaints_2024-05-01.csv",
                    "case_no,closed_on,REMARKS",
                    "C1,,",
                    "C2,,",
                    ",2024-01-01,",
                    ",2024-01-02,");
            warehouse.load("complaints", "2024-05-01");
            // Both cases are closed, and two rows name no case, as before.
            warehouse.drop(
                    "complaints_2024-05-02.csv",
                    "case_no,closed_on,REMARKS",
                    "C1,2024-05-01,",
                    "C2,2024-05-01,",
                    ",2024-01-01,",
                    ",2024-01-02,");
            warehouse.load("complaints", "2024-05-02");
            // As far as can be known, one of them closes the missing case.
            warehouse.drop("complaints_2024-05-03.csv", "case_no,closed_on,REMARKS", "C1,2024-05-01,", ",2024-05-31");
            warehouse.load("complaints", "2024-05-03");

            assertThat(warehouse.query(COUNTS))
                    .containsExactly(
                            "2024-05-01 | 4 | 2 | 0 | 0 | 2 | 0 | 0",
                            "2024-05-02 | 4 | 2 | 0 | 0 | 2 | 2 | 0",
                            "2024-05-03 | 2 | 0 | 1 | 0 | 1 | 0 | 1");
            assertThat(warehouse.rows("current.complaints", "case_no", "closed_on"))
                    .containsExactly("C1 | 2024-05-01", "C2 | 2024-05-01");
            assertThat(warehouse.query("select line_number, code, message, length(row_key) as key_length from "
                            + "ops.refusal order by load_id, line_number"))
                    .contains("4 | MISSING | case_no is missing, but identifies the item | 28");
        }
    }

    @Test
    void columnThatIsEmptiedIsNamedAndOneThatIsFilledInIsNot() {
        FeedLimits limits = new FeedLimits(
                new FeedLimits.Rows(1, 0.01, 1, 0.05),
                new FeedLimits.Changes(0.05, 0.25, 0.1, 1, 20, 100),
                new FeedLimits.ChangesIn28Days(0.1, 0.2, 1));
        try (IngestTestWarehouse warehouse = new IngestTestWarehouse(folder, TestFeeds.with(crimes, limits))) {
            warehouse.drop("crimes_2024-05-01.csv", crimes(n -> n < 40 ? "1" : ""));
            warehouse.load("crimes", "2024-05-01");
            warehouse.drop("crimes_2024-05-02.csv", crimes(n -> n < 80 ? "1" : ""));
            warehouse.load("crimes", "2024-05-02");
            Path emptied = warehouse.drop("crimes_2024-05-03.csv", crimes(n -> ""));
            FpwException failure =
                    catchThrowableOfType(FpwException.class, () -> warehouse.load("crimes", "2024-05-03"));
            assertThat(failure)
                    .hasMessage(emptied
                            + ": column size lost 80 of 80 values (100.0 %), more than "
                            + "limits.max_emptied_share: 0.1 in feeds/crimes.yml; "
                            + "nothing was loaded; check whether the file is complete and correct. If "
                            + "it is, accept this once and run again: fpw accept "
                            + "crimes:emptied --date 2024-05-03 --reason \"WHY\"");
            assertThat(failure.exitCode()).isEqualTo(ExitCode.BAD_DATA);
            assertThat(warehouse.query("select before_count, changed_count, emptied from ops.feed_load where status = "
                            + "'loaded' order by business_date"))
                    .containsExactly("0 | 0 | ", "1000 | 40 | ");

            // 28 days after the first load, it no longer counts towards the sum but shows what is usual.
            ChangeHistory history = new ChangeLedger(warehouse.dataSource).history("crimes", LocalDate.of(2024, 5, 29));
            assertThat(history.earlier())
                    .extracting(ChangeHistory.Past::businessDate)
                    .containsExactly(LocalDate.of(2024, 5, 1));
            assertThat(history.loads())
                    .extracting(ChangeHistory.Past::businessDate)
                    .containsExactly(LocalDate.of(2024, 5, 2));
        }
    }

    /** A thousand rows, with a size depending on the number. */
    private static String[] crimes(IntFunction<String> size) {
        return Stream.concat(
                        Stream.of("KIND,seen_on,SIZE,REMARKS"),
                        IntStream.range(0, 1000).mapToObj(n -> "theft " + n + ",01/04/2024," + size.apply(n) + ",x"))
                .toArray(String[]::new);
    }

    @Test
    void keyThatIsAnotherThanThatOfTheLastLoadIsNamed() {
        try (IngestTestWarehouse warehouse = new IngestTestWarehouse(folder, TestFeeds.devices())) {
            warehouse.drop(
                    "devices_2024-05-01.csv", "DEVICE,SUBMITTED,KIND,SIZE,REMARKS", "A,01/05/2024 10:00,phone,2,x");
            warehouse.load("devices", "2024-05-01");
        }
        Feed devices = TestFeeds.devices();
        Feed other = TestFeeds.feed(
                "devices",
                List.of("device_id", "kind"),
                "device_id",
                devices.columns().toArray(Feed.Column[]::new));
        try (IngestTestWarehouse warehouse = new IngestTestWarehouse(folder, other)) {
            FpwException failure =
                    catchThrowableOfType(FpwException.class, () -> warehouse.load("devices", "2024-05-01"));
            assertThat(failure)
                    .hasMessage("feeds/devices.yml: key is [device_id, kind], but was [device_id] when the "
                            + "feed was last loaded (2024-05-01): rows are identified by their "
                            + "key, so every row would look new and every existing one deleted; "
                            + "restore the key, or rename the feed to start from scratch");
            assertThat(failure.exitCode()).isEqualTo(ExitCode.CONFIGURATION);
        }
    }

    @Test
    void fileWithAHeaderAloneIsNamed() {
        try (IngestTestWarehouse warehouse =
                new IngestTestWarehouse(folder, TestFeeds.with(crimes, FeedLimits.atLeast(1)))) {
            warehouse.drop("crimes_2024-05-01.csv", "KIND,seen_on,SIZE,REMARKS");
            FpwException failure =
                    catchThrowableOfType(FpwException.class, () -> warehouse.load("crimes", "2024-05-01"));
            assertThat(failure.getMessage())
                    .endsWith("crimes_2024-05-01.csv: the file has a header but no rows, fewer than "
                            + "limits.min_rows: 1 in feeds/crimes.yml; nothing was loaded; check "
                            + "whether the extract is complete, or lower the limit");
        }
    }
}

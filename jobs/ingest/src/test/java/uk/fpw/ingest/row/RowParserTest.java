package uk.fpw.ingest.row;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import uk.fpw.ingest.TestFeeds;
import uk.fpw.ingest.source.SourceRow;
import uk.fpw.layout.KeyFormat;
import uk.fpw.warehouse.force.feed.Feed;
import uk.fpw.warehouse.privacy.Pseudonymiser;
import uk.fpw.warehouse.store.load.key.IndexMemory;
import uk.fpw.warehouse.store.load.row.RowVersion;

/** Keys of rows without a key, and keys with parts that may be empty. */
@Tag("time-zone")
class RowParserTest {

    private static final Pseudonymiser PSEUDONYMS = pseudonymiser("00");

    private final Feed byRow = TestFeeds.feed(
            "crimes",
            List.of(),
            Feed.ROW,
            TestFeeds.column("kind", "KIND", Feed.Type.TEXT),
            TestFeeds.column("place", "PLACE", Feed.Type.TEXT),
            TestFeeds.column("size", "SIZE", Feed.Type.WHOLE));

    private long line = 1;

    @Test
    void equalRowsHaveOneHashAndTheirPlaceAmongThem() {
        List<String> keys = keys(
                byRow,
                PSEUDONYMS,
                row("theft", "High Street", "1"),
                row("theft", "High Street", "01"),
                row("fraud", null, null),
                row("theft", "High Street", "1"));
        String theft = keys.get(0).substring(0, 26);
        String fraud = keys.get(2).substring(0, 26);
        assertThat(keys).containsExactly(theft + "|1", theft + "|2", fraud + "|1", theft + "|3"); // 01 and 1 are equal
        assertThat(theft).matches("[a-z2-7]{26}").isNotEqualTo(fraud);
    }

    @Test
    void hashOfARowHasSixteenBytesInEitherFormat() {
        String hex = keys(byRow, pseudonymiser("00", KeyFormat.HEX), row("theft", "High Street", "1"))
                .get(0);
        assertThat(hex).matches("[0-9a-f]{32}\\|1");
        assertThat(keys(byRow, PSEUDONYMS, row("theft", "High Street", "1")))
                .containsExactly(KeyFormat.BASE32.key(HexFormat.of().parseHex(hex.substring(0, 32))) + "|1");
    }

    @Test
    void keyOfARowDependsOnTheSecretAndNotOnTheOrderOfColumns() {
        Feed other = TestFeeds.feed(
                "crimes",
                List.of(),
                Feed.ROW,
                byRow.columns().get(2),
                byRow.columns().get(0),
                byRow.columns().get(1),
                TestFeeds.column("added", "ADDED", Feed.Type.TEXT));
        String key = keys(byRow, PSEUDONYMS, row("theft", "High Street", "1")).get(0);
        assertThat(keys(other, PSEUDONYMS, row("1", "theft", "High Street", null)))
                .containsExactly(key);
        assertThat(keys(byRow, pseudonymiser("ff"), row("theft", "High Street", "1")))
                .doesNotContain(key);
        assertThat(keys(byRow, PSEUDONYMS, row("theft", "High Street", null))).doesNotContain(key);
        assertThat(keys(byRow, PSEUDONYMS, row("High Street", "theft", "1"))).doesNotContain(key);
    }

    @Test
    void rowIsItsOwnItemOrOfTheItemOfAColumn() {
        assertThat(read(byRow, row("theft", "High Street", "1")).item())
                .isEqualTo(read(byRow, row("theft", "High Street", "1")).key());
        Feed ofPlaces =
                TestFeeds.feed("crimes", List.of(), "place", byRow.columns().toArray(Feed.Column[]::new));
        assertThat(read(ofPlaces, row("theft", "High Street", "1")).item()).isEqualTo("High Street");
        // Its content belongs to no row with an item; with an unreadable value it might be that of any row.
        assertThat(refusal(ofPlaces, row("theft", null, "1")))
                .matches("MISSING [a-z2-7]{26}\\|1: place is missing, but identifies the item");
        assertThat(refusal(ofPlaces, row("theft", null, "many"))).startsWith("UNPARSABLE null: ");
    }

    @Test
    void rowWithoutAnyValueIsNoneOfTheFeeds() {
        assertThat(refusal(byRow, row(null, "", null)))
                .isEqualTo(
                        "KEY_EMPTY null: the row has no value in any loaded column: it does not belong to this feed");
    }

    @Test
    void rowThatCannotBeReadHasNoKey() {
        assertThat(refusal(byRow, row("theft", null, "many")))
                .isEqualTo("UNPARSABLE null: size is not a whole number (digits only, with an optional sign)");
    }

    @Test
    void partThatMayBeEmptyIsAValueOfItsOwn() {
        Feed cases = TestFeeds.mayBeEmpty(
                TestFeeds.feed(
                        "cases",
                        List.of("number", "suffix"),
                        "number",
                        TestFeeds.column("number", "NUMBER", Feed.Type.TEXT),
                        TestFeeds.column("suffix", "SUFFIX", Feed.Type.TEXT)),
                "suffix");
        assertThat(read(cases, row("C-1", null)).key()).isEqualTo("C-1|");
        assertThat(read(cases, row("C-1", "")).values()).isEqualTo(Arrays.asList("C-1", null));
        assertThat(read(cases, row("C-1", "A")).key()).isEqualTo("C-1|A");
        assertThat(refusal(cases, row(null, "A")))
                .isEqualTo("KEY_EMPTY null: number is empty, but is part of the key: the row does not belong to this "
                        + "feed");
    }

    private SourceRow row(@Nullable String... texts) {
        return new SourceRow(line++, texts.length, Arrays.asList((@Nullable Object[]) texts), 0, false);
    }

    private List<String> keys(Feed feed, Pseudonymiser pseudonymiser, SourceRow... rows) {
        RowParser parser = parser(feed, pseudonymiser);
        RowKeys rowKeys = new RowKeys(new IndexMemory(feed.name(), IndexMemory.Limit.ofThisProcess()), rows.length);
        List<String> keys = new ArrayList<>();
        for (SourceRow row : rows) {
            RowVersion version = parser.read(row, parser.key(row)).version();
            keys.add(version == null ? "refused" : rowKeys.next(version.key()));
        }
        return keys;
    }

    private static RowVersion read(Feed feed, SourceRow row) {
        RowParser parser = parser(feed, PSEUDONYMS);
        RowVersion version = parser.read(row, parser.key(row)).version();
        if (version == null) {
            throw new AssertionError("refused: " + row);
        }
        return version;
    }

    private static String refusal(Feed feed, SourceRow row) {
        RowParser parser = parser(feed, PSEUDONYMS);
        var refused = parser.read(row, parser.key(row)).refused();
        return refused == null ? "taken" : refused.code() + " " + refused.key() + ": " + refused.message();
    }

    private static RowParser parser(Feed feed, Pseudonymiser pseudonymiser) {
        return new RowParser(feed, pseudonymiser, feed.columns().size());
    }

    private static Pseudonymiser pseudonymiser(String octet) {
        return pseudonymiser(octet, KeyFormat.BASE32);
    }

    private static Pseudonymiser pseudonymiser(String octet, KeyFormat format) {
        return Pseudonymiser.fromEnvironment(Map.of(Pseudonymiser.KEY_VARIABLE, octet.repeat(32)), format);
    }
}

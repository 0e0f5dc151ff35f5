package uk.fpw.warehouse.store.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.iceberg.Schema;
import org.apache.iceberg.data.GenericRecord;
import org.apache.iceberg.data.Record;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import uk.fpw.layout.KeyFormat;
import uk.fpw.warehouse.force.feed.Feed;
import uk.fpw.warehouse.privacy.Pseudonymiser;
import uk.fpw.warehouse.store.load.key.IndexMemory;
import uk.fpw.warehouse.store.load.key.KeyBucket;
import uk.fpw.warehouse.store.load.key.KeyMapping;
import uk.fpw.warehouse.store.load.key.KeyText;
import uk.fpw.warehouse.store.load.key.LegacyRowHash;
import uk.fpw.warehouse.store.load.key.RowHash;
import uk.fpw.warehouse.store.load.row.FeedTables;
import uk.fpw.warehouse.store.load.row.RowVersion;

class VersionKeysTest {

    private static final Map<String, String> ENVIRONMENT = Map.of("FPW_PSEUDONYM_KEY", "0b".repeat(32));
    private static final Pseudonymiser HEX = Pseudonymiser.fromEnvironment(ENVIRONMENT, KeyFormat.HEX);
    private static final Pseudonymiser BASE32 = Pseudonymiser.fromEnvironment(ENVIRONMENT, KeyFormat.BASE32);
    private static final Instant SEEN_AT = Instant.parse("2025-03-01T10:00:00.123456Z");
    private static final BigDecimal VALUE = new BigDecimal("1.500000000");

    private final KeyMapping keys = new KeyMapping(new IndexMemory("keys", IndexMemory.Limit.ofThisProcess()));

    @Test
    void versionIsTheOneThatALoadWithTheNewKeysWouldStore() {
        Feed feed = feed("exhibit");
        VersionKeys rows = rows(feed);
        Record row = row(feed, HEX, "seen_at:ambiguous,worth:unreadable");
        addAll(rows, row);

        assertThat(rows.change(row)).isTrue();
        assertThat(row).isEqualTo(row(feed, BASE32, "seen_at:ambiguous,worth:unreadable"));
        assertThat(rows.change(row)).as("once more").isFalse();
    }

    @Test
    void keyOfARowFollowsFromItsNewValues() {
        Feed feed = feed();
        VersionKeys rows = rows(feed);
        Record row = row(feed, HEX, null);
        addAll(rows, row);
        rows.addRowKey(row, HEX, null);

        assertThat(rows.change(row)).isTrue();
        assertThat(row).isEqualTo(row(feed, BASE32, null));
    }

    @Test
    void rowThatIsGoneHasTheKeyOfItsVersions() {
        Feed feed = feed("exhibit");
        VersionKeys rows = rows(feed);
        addAll(rows, row(feed, HEX, null));
        Record deletion = GenericRecord.create(FeedTables.schema(feed));
        deletion.setField(FeedTables.KEY, HEX.apply("DFU/1"));
        deletion.setField(FeedTables.ITEM, HEX.apply("DFU/1"));

        assertThat(rows.change(deletion)).isTrue();
        assertThat(deletion.getField(FeedTables.KEY)).isEqualTo(BASE32.apply("DFU/1"));
        assertThat(deletion.getField(FeedTables.ROW_HASH)).isNull();
    }

    @Test
    void hashThatIsNotExplainedIsNotReplaced() {
        Feed feed = feed("exhibit");
        VersionKeys rows = rows(feed);
        Record row = row(feed, HEX, null);
        addAll(rows, row);
        row.setField("worth", new BigDecimal("1.600000000"));
        assertThatThrownBy(() -> rows.change(row))
                .hasMessage("raw.devices: the hash of a row of load L1 (line 7) does not match its values, so its "
                        + "replacement is unknown. Nothing was changed; use the pseudonym key with which it "
                        + "was loaded, or report it");
    }

    @Test
    void columnThatTheFeedHasNoLongerIsAPseudonymIfEachOfItsValuesIs() {
        Feed feed = feed("exhibit");
        Feed shorter = LoadTesting.feed(List.of("exhibit"), feed.columns().get(0));
        VersionKeys rows = new VersionKeys("raw.devices", FeedTables.schema(feed), List.of(), shorter, keys);
        Record row = row(feed, HEX, null);
        assertThat(rows.hasUndeclared()).isTrue();
        rows.classify(row, KeyFormat.HEX);
        rows.classified();
        List<String> found = new ArrayList<>();
        rows.pseudonyms(row, found::add);
        assertThat(found).containsExactlyInAnyOrder(HEX.apply("DFU/1"), HEX.apply("C-1"));
    }

    @Test
    void recordOfALoadHasTheNewFingerprintAndTheHeldKeys() {
        Feed feed = feed("exhibit");
        LocalDate since = LocalDate.of(2025, 3, 1);
        String held = HeldKeys.of(Map.of(HEX.apply("DFU/1"), since)).text();
        Map<String, String> summary = Map.of(
                "fpw.load-id", "L1",
                "fpw.key-fingerprint", "4cb2c3cc7cbc6fca",
                "fpw.withdrawn.key-fingerprint", "4cb2c3cc7cbc6fca",
                "fpw.held-keys", String.valueOf(held),
                "fpw.bucket-digests", "of the old keys");
        VersionKeys rows = new VersionKeys("raw.devices", FeedTables.schema(feed), List.of(summary), feed, keys);
        Record row = row(feed, HEX, null);
        addAll(rows, row);
        rows.change(row);

        assertThat(rows.summary(summary, old -> Pseudonymiser.fingerprint(old, KeyFormat.BASE32)))
                .containsExactlyInAnyOrderEntriesOf(Map.of(
                        "fpw.load-id",
                        "L1",
                        "fpw.key-fingerprint",
                        "4cb2c3cc7cbc6fca-base32",
                        "fpw.withdrawn.key-fingerprint",
                        "4cb2c3cc7cbc6fca-base32",
                        "fpw.held-keys",
                        String.valueOf(HeldKeys.of(Map.of(BASE32.apply("DFU/1"), since))
                                .text())));
    }

    private VersionKeys rows(Feed feed) {
        return new VersionKeys("raw.devices", FeedTables.schema(feed), List.of(), feed, keys);
    }

    private void addAll(VersionKeys rows, Record row) {
        rows.pseudonyms(row, pseudonym -> keys.put(pseudonym, KeyMapping.hash(pseudonym)));
    }

    private static Feed feed(String... key) {
        return LoadTesting.feed(
                List.of(key),
                column("exhibit", Feed.Type.TEXT, Feed.Privacy.PSEUDONYMISE),
                column("case_number", Feed.Type.TEXT, Feed.Privacy.PSEUDONYMISE),
                column("kind", Feed.Type.TEXT, Feed.Privacy.NOT_PERSONAL),
                column("worth", Feed.Type.DECIMAL, Feed.Privacy.NOT_PERSONAL),
                column("seen_at", Feed.Type.INSTANT, Feed.Privacy.NOT_PERSONAL));
    }

    private static Feed.Column column(String name, Feed.Type type, Feed.Privacy privacy) {
        return new Feed.Column(name, name, type, Feed.TextFormat.PLAIN, false, privacy, "");
    }

    /** The row as stored by a load. */
    private static Record row(Feed feed, Pseudonymiser pseudonyms, @Nullable String flags) {
        List<@Nullable Object> values =
                Arrays.asList(pseudonyms.apply("DFU/1"), pseudonyms.apply("C-1"), "phone", VALUE, SEEN_AT);
        String unreadable = RowVersion.unreadable(flags);
        String item = pseudonyms.apply("DFU/1");
        String key = feed.isKeyedByRow()
                ? KeyText.of(
                        List.of(LegacyRowHash.rowKey(pseudonyms, new LegacyRowHash(feed).of(values, unreadable)), 1L))
                : item;
        Schema schema = FeedTables.schema(feed);
        Record row = GenericRecord.create(schema);
        for (int index = 0; index < values.size(); index++) {
            Object value = values.get(index);
            row.set(index, value instanceof Instant at ? at.atOffset(ZoneOffset.UTC) : value);
        }
        row.setField(FeedTables.KEY, key);
        row.setField(FeedTables.ITEM, item);
        row.setField(FeedTables.ROW_HASH, new RowHash(feed).of(values, item + unreadable));
        row.setField(FeedTables.OP, RowVersion.UPSERT);
        row.setField(FeedTables.SEQ, 1L);
        row.setField(FeedTables.LOAD_ID, "L1");
        row.setField(FeedTables.LINE, 7L);
        row.setField(FeedTables.FLAGS, flags);
        row.setField(FeedTables.BUCKET, KeyBucket.of(feed, key));
        return row;
    }
}

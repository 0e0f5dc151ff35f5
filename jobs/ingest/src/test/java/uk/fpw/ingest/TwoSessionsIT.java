package uk.fpw.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import uk.fpw.ingest.database.DatabaseSource;
import uk.fpw.warehouse.force.feed.Feed;
import uk.fpw.warehouse.force.feed.Origin;
import uk.fpw.warehouse.store.load.LoadCounts;
import uk.fpw.warehouse.testing.FeedBranch;
import uk.fpw.warehouse.testing.SchemaDefaults;

/**
 * Nights of a large PostgreSQL table that is read by two sessions: whatever is in which half, counts and results equal
 * those of a single session. The rows are in the order in which the test writes them, and the second half starts at
 * about the 1,500th of 3,000.
 */
@Tag("thorough")
class TwoSessionsIT extends LargeTableTesting {

    private final List<IngestTestWarehouse> warehouses = new ArrayList<>();

    @AfterEach
    void close() {
        warehouses.forEach(IngestTestWarehouse::close);
    }

    @Test
    void laterNightsOfAFullExtract() throws SQLException {
        run("alter table dfu.submission add column is_deleted boolean not null default false");
        Feed feed = feed(
                new Origin.DatabaseRows(TABLE, null, null),
                Feed.Extract.FULL,
                List.of("exhibit_ref"),
                "is_deleted",
                TestFeeds.column("exhibit_ref", "exhibit_ref", Feed.Type.TEXT),
                TestFeeds.column("status", "status", Feed.Type.TEXT),
                TestFeeds.column("changed_at", "changed_at", Feed.Type.INSTANT),
                TestFeeds.column("is_deleted", "is_deleted", Feed.Type.BOOLEAN));
        open(feed);
        write("'X' || x", "'new'", "x", 1, 3000, "true");
        assertThat(load(feed, "2016-01-01"))
                .isEqualTo("received 3000 = loaded 3000 + unchanged 0 + repeated 0 + refused 0; deleted 0");

        write(
                "case when x <> 2992 then 'X' || x end",
                "case when x % 100 = 0 then 'changed' else 'new' end",
                "x",
                1,
                3020,
                "x % 150 <> 1");
        run(
                "update dfu.submission set changed_at = 'infinity' where exhibit_ref = 'X2990'",
                "update dfu.submission set is_deleted = true where exhibit_ref = 'X2991'",
                "insert into dfu.submission select * from dfu.submission where exhibit_ref in ('X2', 'X2002')",
                "insert into dfu.submission select exhibit_ref, 'other', change_seq, changed_at, notes from "
                        + "dfu.submission where exhibit_ref in ('X3', 'X2003')");
        assertThat(halves("X1400", "X1600", "X2", "X3", "X2990", "X2991"))
                .containsExactly(
                        "X1400 first",
                        "X1600 second",
                        "X2 first",
                        "X2 second",
                        "X2990 second",
                        "X2991 second",
                        "X3 first",
                        "X3 second");
        // 30 changed; 20 new, without one that is marked as deleted; X3 and X2003 twice; X2990, the row without a key.
        String loaded = load(feed, "2016-01-02");
        assertThat(loaded).isEqualTo("received 3003 = loaded 50 + unchanged 2945 + repeated 2 + refused 6; deleted 22");
        assertThat(query("select line_number, row_key, code from ops.refusal order by line_number"))
                .hasSize(6);
        assertThat(load(feed, "2016-01-03"))
                .isEqualTo("received 3003 = loaded 0 + unchanged 2995 + repeated 2 + refused 6; deleted 0");
    }

    /** @param highestFirst whether the rows with the highest values of the cursor are in the first half */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void reconcilingNightOfAFeedOfChanges(boolean highestFirst) throws SQLException {
        Feed feed = feed(
                new Origin.DatabaseRows(TABLE, null, SchemaDefaults.cursor("change_seq", 100), new Origin.Reconcile(7)),
                Feed.Extract.CHANGES,
                List.of("exhibit_ref"),
                null,
                TestFeeds.column("exhibit_ref", "exhibit_ref", Feed.Type.TEXT),
                TestFeeds.column("status", "status", Feed.Type.TEXT),
                TestFeeds.column("change_seq", "change_seq", Feed.Type.WHOLE));
        open(feed);
        String seq = highestFirst ? "3001 - x" : "x";
        int first = highestFirst ? 0 : 1;
        int last = first + 3000;
        String key = "'X' || " + seq;
        write(key, "'new'", seq, 1, 3000, "true");
        assertThat(load(feed, "2016-01-01"))
                .isEqualTo("received 3000 = loaded 3000 + unchanged 0 + repeated 0 + refused 0; deleted 0");
        write(key, "'new'", seq, first, last, "true");
        assertThat(load(feed, "2016-01-02"))
                .isEqualTo("received 102 = loaded 1 + unchanged 101 + repeated 0 + refused 0; deleted 0");
        assertThat(halves("X3001", "X10", "X2000"))
                .containsExactly(
                        highestFirst ? "X10 second" : "X10 first",
                        highestFirst ? "X2000 first" : "X2000 second",
                        highestFirst ? "X3001 first" : "X3001 second");

        // X30 and X2030 have another key, X20 and X2020 are missing.
        write(
                "case when " + seq + " in (30, 2030) then 'M' else 'X' end || " + seq,
                "case when " + seq + " in (10, 2000, 2950) then 'changed' else 'new' end",
                seq,
                first,
                last,
                seq + " not in (20, 2020)");
        assertThat(load(feed, "2016-01-08"))
                .isEqualTo("received 2999 = loaded 5 + unchanged 2994 + repeated 0 + refused 0; deleted 4");
        assertThat(warehouses.get(1).summary("raw.submissions", "fpw.reconciled-added")
                        + warehouses.get(1).summary("raw.submissions", "fpw.reconciled-changed")
                        + warehouses.get(1).summary("raw.submissions", "fpw.reconciled-deleted"))
                .isEqualTo("224");
        assertThat(query("select message from ops.feed_load where business_date = date '2016-01-08'"))
                .containsExactly(
                        "the table was compared in full; changes missed by the cursor: 2 rows added, 2 changed, 4 "
                                + "deleted");

        // The 201 highest rows have another key; X20, X30, X2020 and X2030 are back, X10 and X2000 unchanged.
        write("case when " + seq + " > 2800 then 'R' else 'X' end || " + seq, "'new'", seq, first, last, "true");
        assertThat(load(feed, "2016-01-15"))
                .isEqualTo("received 3001 = loaded 207 + unchanged 2794 + repeated 0 + refused 0; deleted 203");
    }

    @Test
    void equalRowsInBothHalvesWithoutAKeyOfTheirOwn() throws SQLException {
        Feed feed = feed(
                new Origin.DatabaseRows(TABLE, null, null),
                Feed.Extract.FULL,
                List.of(),
                null,
                TestFeeds.column("exhibit_ref", "exhibit_ref", Feed.Type.TEXT),
                TestFeeds.column("status", "status", Feed.Type.TEXT));
        open(feed);
        write("'X' || x % 1000", "'new'", "x", 1, 3000, "true");
        assertThat(halves("X1")).containsExactly("X1 first", "X1 first", "X1 second");
        assertThat(load(feed, "2016-01-01"))
                .isEqualTo("received 3000 = loaded 3000 + unchanged 0 + repeated 0 + refused 0; deleted 0");
        write(
                "'X' || x % 1000",
                "case when x = 1700 then 'other' else 'new' end", "x", 1, 3000, "x not in (1, 2500, 300, 1300, 2300)");
        assertThat(load(feed, "2016-01-02"))
                .isEqualTo("received 2995 = loaded 1 + unchanged 2994 + repeated 0 + refused 0; deleted 6");
        assertThat(load(feed, "2016-01-03"))
                .isEqualTo("received 2995 = loaded 0 + unchanged 2995 + repeated 0 + refused 0; deleted 0");
    }

    private void open(Feed feed) {
        try (DatabaseSource source = source(feed, 2)) {
            assertThat(source.openRanges()).hasSize(2);
        }
        warehouses.add(warehouse(feed, 1));
        warehouses.add(warehouse(feed, 2));
    }

    /** Rewrites the table, each row by its number x. */
    private void write(String key, String status, String changeSeq, int first, int last, String where)
            throws SQLException {
        run(
                "truncate dfu.submission",
                ("insert into dfu.submission select %s, %s, %s, '2016-01-01T00:00Z'::timestamptz + x * interval '1 "
                                + "second', repeat('n', 500)"
                                + " from generate_series(%d, %d) x where %s order by x")
                        .formatted(key, status, changeSeq, first, last, where));
    }

    /** The half of the table that contains each row with one of these keys. */
    private List<String> halves(String... keys) throws SQLException {
        return sorted(system.query(
                "select exhibit_ref || case when ctid < ('(' || pg_relation_size('dfu.submission') / 8192 / 2 || "
                        + "',0)')::tid then ' first' else ' second' end from dfu.submission where "
                        + "exhibit_ref in ('"
                        + String.join("', '", keys) + "')"));
    }

    private static List<String> sorted(List<String> found) {
        return found.stream().sorted().toList();
    }

    /** The result in both warehouses. */
    private List<String> query(String sql) {
        List<String> one = warehouses.get(0).query(sql);
        assertThat(warehouses.get(1).query(sql)).isEqualTo(one);
        return one;
    }

    /** Loads the table into one warehouse with one session and into another with two. Returns both results. */
    private String load(Feed feed, String date) {
        LoadCounts counts = load(warehouses.get(0), feed, 1, date);
        assertThat(load(warehouses.get(1), feed, 2, date)).isEqualTo(counts);
        String[] columns = {"_key", "_item", "_op", "_seq", "_known_on", "_row_hash", "_line", "status"};
        for (String table : List.of("raw.submissions", "current.submissions")) {
            assertThat(rows(1, table, columns).equals(rows(0, table, columns)))
                    .as(table + " on " + date + " is the same")
                    .isTrue();
            assertThat(remembered(warehouses.get(1), table)).as(date).isEqualTo(remembered(warehouses.get(0), table));
        }
        query("select line_number, row_key, field, code, message, value_shown from ops.refusal order by "
                + "line_number, message");
        query("select business_date, status, received_count, loaded_count, unchanged_count, repeated_count, "
                + "refused_count, deleted_count, held_count, empty_key_count, before_count, "
                + "changed_count, watermark, above_gap_count, message from ops.feed_load order by "
                + "business_date");
        return "received %d = loaded %d + unchanged %d + repeated %d + refused %d; deleted %d"
                .formatted(
                        counts.received(),
                        counts.loaded(),
                        counts.unchanged(),
                        counts.repeated(),
                        counts.refused(),
                        counts.deleted());
    }

    /** Rows without the numbers of deletions, whose order between different keys is arbitrary. */
    private List<String> rows(int warehouse, String table, String... columns) {
        return warehouses.get(warehouse).rows(table, columns).stream()
                .map(row -> row.replaceFirst("[|] delete [|] [0-9]+ ", "| delete "))
                .sorted()
                .toList();
    }

    /**
     * Properties stored in the branch by its last load, such as watermark and digests, without those that always
     * differ.
     */
    private static Map<String, String> remembered(IngestTestWarehouse warehouse, String table) {
        Map<String, String> remembered = new TreeMap<>(Objects.requireNonNull(FeedBranch.head(warehouse.catalog, table))
                .summary());
        remembered.keySet().removeIf(name -> !name.startsWith("fpw.") || name.endsWith("load-id"));
        assertThat(remembered).isNotEmpty();
        return remembered;
    }
}

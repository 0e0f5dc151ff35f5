package uk.fpw.warehouse.store.load;

import static uk.fpw.warehouse.store.load.LoadTesting.add;
import static uk.fpw.warehouse.store.load.LoadTesting.feed;
import static uk.fpw.warehouse.store.load.LoadTesting.row;

import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import uk.fpw.layout.RunId;
import uk.fpw.warehouse.force.feed.Feed;
import uk.fpw.warehouse.store.catalog.WarehouseCatalog;
import uk.fpw.warehouse.store.ledger.feed.LoadLedger;
import uk.fpw.warehouse.store.load.row.LoadMetadata;
import uk.fpw.warehouse.store.load.row.RowVersion;
import uk.fpw.warehouse.store.lock.LockGuard;
import uk.fpw.warehouse.store.maintenance.TableMaintenance;
import uk.fpw.warehouse.store.recovery.LoadWithdrawals;
import uk.fpw.warehouse.testing.FeedBranch;
import uk.fpw.warehouse.testing.Replacing;
import uk.fpw.warehouse.testing.TestDatabase;

/** A feed whose loads are withdrawn, in a separate warehouse; loaded as by nightly runs. */
abstract class WithdrawalTesting {

    static final LockGuard HELD = () -> {};
    static final Clock CLOCK = Clock.fixed(Instant.parse("2024-06-01T01:00:00Z"), ZoneOffset.UTC);
    static final RunId RUN = RunId.of("2024-05-01-20240502T040000-0a1b");
    static final LocalDate MAY_1 = LocalDate.of(2024, 5, 1);
    static final String WITHDRAWN =
            "select load_id, status, withdrawn_reason, withdrawn_by, withdrawn_at = timestamp with time zone "
                    + "'2024-06-01 01:00:00+00' from ops.feed_load where withdrawn_at is not null order by "
                    + "load_id";

    @TempDir
    Path folder;

    final Feed feed = feed();
    TestDatabase database;
    WarehouseCatalog catalog;
    LoadLedger ledger;
    RawTable raw;

    @BeforeEach
    void open() throws SQLException {
        database = TestDatabase.embedded(folder);
        database.baseline("V0047__count_superseded_rows", "V0057__create_tombstone");
        catalog = WarehouseCatalog.open(database.url(), database.user(), database.password(), folder);
        ledger = new LoadLedger(database.dataSource(), CLOCK);
        raw = RawTable.open(catalog, feed, HELD);
    }

    @AfterEach
    void close() {
        catalog.close();
    }

    LoadWithdrawals.Outcome withdraw(String loadId) {
        return new LoadWithdrawals(catalog, database.dataSource(), HELD, CLOCK)
                .withdraw(loadId, "clock was ahead", "fpw");
    }

    /** Loads as a nightly run does: raw and current, then ops. Without versions nothing has changed. */
    void load(String loadId, LocalDate date, RowVersion... versions) {
        ledger.begin(loadId, RUN, "devices", date, date, "devices.csv");
        LoadCounts counts = counts(versions);
        Load load = versions.length == 0 ? null : append(loadId, date, versions);
        ledger.loaded(
                loadId,
                "d".repeat(64),
                counts,
                load == null ? null : load.commit().snapshotId(),
                mark(loadId),
                null);
    }

    Load append(String loadId, LocalDate date, RowVersion... versions) {
        LoadMetadata metadata =
                new LoadMetadata(loadId, date, date, CLOCK.instant(), "devices.csv", "d".repeat(64), null, null);
        try (RawAppend append = raw.append(metadata)) {
            add(append, versions);
            return Replacing.commit(append, counts(versions), mark(loadId));
        }
    }

    static LoadCounts counts(RowVersion... versions) {
        long deleted = Stream.of(versions).filter(RowVersion::isDeleted).count();
        return new LoadCounts(versions.length - deleted, versions.length - deleted, 0, 0, deleted, 0);
    }

    static Watermark mark(String loadId) {
        return new Watermark("n", loadId, List.of(), false);
    }

    @Nullable
    String watermark() {
        Load last = raw.lastLoad();
        Watermark watermark = last == null ? null : last.tracking().watermark();
        return watermark == null ? null : watermark.value();
    }

    /** Expires records as nights some weeks later do. */
    void expire() {
        TableMaintenance maintenance = new TableMaintenance(catalog, HELD);
        maintenance.expireRaw("devices", load -> true, Instant.now().plusSeconds(60));
        maintenance.expireCurrent("devices", Instant.now().plusSeconds(60));
    }

    List<String> state() throws SQLException {
        List<String> state = new ArrayList<>();
        rows("current.devices").forEach(row -> state.add("current " + row));
        rows("raw.devices").forEach(row -> state.add("raw " + row));
        state.add("withdrawals "
                + raw.withdrawals().stream().map(one -> one.load().loadId()).toList());
        state.add("watermark " + watermark());
        state.addAll(
                database.query("select load_id, status, business_date, withdrawn_reason from ops.feed_load order by "
                        + "business_date, load_id"));
        return state;
    }

    List<String> rows(String table) {
        return FeedBranch.rows(catalog, table).stream()
                .map(row -> row.getField("_key") + " " + row.getField("n") + " " + row.getField("_load_id") + " "
                        + row.getField("_seq"))
                .sorted()
                .toList();
    }
}

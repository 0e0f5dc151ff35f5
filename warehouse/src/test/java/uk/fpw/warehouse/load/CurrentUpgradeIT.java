package uk.fpw.warehouse.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static uk.fpw.warehouse.load.LoadTesting.row;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.apache.iceberg.HasTableOperations;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.Schema;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.Table;
import org.apache.iceberg.catalog.TableIdentifier;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import uk.fpw.warehouse.ledger.LoadLedger;
import uk.fpw.warehouse.lock.LockGuard;
import uk.fpw.warehouse.maintenance.TableMaintenance;
import uk.fpw.warehouse.recovery.LoadRecovery;
import uk.fpw.warehouse.recovery.LoadWithdrawals;
import uk.fpw.warehouse.testing.FeedBranch;

/**
 * The upgrade of a warehouse whose current rows are in a table of their own, as the version before branches left it:
 * {@code raw} by month in Iceberg's format 2.
 */
@Tag("thorough")
class CurrentUpgradeIT extends CurrentUpgradeTesting {

    @Test
    void tableIsUpgradedInPlaceAndNoRowIsWritten() throws Exception {
        List<String> raw = rows("raw.devices");
        Snapshot head = FeedBranch.head(catalog, "raw.devices");

        RawTable upgraded = RawTable.open(catalog, feed, HELD);

        assertThat(rows("current.devices")).isEqualTo(CURRENT);
        assertThat(rows("raw.devices")).isEqualTo(raw).hasSize(14);
        assertThat(FeedBranch.head(catalog, "raw.devices")).isEqualTo(head);
        Table table = catalog.load("raw.devices");
        assertThat(((HasTableOperations) table).operations().current().formatVersion())
                .isEqualTo(3);
        assertThat(table.spec().isUnpartitioned()).isTrue();
        assertThat(table.properties()).containsAllEntriesOf(FeedTables.PROPERTIES);
        assertThat(upgraded.loads()).extracting(Load::loadId).containsExactly("load-1", "load-2", "load-4", "load-5");
        assertThat(FeedBranch.snapshots(catalog, "current.devices"))
                .extracting(snapshot -> snapshot.summary().get("fpw.applied-load-id"))
                .containsExactly("load-5");
        RawTable.open(catalog, feed, HELD);
        assertThat(FeedBranch.snapshots(catalog, "current.devices")).hasSize(1);
    }

    @Test
    void nightsGoOnFromThere() throws Exception {
        RawTable raw = RawTable.open(catalog, feed, HELD);
        load(raw, 6, row("A", 6), row("B", 6), RowVersion.deleted("C", "C"), row("H", 6));
        assertThat(rows("current.devices"))
                .containsExactly("A 6 load-6 15", "B 6 load-6 16", "E 5 load-5 13", "G 5 load-5 14", "H 6 load-6 18");

        LoadLedger ledger = new LoadLedger(database.dataSource(), CLOCK);
        new LoadRecovery(ledger).recover(raw);
        LoadWithdrawals withdrawals = new LoadWithdrawals(catalog, database.dataSource(), HELD, CLOCK);
        withdrawals.withdraw("load-6", "wrong file", "fpw");
        assertThat(rows("current.devices")).isEqualTo(CURRENT);
        withdrawals.withdraw("load-5", "wrong file", "fpw");
        assertThat(rows("current.devices"))
                .containsExactly("A 2 load-2 5", "B 4 load-4 11", "C 1 load-1 3", "E 2 load-2 7");

        TableMaintenance maintenance = new TableMaintenance(catalog, HELD);
        assertThat(maintenance.dropCurrentTables(APRIL_29)).isEqualTo(1);
        maintenance.expireRaw("devices", load -> true, Instant.now().plusSeconds(60));
        maintenance.expireCurrent("devices", Instant.now().plusSeconds(60));
        load(raw, 7, row("A", 7));
        CurrentTable.open(catalog, feed, HELD).compactIfNeeded();
        assertThat(rows("current.devices"))
                .containsExactly("A 7 load-7 19", "B 4 load-4 11", "C 1 load-1 3", "E 2 load-2 7");
        assertThat(catalog.tables("current")).isEmpty();
    }

    @Test
    void loadThatAnEarlierVersionAppendedToMainAloneIsCorrected() throws Exception {
        RawTable.open(catalog, feed, HELD);
        append(catalog.load("raw.devices"), 6, row("A", 6), RowVersion.deleted("B", "B"));
        assertThat(rows("current.devices")).isEqualTo(CURRENT);

        RawTable.open(catalog, feed, HELD);
        assertThat(rows("current.devices"))
                .containsExactly("A 6 load-6 15", "C 1 load-1 3", "E 5 load-5 13", "G 5 load-5 14");
    }

    /** The lock is asked for before the rows are looked at and before the commit. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void upgradeThatWasKilledIsMadeByTheNext(int step) throws Exception {
        List<String> raw = rows("raw.devices");
        int[] asked = {0};
        LockGuard killed = () -> {
            if (++asked[0] == step) {
                throw new IllegalStateException("killed");
            }
        };
        assertThatThrownBy(() -> RawTable.open(catalog, feed, killed)).hasMessage("killed");
        assertThat(catalog.load("raw.devices").refs()).containsOnlyKeys("main");
        assertThat(rows("raw.devices")).isEqualTo(raw);

        new LoadWithdrawals(catalog, database.dataSource(), HELD, CLOCK).recoverAll();
        assertThat(rows("current.devices")).isEqualTo(CURRENT);
        assertThat(rows("raw.devices")).isEqualTo(raw);
    }

    @Test
    void tableThatWasNeverLoadedIsUpgradedToo() {
        Schema old = FeedTables.schema(feed);
        catalog.iceberg().dropTable(TableIdentifier.parse("raw.devices"), false);
        catalog.create(
                "raw.devices",
                old,
                PartitionSpec.builderFor(old).month("_known_on").build(),
                Map.of());

        RawTable raw = RawTable.open(catalog, feed, HELD);
        assertThat(rows("current.devices")).isEmpty();
        lastRow = 0;
        load(raw, 6, row("A", 6));
        assertThat(rows("current.devices")).containsExactly("A 6 load-6 1");
        assertThat(rows("raw.devices")).containsExactly("A 6 load-6 1");
    }
}

package uk.fpw.warehouse.load;

import static org.assertj.core.api.Assertions.assertThat;
import static uk.fpw.warehouse.load.LoadTesting.row;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import org.apache.iceberg.FileScanTask;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.Table;
import org.apache.iceberg.io.CloseableIterable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import uk.fpw.warehouse.identity.IdentityCheck;
import uk.fpw.warehouse.identity.Relocation;
import uk.fpw.warehouse.ledger.LoadLedger;
import uk.fpw.warehouse.recovery.LoadRecovery;
import uk.fpw.warehouse.recovery.LoadWithdrawals;

/** A warehouse whose current rows were upgraded, moved to other places. */
@Tag("thorough")
class UpgradedRelocationIT extends CurrentUpgradeTesting {

    /** The snapshots from before the upgrade have no row ids, in whatever format the table is now. */
    @Test
    void upgradedWarehouseIsRelocatedAgainAndAgain() throws Exception {
        RawTable.open(catalog, feed, HELD);
        List<String> raw = rows("raw.devices");
        try {
            database.execute("create role fpw_analyst");
        } catch (SQLException isThere) {
            // Roles of PostgreSQL belong to its server.
        }
        database.migrate("V0014__create_warehouse_identity", "V0054__add_key_format");
        Path forceFolder = Files.createDirectories(folder.resolve("forces/kent"));
        new IdentityCheck(database::open, database.url(), warehouse, "kent", forceFolder)
                .establish(true, CLOCK.instant());

        relocate("second", forceFolder);

        assertThat(rows("current.devices")).isEqualTo(CURRENT);
        assertThat(rows("raw.devices")).isEqualTo(raw);
        assertThat(RawTable.open(catalog, feed, HELD).loads())
                .extracting(Load::loadId)
                .containsExactly("load-1", "load-2", "load-4", "load-5");
        List<String> after =
                List.of("A 6 load-6 15", "B 4 load-4 11", "E 5 load-5 13", "G 5 load-5 14", "H 6 load-6 17");
        load(RawTable.open(catalog, feed, HELD), 6, row("A", 6), RowVersion.deleted("C", "C"), row("H", 6));
        assertThat(rows("current.devices")).isEqualTo(after);

        relocate("third", forceFolder);

        assertThat(rows("current.devices")).isEqualTo(after);
        assertThat(rows("raw.devices")).hasSize(17).containsAll(raw);
        for (Snapshot snapshot : catalog.load("raw.devices").snapshots()) {
            assertThat(rowCount(snapshot)).isEqualTo(snapshot.summary().get("total-records"));
        }
        new LoadRecovery(new LoadLedger(database.dataSource(), CLOCK)).recover(RawTable.open(catalog, feed, HELD));
        new LoadWithdrawals(catalog, database.dataSource(), HELD, CLOCK).withdraw("load-6", "wrong file", "fpw");
        assertThat(rows("current.devices")).isEqualTo(CURRENT);
    }

    private void relocate(String place, Path forceFolder) throws Exception {
        catalog.close();
        Path target = folder.resolve(place).resolve("kent");
        Files.createDirectories(target.getParent());
        Files.move(warehouse, target);
        warehouse = target;
        database = database.isPostgres() ? database : database(target);
        new Relocation(database::open, database.url(), target, "kent", forceFolder, HELD).run(true, CLOCK.instant());
        open();
    }

    /** Rows in the data files of a snapshot, whether a deletion vector marks them or not. */
    private String rowCount(Snapshot snapshot) throws IOException {
        long count = 0;
        Table table = catalog.load("raw.devices");
        try (CloseableIterable<FileScanTask> files =
                table.newScan().useSnapshot(snapshot.snapshotId()).planFiles()) {
            for (FileScanTask file : files) {
                count += file.file().recordCount();
            }
        }
        return Long.toString(count);
    }
}

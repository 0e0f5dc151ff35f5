package uk.fpw.warehouse.store.load;

import static org.assertj.core.api.Assertions.assertThat;
import static uk.fpw.warehouse.store.load.LoadTesting.row;

import java.io.IOException;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.iceberg.Table;
import org.junit.jupiter.api.Test;
import uk.fpw.warehouse.store.load.row.RowPositions;
import uk.fpw.warehouse.store.load.row.RowVersion;
import uk.fpw.warehouse.testing.FeedBranch;
import uk.fpw.warehouse.testing.Replacing;

/**
 * The data files of a table and its branches: shared, rewritten and read. Not repeated on PostgreSQL, whose catalog
 * only stores the location of the metadata, which {@link LoadIT} covers for both databases.
 */
class CurrentFilesIT extends LoadCommitTesting {

    /** Of five files, the two whose rows are all superseded have left current, and no row was written twice. */
    @Test
    void branchesShareTheirFiles() throws IOException {
        load("load-1", row("A", 1), row("B", 1));
        load("load-2", row("C", 2));
        load("load-3", row("A", 3), RowVersion.deleted("C", "C"));
        load("load-4", row("B", 4));

        Table table = catalog.load("raw.devices");
        assertThat(files(table, "current")).hasSize(2).isSubsetOf(files(table, "main"));
        assertThat(files(table, "main")).hasSize(5);
        assertThat(dataFiles()).isEqualTo(5);
    }

    @Test
    void currentIsRewrittenWhenMoreThanAThirdOfItsRowsAreDead() throws IOException {
        RowVersion[] versions = new RowVersion[12];
        for (int index = 0; index < versions.length; index++) {
            versions[index] = row("K" + (10 + index), 1);
        }
        load("load-1", versions);
        load("load-2", row("K10", 2), row("K11", 2), row("K12", 2), row("K13", 2), row("K14", 2), row("K15", 2));
        CurrentTable current = CurrentTable.open(catalog, feed, HELD);
        current.compactIfNeeded(); // six of eighteen are not more than a third
        assertThat(FeedBranch.snapshots(catalog, "current.devices")).hasSize(2);
        Set<String> main = files(catalog.load("raw.devices"), "main");

        load("load-3", row("K16", 3));
        current.compactIfNeeded(); // seven of nineteen
        current.compactIfNeeded();

        assertThat(FeedBranch.snapshots(catalog, "current.devices"))
                .hasSize(4)
                .last()
                .satisfies(compacted -> assertThat(compacted.summary())
                        .containsEntry("fpw.applied-load-id", "load-3")
                        .containsEntry("total-records", "12")
                        .containsEntry("total-position-deletes", "0")
                        .doesNotContainKey("fpw.load-id"));
        assertThat(rows("current.devices", "n")).hasSize(12).containsOnly("1", "2", "3");
        assertThat(rows("raw.devices", "n")).hasSize(19);
        Table table = catalog.load("raw.devices");
        assertThat(files(table, "main")).containsAll(main).hasSize(3);
        assertThat(files(table, "current")).hasSize(1).doesNotContainAnyElementsOf(files(table, "main"));
    }

    /** Whether they were written by one load or many makes no difference. */
    @Test
    void currentOfMoreThanAHundredFilesIsRewritten() throws IOException {
        RawTable raw = RawTable.open(catalog, feed, HELD);
        try (RawAppend append = raw.append(metadata("load-1"))) {
            for (int number = 1; number <= 100; number++) {
                append.writer().add(row("K" + number, number), number);
            }
            Replacing.commit(append, new LoadCounts(100, 100, 0, 0, 0, 0), null);
        }
        CurrentTable.open(catalog, feed, HELD).compactIfNeeded();
        assertThat(files(catalog.load("raw.devices"), "current")).hasSize(100);

        load("load-2", row("K101", 101));
        CurrentTable.open(catalog, feed, HELD).compactIfNeeded();
        assertThat(files(catalog.load("raw.devices"), "current")).hasSize(1);
        assertThat(rows("current.devices", "_key")).hasSize(101);
    }

    /** Row groups that cannot contain a key are skipped, and positions continue after them. */
    @Test
    void rowsAreFoundInFilesOfManyRowGroups() {
        RawTable.open(catalog, feed, HELD);
        catalog.load("raw.devices")
                .updateProperties()
                .set("write.parquet.row-group-size-bytes", "1")
                .set("write.parquet.row-group-check-min-record-count", "2")
                .set("write.parquet.row-group-check-max-record-count", "2")
                .commit();
        RowVersion[] versions = new RowVersion[500];
        for (int index = 0; index < versions.length; index++) {
            versions[index] = row("K" + (1000 + index), 1);
        }
        load("load-1", versions);
        load("load-2", row("K1007", 2), row("K1250", 2), row("K1499", 2), RowVersion.deleted("K1300", "K1300"));

        assertThat(rows("current.devices", "_key")).hasSize(499).doesNotContain("K1300");
        assertThat(rows("current.devices", "n", "_key"))
                .filteredOn(row -> row.startsWith("2"))
                .containsExactly("2 K1007", "2 K1250", "2 K1499");
        assertThat(rows("raw.devices", "_key")).hasSize(504);
    }

    @Test
    void rowsAreCountedWithoutBeingRead() {
        load("load-1", row("K1", 1), row("K2", 1), row("K3", 1));
        load("load-2", row("K1", 2), RowVersion.deleted("K2", "K2"));
        assertThat(CurrentTable.open(catalog, feed, HELD).rowCount()).isEqualTo(2);
    }

    /** Locations of the data files of a branch. */
    private static Set<String> files(Table table, String branch) throws IOException {
        return RowPositions.files(table.newScan().useRef(branch)).stream()
                .map(file -> file.file().location())
                .collect(Collectors.toSet());
    }
}

package uk.fpw.nightly.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.DataFiles;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.Schema;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.Table;
import org.apache.iceberg.expressions.Expressions;
import org.apache.iceberg.types.Types;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import uk.fpw.layout.ReleaseFile;
import uk.fpw.layout.ReleaseId;
import uk.fpw.layout.WarehouseFolder;
import uk.fpw.warehouse.store.catalog.WarehouseCatalog;
import uk.fpw.warehouse.store.ledger.Releases;
import uk.fpw.warehouse.store.maintenance.FileVerification;
import uk.fpw.warehouse.store.release.ReleaseFiles;
import uk.fpw.warehouse.store.release.ReleasePins;
import uk.fpw.warehouse.store.retention.Retention;
import uk.fpw.warehouse.testing.TestDatabase;

/** A pinned release survives the deletion of others, with every table and the file by which it is queried. */
class KeptReleaseIT {

    private static final List<String> TABLES = List.of("core.exclusion", "mart.queue_daily", "mart.dim_queue");
    private static final int NIGHTS = 5;

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    @SuppressWarnings("NullAway.Init")
    private TestDatabase database;

    @SuppressWarnings("NullAway.Init")
    private WarehouseCatalog catalog;

    @SuppressWarnings("NullAway.Init")
    private ReleasePins pins;

    @BeforeEach
    void fiveNights() throws SQLException, IOException {
        database = MigratedWarehouse.in(folder);
        catalog = WarehouseCatalog.open(database.url(), database.user(), database.password(), folder);
        pins = new ReleasePins(database.dataSource(), folder);
        Files.createDirectories(folder.resolve("runs"));
        Schema schema = new Schema(Types.NestedField.optional(1, "n", Types.LongType.get()));
        for (String table : TABLES) {
            catalog.create(table, schema, PartitionSpec.unpartitioned(), Map.of());
        }
        for (int night = 1; night <= NIGHTS; night++) {
            release(night);
        }
    }

    @AfterEach
    void close() {
        catalog.close();
    }

    @Test
    void namedReleaseStaysWithAllItsTablesAndGoesWhenItsNameIsGivenUp() {
        pins.pin(id(1), "inspection-2016");

        keepHouseAMonthLater();

        assertThat(present()).containsExactly(id(1), id(3), id(4), id(5));
        for (String table : TABLES) {
            assertThat(nightsOf(table)).as(table).containsExactly(1, 3, 4, 5);
        }

        Path file = folder.resolve("releases").resolve(id(1)).resolve("name");
        assertThat(file).hasContent("inspection-2016");
        assertThat(new Releases(database.dataSource()).idOf("inspection-2016")).isEqualTo(ReleaseId.of(id(1)));
        assertThat(new Releases(database.dataSource()).idOf(id(2))).isEqualTo(ReleaseId.of(id(2)));

        assertThat(pins.unpin("inspection-2016")).isEqualTo(ReleaseId.of(id(1)));
        assertThat(file).doesNotExist();
        keepHouseAMonthLater();

        assertThat(present()).containsExactly(id(3), id(4), id(5));
        for (String table : TABLES) {
            assertThat(nightsOf(table)).as(table).containsExactly(3, 4, 5);
        }
    }

    /** Readers are informed before the rows are gone, and nothing changes in releases that keep theirs. */
    @Test
    void coreTablesGoAfterThreeDaysAndTheReleaseSaysSo() {
        pins.pin(id(1), "inspection-2016");

        keepHouse(4);

        assertThat(present()).containsExactly(id(1), id(2), id(3), id(4), id(5));
        assertThat(nightsOf("mart.queue_daily")).containsExactly(1, 2, 3, 4, 5);
        assertThat(nightsOf("core.exclusion")).containsExactly(1, 3, 4, 5);
        for (int night = 1; night <= NIGHTS; night++) {
            ReleaseId release = ReleaseId.of(id(night));
            assertThat(ReleaseFiles.hasExpired(folder, release, "core.exclusion"))
                    .isEqualTo(night == 2);
            assertThat(ReleaseFiles.hasExpired(folder, release, "mart.queue_daily"))
                    .isFalse();
        }
        assertThat(new FileVerification(catalog).readAll().damaged()).isEmpty();
    }

    /** About a hundred tests pass in every run; what one of them found may be needed years later. */
    @Test
    void testsThatPassedGoWithTheReleaseAndWhatTestsFoundStays() throws SQLException {
        pins.pin(id(1), "inspection-2016");

        keepHouseAMonthLater();

        assertThat(database.query("select run_id || ' ' || code from ops.quality_result order by 1"))
                .containsExactly(
                        run(1) + " FOUND",
                        run(1) + " PASSED",
                        run(2) + " FOUND",
                        run(3) + " FOUND",
                        run(3) + " PASSED",
                        run(4) + " FOUND",
                        run(4) + " PASSED",
                        run(5) + " FOUND",
                        run(5) + " PASSED");
    }

    @Test
    void whatCannotBeKeptIsRefusedWithTheReason() {
        pins.pin(id(4), "year-end");
        pins.pin(id(4), "year-end");
        keepHouseAMonthLater();

        assertThatThrownBy(() -> pins.pin(id(5), "Year end"))
                .hasMessage("'Year end' is not a valid release name; use up to 40 lower-case letters, "
                        + "digits and hyphens, such as inspection-2016");
        assertThatThrownBy(() -> pins.pin(id(5), "a".repeat(41))).hasMessageContaining("is not a valid release name");
        assertThatThrownBy(() -> pins.pin("2016-02-01.1", "other"))
                .hasMessage("there is no release 2016-02-01.1; releases that can be pinned: [2016-01-05.1, "
                        + "2016-01-04.1, "
                        + "2016-01-03.1]");
        assertThatThrownBy(() -> pins.pin("../2016-01-05.1", "other"))
                .hasMessage("there is no release ../2016-01-05.1; releases that can be pinned: [2016-01-05.1, "
                        + "2016-01-04.1, "
                        + "2016-01-03.1]");
        assertThatThrownBy(() -> pins.pin(id(5), "year-end"))
                .hasMessage("release 2016-01-04.1 is pinned as year-end; choose another name");
        assertThatThrownBy(() -> pins.pin(id(4), "other"))
                .hasMessage("release 2016-01-04.1 is pinned as year-end already; unpin that first: fpw unpin "
                        + "year-end");
        assertThatThrownBy(() -> pins.pin(id(1), "other"))
                .hasMessage("release 2016-01-01.1 can no longer be pinned: its tables were deleted; "
                        + "releases that can be pinned: [2016-01-05.1, 2016-01-04.1, 2016-01-03.1]");
        assertThatThrownBy(() -> pins.unpin("other")).hasMessage("no release is pinned as other; names: [year-end]");
        assertThatThrownBy(() -> database.execute("update ops.release set name = 'year-end'"))
                .isInstanceOf(SQLException.class);
    }

    @Test
    void pagesOfSingleCasesGoAfterAWeek() throws IOException {
        Path page = Files.createDirectories(
                        new WarehouseFolder(folder).restricted().resolve("2016-01-05.1-20160106T080000"))
                .resolve("index.html");
        Files.writeString(page, "cms:1");
        keepHouse(6);
        assertThat(page).exists();
        keepHouse(8);
        assertThat(page.getParent()).doesNotExist();
    }

    private void keepHouseAMonthLater() {
        keepHouse(30);
    }

    private void keepHouse(int daysLater) {
        List<String> failures = new Retention(
                        folder,
                        catalog,
                        database.dataSource(),
                        () -> {},
                        Clock.offset(Clock.systemUTC(), Duration.ofDays(daysLater)))
                .apply(Map.of());
        assertThat(failures).isEmpty();
    }

    private void release(int night) throws SQLException, IOException {
        String id = id(night);
        database.execute("insert into ops.release (release_id, run_id, business_date, released_at, software_version, "
                + "force_digest, digest) values ('"
                + id + "', '" + run(night) + "', date '" + day(night)
                + "', current_timestamp + interval '" + night + "' second, '1', 'f', 'd')");
        database.execute("insert into ops.night (run_id, business_date, command, started_at, status) values ('"
                + run(night) + "', date '" + day(night) + "', 'nightly', current_timestamp, 'released')");
        database.execute("insert into ops.quality_result (run_id, table_name, code, severity, failed_count, message) "
                + "values ('" + run(night) + "', 'devices', 'PASSED', 'warning', 0, ''), ('" + run(night)
                + "', 'devices', 'FOUND', 'warning', 3, '3 rows')");
        for (String name : TABLES) {
            Table table = catalog.load(name);
            Path file = Files.createDirectories(folder.resolve("data/" + name.replace('.', '/') + "/data"))
                    .resolve("night-" + night + ".parquet");
            Files.writeString(file, "rows of night " + night);
            DataFile rows = DataFiles.builder(table.spec())
                    .withPath(file.toUri().toString())
                    .withFileSizeInBytes(Files.size(file))
                    .withRecordCount(1)
                    .withFormat("parquet")
                    .build();
            table.newOverwrite()
                    .overwriteByRowFilter(Expressions.alwaysTrue())
                    .addFile(rows)
                    .set("night", Integer.toString(night))
                    .commit();
            database.execute(
                    "insert into ops.release_table (release_id, table_name, snapshot_id, row_count, digest) values ('"
                            + id + "', '" + name + "', "
                            + table.currentSnapshot().snapshotId() + ", 1, 'd')");
        }
        database.execute("delete from ops.current_release");
        database.execute("insert into ops.current_release (release_id) values ('" + id + "')");
        ReleaseFiles.write(
                folder,
                new ReleaseFile(
                        new ReleaseFile.Made(
                                ReleaseId.of(id), day(night), Clock.systemUTC().instant()),
                        new ReleaseFile.Owner("test", "Test", ZoneId.of("Europe/London")),
                        new ReleaseFile.Versions("1", "f", null, "d"),
                        List.of(),
                        TABLES.stream()
                                .map(table -> new ReleaseFile.Table(
                                        table,
                                        "",
                                        1,
                                        "d",
                                        List.of(),
                                        List.of("data/" + table.replace('.', '/') + "/data/night-" + night
                                                + ".parquet")))
                                .toList()));
    }

    /** The releases that can be queried. */
    private List<String> present() {
        return new Releases(database.dataSource())
                .ids().stream()
                        .filter(id -> Files.exists(ReleaseFiles.path(folder, id)))
                        .sorted()
                        .map(ReleaseId::value)
                        .toList();
    }

    /** The nights whose rows and files a table still has. */
    private List<Integer> nightsOf(String name) {
        List<Integer> nights = new ArrayList<>();
        for (Snapshot snapshot : catalog.load(name).snapshots()) {
            int night = Integer.parseInt(snapshot.summary().get("night"));
            assertThat(folder.resolve("data/" + name.replace('.', '/') + "/data/night-" + night + ".parquet"))
                    .exists();
            nights.add(night);
        }
        return nights;
    }

    private static LocalDate day(int night) {
        return LocalDate.of(2016, 1, night);
    }

    private static String run(int night) {
        return day(night) + "-20160201T040000-0a1b";
    }

    private static String id(int night) {
        return day(night) + ".1";
    }
}

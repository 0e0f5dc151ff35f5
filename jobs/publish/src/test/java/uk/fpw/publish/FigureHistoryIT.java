package uk.fpw.publish;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.apache.iceberg.FileFormat;
import org.apache.iceberg.Table;
import org.apache.iceberg.data.GenericFileWriterFactory;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.encryption.EncryptedFiles;
import org.apache.iceberg.io.DataWriter;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import uk.fpw.layout.ReleaseFile;
import uk.fpw.layout.ReleaseId;
import uk.fpw.model.Model;
import uk.fpw.model.Models;
import uk.fpw.warehouse.force.Force;
import uk.fpw.warehouse.message.FigureChangeRequest.Base;
import uk.fpw.warehouse.message.FigureChangeSummary;
import uk.fpw.warehouse.message.MetricsResult;
import uk.fpw.warehouse.store.ledger.Release;
import uk.fpw.warehouse.store.ledger.Releases;
import uk.fpw.warehouse.store.lock.LockGuard;
import uk.fpw.warehouse.store.release.CandidateRows;
import uk.fpw.warehouse.store.release.ReleaseFiles;
import uk.fpw.warehouse.testing.TestDatabase;

/** Changed figures found by earlier releases are shown by later ones, but stored once. */
@Tag("thorough")
class FigureHistoryIT {

    private static final String TABLE = "mart.figure_change";
    private static final Model MODEL = Models.find(TABLE).orElseThrow();
    private static final LockGuard HELD = () -> {};

    @TempDir
    Path temp;

    private ReleaseTestApplication application;

    TestDatabase database(Path warehouse) {
        return TestDatabase.embedded(warehouse);
    }

    @BeforeEach
    void build() throws IOException {
        Path warehouse = Files.createDirectory(temp.resolve("warehouse"));
        TestDatabase database = database(warehouse);
        Force force = ExampleCandidates.force(warehouse, database);
        application = new ReleaseTestApplication(
                force,
                database.password(),
                Set.of("core.spell", "core.exclusion", "core.ahead", "mart.dim_date", "mart.queue_daily", TABLE));
    }

    @AfterEach
    void close() {
        application.close();
    }

    @Test
    void releaseShowsItsRowsAndThoseOfTheReleasesBeforeIt() throws IOException {
        night("2016-01-30.1", 2);
        night("2016-01-31.1", 3);
        night("2016-02-01.1", 4);
        night("2016-02-01.2", 1);

        String january = "2016-01-30.1 x2, 2016-01-31.1 x3";
        assertThat(shown("mart")).containsExactly("2016-02-01.2: " + january + ", 2016-02-01.1 x4, 2016-02-01.2 x1");
        assertThat(shown("mart_releases"))
                .as("the three that are kept")
                .containsExactly(
                        "2016-01-31.1: " + january,
                        "2016-02-01.1: " + january + ", 2016-02-01.1 x4",
                        "2016-02-01.2: " + january + ", 2016-02-01.1 x4, 2016-02-01.2 x1");
        assertThat(stored())
                .as("each row once")
                .containsExactly("2016-01-30.1 2", "2016-01-31.1 3", "2016-02-01.1 4", "2016-02-01.2 1");
        Release.Table table = Objects.requireNonNull(current().table(TABLE));
        assertThat(table.rowCount()).isEqualTo(10);
        assertThat(table.historyFrom()).isEqualTo(ReleaseId.of("2016-01-30.1"));
        // the files of January are compacted into one
        assertThat(files("2016-02-01.2")).hasSize(3);
        assertThat(files("2016-01-31.1")).hasSize(2);

        assertThat(exported("2016-02-01.2"))
                .as("the files of the export before it, and one more")
                .hasSize(3)
                .containsAllEntriesOf(exported("2016-02-01.1"));
        Path csv = new ReleaseExport(new Releases(application.dataSource), application.catalog, application.warehouse)
                .csv(ReleaseId.of("2016-02-01.2"), temp.resolve("csv"));
        assertThat(Files.readAllLines(csv.resolve("figure_change.csv")))
                .hasSize(1 + 10)
                .filteredOn(line -> line.endsWith(",2016-02-01.2"))
                .hasSize(10);
    }

    @Test
    void fileOfAnEarlierExportThatWasChangedIsNotTakenOver() throws IOException {
        night("2016-01-30.1", 2);
        Path damaged = list(application.warehouse.resolve("exports/2016-01-30.1/figure_change"))
                .get(0);
        byte[] sound = Files.readAllBytes(damaged);
        byte[] flipped = sound.clone();
        flipped[10] ^= 1;
        Files.setPosixFilePermissions(damaged, PosixFilePermissions.fromString("rw-r-----"));
        Files.write(damaged, flipped);

        night("2016-01-31.1", 3);

        assertThat(application.warehouse.resolve("exports/2016-01-31.1/figure_change/" + damaged.getFileName()))
                .hasBinaryContent(sound);
    }

    /** Six nights with the same changes: the last costs no more than the third. */
    @Test
    @Tag("thorough")
    void nightCostsItsOwnChangesAndNotThoseBeforeIt() throws IOException {
        Set<String> costs = new TreeSet<>();
        for (int day = 1; day <= 6; day++) {
            Map<Object, Long> before = written();
            long rows = rows();
            night("2016-01-0" + day + ".1", 50);
            Map<Object, Long> added = written();
            added.keySet().removeAll(before.keySet());
            if (day > 2) {
                long bytes = added.values().stream().mapToLong(Long::longValue).sum();
                costs.add((rows() - rows) + " rows, " + added.size() + " files, " + bytes / 1000 + " kB");
            }
        }

        assertThat(costs).hasSize(1).first().asString().startsWith("50 rows, 2 files, ");
        assertThat(shown("mart"))
                .first()
                .asString()
                .contains("2016-01-01.1 x50")
                .contains("2016-01-06.1 x50");
        assertThat(ReleaseFiles.read(application.warehouse, ReleaseId.of("2016-01-06.1"))
                        .tables())
                .filteredOn(table -> table.name().equals(TABLE))
                .extracting(ReleaseFile.Table::rowCount)
                .containsExactly(300L);
    }

    @Test
    void rowsOfAReleaseThatWasWithdrawnBeforeItWasReplacedDoNotShow() throws IOException {
        night("2016-01-12.1", 1);
        night("2016-01-13.1", 2);
        night("2016-01-14.1", 3);
        withdraw("2016-01-14.1");
        assertThat(shown("mart")).containsExactly("2016-01-13.1: 2016-01-12.1 x1, 2016-01-13.1 x2");

        night("2016-01-14.2", 4);
        assertThat(shown("mart")).containsExactly("2016-01-14.2: 2016-01-12.1 x1, 2016-01-13.1 x2, 2016-01-14.2 x4");

        // a release withdrawn after it was replaced still is a step to the next
        withdraw("2016-01-13.1");
        assertThat(shown("mart_releases"))
                .containsExactly(
                        "2016-01-12.1: 2016-01-12.1 x1",
                        "2016-01-14.2: 2016-01-12.1 x1, 2016-01-13.1 x2, 2016-01-14.2 x4");
        night("2016-01-15.1", 5);
        assertThat(shown("mart"))
                .containsExactly("2016-01-15.1: 2016-01-12.1 x1, 2016-01-13.1 x2, 2016-01-14.2 x4, 2016-01-15.1 x5");
        assertThat(Objects.requireNonNull(current().table(TABLE)).rowCount()).isEqualTo(12);
    }

    /** Earlier versions wrote all rows again for each release. */
    @Test
    void releaseOfAnEarlierVersionIsWhereTheHistoryBegins() throws IOException {
        whole("2016-01-11.1", "2015-12-24.1", "2016-01-11.1");
        whole("2016-01-12.1", "2015-12-24.1", "2016-01-11.1", "2016-01-12.1");
        night("2016-01-13.1", 2);

        String history = "2015-12-24.1 x1, 2016-01-11.1 x1, 2016-01-12.1 x1, 2016-01-13.1 x2";
        assertThat(shown("mart")).containsExactly("2016-01-13.1: " + history);
        assertThat(shown("mart_releases"))
                .containsExactly(
                        "2016-01-11.1: 2015-12-24.1 x1, 2016-01-11.1 x1",
                        "2016-01-12.1: 2015-12-24.1 x1, 2016-01-11.1 x1, 2016-01-12.1 x1",
                        "2016-01-13.1: " + history);

        night("2016-01-14.1", 1);
        night("2016-01-15.1", 1);
        night("2016-01-16.1", 1);
        assertThat(stored())
                .containsExactly(
                        "2016-01-12.1 3", "2016-01-13.1 2", "2016-01-14.1 1", "2016-01-15.1 1", "2016-01-16.1 1");
        // again by the earlier version, after which the later one continues
        whole("2016-01-17.1", "2016-01-16.1", "2016-01-17.1");
        night("2016-01-18.1", 1);
        assertThat(shown("mart")).containsExactly("2016-01-18.1: 2016-01-16.1 x1, 2016-01-17.1 x1, 2016-01-18.1 x1");
    }

    @Test
    @Tag("thorough")
    void stepsStayFor26MonthsBesideTheirOwn() throws IOException {
        night("2013-11-30.1", 1);
        night("2013-12-01.1", 1);
        night("2016-01-31.1", 1);
        assertThat(shown("mart")).containsExactly("2016-01-31.1: 2013-11-30.1 x1, 2013-12-01.1 x1, 2016-01-31.1 x1");

        night("2016-02-01.1", 1);
        night("2016-02-01.2", 1);
        night("2016-02-01.3", 1);
        assertThat(shown("mart"))
                .containsExactly("2016-02-01.3: 2013-12-01.1 x1, 2016-01-31.1 x1, 2016-02-01.1 x1, 2016-02-01.2 x1, "
                        + "2016-02-01.3 x1");
        assertThat(stored()).doesNotContain("2013-11-30.1 1").contains("2013-12-01.1 1");
        assertThat(Objects.requireNonNull(current().table(TABLE)).rowCount()).isEqualTo(5);
    }

    @Test
    @Tag("thorough")
    void nightThatIsKilledAnywhereShowsTheSameInTheEnd() throws IOException {
        night("2016-01-12.1", 1);
        night("2016-01-13.1", 2);
        // killed after the rows were added to the table, before a release of them
        candidate("2016-01-14.1", 9);

        String history = "2016-01-12.1 x1, 2016-01-13.1 x2";
        for (int mart = 1; mart <= 3; mart++) {
            int killed = mart;
            int[] asked = {0};
            String releaseId = "2016-01-14." + (mart + 1);
            killed(
                    releaseId,
                    () -> application.atEachStep = () -> {
                        if (++asked[0] == killed) {
                            throw new IllegalStateException("killed");
                        }
                    },
                    history);
            history += ", " + releaseId + " x3";
            assertThat(shown("mart")).containsExactly(releaseId + ": " + history);
        }
        killed(
                "2016-01-14.5",
                () -> application.atTheFlip = () -> {
                    throw new IllegalStateException("killed");
                },
                history);
        assertThat(shown("mart")).containsExactly("2016-01-14.5: " + history + ", 2016-01-14.5 x3");
        assertThat(rows()).isEqualTo(1 + 2 + 4 * 3);
    }

    /** A night that is killed and run again. */
    private void killed(String releaseId, Runnable kill, String shownBefore) throws IOException {
        MetricsResult result = candidate(releaseId, 3);
        kill.run();
        assertThatThrownBy(() -> application.release(releaseId, result)).hasMessageContaining("killed");
        application.kill(releaseId);
        assertThat(shown("mart")).hasSize(1).first().asString().endsWith(": " + shownBefore);
        application.atEachStep = () -> {};
        application.atTheFlip = () -> {};
        application.release(releaseId, result);
        application.applyRetention();
    }

    /** For example deleted by a night of an earlier version, which took them for rows of no release. */
    @Test
    @Tag("thorough")
    void rowsThatAreMissingAreWrittenAgainWhereTheirReleaseBecomesCurrentAgain() throws IOException {
        night("2016-01-12.1", 1);
        night("2016-01-13.1", 2);
        night("2016-01-14.1", 3);
        application.jdbc.update("delete from mart_rows.figure_change where release_id <> '2016-01-14.1'");

        withdraw("2016-01-14.1");

        assertThat(shown("mart")).containsExactly("2016-01-13.1: 2016-01-12.1 x1, 2016-01-13.1 x2");
    }

    /** File key of the file system by name. */
    private Map<String, Object> exported(String releaseId) throws IOException {
        Map<String, Object> files = new TreeMap<>();
        for (Path file : list(application.warehouse.resolve("exports/" + releaseId + "/figure_change"))) {
            files.put(file.getFileName().toString(), Files.getAttribute(file, "unix:ino"));
        }
        return files;
    }

    private static List<Path> list(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.sorted().toList();
        }
    }

    /** A release that finds this many changes. */
    private void night(String releaseId, int changes) throws IOException {
        application.release(releaseId, candidate(releaseId, changes));
        application.applyRetention();
    }

    private MetricsResult candidate(String releaseId, int changes) throws IOException {
        Release before = new Releases(application.dataSource).current();
        MetricsResult candidate = application.candidate(releaseId, 1);
        List<Record> rows = new ArrayList<>();
        for (int i = 0; i < changes; i++) {
            rows.add(row(releaseId, releaseId, i));
        }
        Path file = file(rows);
        LocalDate date = ReleaseId.of(releaseId).businessDate();
        Release.Table base = before == null ? null : before.table(TABLE);
        CandidateRows tables = new CandidateRows(application.catalog, HELD);
        return compared(
                before == null ? null : before.releaseId(),
                candidate.with(
                        before == null || base == null || base.rowCount() == 0
                                ? tables.replace(TABLE, file)
                                : tables.add(
                                        TABLE,
                                        file,
                                        new Base(
                                                base.snapshotId(),
                                                base.historyFrom() == null ? before.releaseId() : base.historyFrom()),
                                        date)));
    }

    /** A release of a version that copied every row. */
    private void whole(String releaseId, String... newReleaseIds) throws IOException {
        Release before = new Releases(application.dataSource).current();
        MetricsResult candidate = application.candidate(releaseId, 1);
        List<Record> rows = new ArrayList<>();
        for (String newReleaseId : newReleaseIds) {
            rows.add(row(releaseId, newReleaseId, 0));
        }
        application.release(
                releaseId,
                compared(
                        before == null ? null : before.releaseId(),
                        candidate.with(new CandidateRows(application.catalog, HELD).replace(TABLE, file(rows)))));
        application.applyRetention();
    }

    private static MetricsResult compared(@Nullable ReleaseId before, MetricsResult candidate) {
        UnaryOperator<MetricsResult> digests = result -> {
            MetricsResult with = result;
            for (MetricsResult.TableVersion table : result.tables()) {
                with = with.with(new MetricsResult.TableVersion(
                        table.table(), table.snapshotId(), table.rowCount(), "digest", table.added()));
            }
            return with;
        };
        MetricsResult audited = ExampleCandidates.audited(digests.apply(candidate));
        return before == null
                ? audited
                : audited.with(FigureChangeSummary.compared(before, new FigureChangeSummary.Counts(1, 0, 0, 0), null));
    }

    private Record row(String releaseId, String newReleaseId, int number) {
        Record row = ExampleCandidates.row(
                MODEL,
                ExampleCandidates.schema(MODEL),
                releaseId,
                ReleaseId.of(newReleaseId).businessDate(),
                number);
        row.setField("new_release_id", newReleaseId);
        row.setField("new_as_at", ReleaseId.of(newReleaseId).businessDate());
        return row;
    }

    private Path file(List<Record> rows) throws IOException {
        Path file = temp.resolve("changes.parquet");
        Files.deleteIfExists(file);
        Table table = application.catalog.load(TABLE);
        DataWriter<Record> writer = new GenericFileWriterFactory.Builder(table)
                .dataFileFormat(FileFormat.PARQUET)
                .dataSchema(table.schema())
                .build()
                .newDataWriter(
                        EncryptedFiles.plainAsEncryptedOutput(org.apache.iceberg.Files.localOutput(file.toFile())),
                        table.spec(),
                        null);
        try (writer) {
            rows.forEach(writer::write);
        }
        return file;
    }

    private void withdraw(String releaseId) {
        new ReleaseWithdrawal(
                        application.dataSource, application.catalog, application.warehouse, HELD, Clock.systemUTC())
                .withdraw(ReleaseId.of(releaseId), "wrong", "fpw");
    }

    private Release current() {
        return Objects.requireNonNull(new Releases(application.dataSource).current());
    }

    private List<String> files(String releaseId) {
        return ReleaseFiles.read(application.warehouse, ReleaseId.of(releaseId)).tables().stream()
                .filter(table -> table.name().equals(TABLE))
                .flatMap(table -> table.files().stream())
                .toList();
    }

    /** How many rows each release added, by the release that shows them. */
    private List<String> shown(String schema) {
        Map<String, String> shown = new TreeMap<>();
        application.jdbc.query(
                "select release_id, new_release_id, count(*) from " + schema + ".figure_change group by release_id, "
                        + "new_release_id order by release_id, new_release_id",
                row -> {
                    shown.merge(
                            row.getString(1),
                            row.getString(2) + " x" + row.getLong(3),
                            (some, more) -> some + ", " + more);
                });
        return shown.entrySet().stream()
                .map(release -> release.getKey() + ": " + release.getValue())
                .toList();
    }

    private List<String> stored() {
        return application.jdbc.queryForList(
                "select release_id || ' ' || count(*) from mart_rows.figure_change group by release_id order by "
                        + "release_id",
                String.class);
    }

    private long rows() {
        return Objects.requireNonNull(
                application.jdbc.queryForObject("select count(*) from mart_rows.figure_change", Long.class));
    }

    /** Sizes of the data files of the table and of its exports, by file key of the file system. */
    private Map<Object, Long> written() throws IOException {
        Map<Object, Long> sizes = new HashMap<>();
        try (Stream<Path> files = Files.walk(application.warehouse)) {
            for (Path file : files.filter(one -> one.toString().matches(".*/figure_change/.*[.]parquet"))
                    .toList()) {
                sizes.put(Files.getAttribute(file, "unix:ino"), Files.size(file));
            }
        }
        return sizes;
    }
}

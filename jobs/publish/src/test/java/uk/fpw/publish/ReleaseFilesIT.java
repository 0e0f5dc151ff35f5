package uk.fpw.publish;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.dhatim.fastexcel.reader.Cell;
import org.dhatim.fastexcel.reader.ReadableWorkbook;
import org.dhatim.fastexcel.reader.Row;
import org.dhatim.fastexcel.reader.Sheet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.io.TempDir;
import uk.fpw.layout.ReleaseId;
import uk.fpw.model.Model;
import uk.fpw.model.Models;
import uk.fpw.publish.export.WorkbookExport;
import uk.fpw.warehouse.failure.FpwException;
import uk.fpw.warehouse.force.Force;
import uk.fpw.warehouse.message.MetricsResult;
import uk.fpw.warehouse.store.ledger.Release;
import uk.fpw.warehouse.store.ledger.Releases;
import uk.fpw.warehouse.store.release.ReleasePointer;
import uk.fpw.warehouse.store.release.ReleaseSnapshots;
import uk.fpw.warehouse.testing.TestDatabase;

/** The files of a release: exports, pointer and data. They do not depend on the database, so one database is tested. */
class ReleaseFilesIT {

    /** Tag of tests whose release has every table; the others have few. */
    private static final String EVERY_TABLE = "every-table";

    private static final List<String> RESTRICTED = List.of("case_milestone_open", "case_silence", "case_clock");

    @TempDir
    Path temp;

    private ReleaseTestApplication application;

    @BeforeEach
    void build(TestInfo test) throws Exception {
        Path warehouse = Files.createDirectory(temp.resolve("warehouse"));
        Force force = ExampleCandidates.force(warehouse, TestDatabase.embedded(warehouse));
        application = test.getTags().contains(EVERY_TABLE)
                ? ReleaseTestApplication.ofEveryTable(force, "")
                : new ReleaseTestApplication(force, "");
    }

    @AfterEach
    void close() {
        if (application != null) {
            application.close();
        }
    }

    /**
     * For spreadsheets: a CSV file per mart, and a workbook with a description of the release, its columns and the
     * marts.
     */
    @Test
    @Tag(EVERY_TABLE)
    void csvAndWorkbookHoldEveryMartButTheRestricted() throws Exception {
        application.release("2016-01-12.1", application.fullCandidate("2016-01-12.1", 3, 1));
        Force.Identity force = ExampleCandidates.force(application.warehouse).identity();
        ReleaseExport export =
                new ReleaseExport(new Releases(application.dataSource), application.catalog, application.warehouse);

        Path folder = export.csv(ReleaseId.of("2016-01-12.1"), application.warehouse.resolve("csv"));

        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .containsExactlyInAnyOrderElementsOf(Models.marts().stream()
                            .map(Model::name)
                            .filter(name -> !RESTRICTED.contains(name))
                            .map(name -> name + ".csv")
                            .toList());
        }
        List<String[]> lines = Files.readAllLines(folder.resolve("queue_daily.csv")).stream()
                .map(line -> line.split(","))
                .toList();
        int dayColumn = Arrays.asList(lines.get(0)).indexOf("day");
        assertThat(lines.stream().skip(1).map(line -> line[dayColumn]))
                .containsExactlyInAnyOrder("2016-01-10", "2016-01-11", "2016-01-12");

        Path file = export.workbook(ReleaseId.of("2016-01-12.1"), force, application.warehouse.resolve("for-excel"));

        assertThat(file).isEqualTo(application.warehouse.resolve("for-excel/town-2016-01-12.1.xlsx"));
        try (Stream<Path> files = Files.list(file.getParent())) {
            assertThat(files).containsExactly(file);
        }
        try (ReadableWorkbook workbook = new ReadableWorkbook(file.toFile())) {
            assertThat(workbook.getSheets().map(Sheet::getName).toList())
                    .isEqualTo(Stream.concat(
                                    Stream.of("about", "columns"),
                                    Models.marts().stream().map(Model::name).filter(name -> !RESTRICTED.contains(name)))
                            .toList());
            List<Row> about = rows(workbook, "about");
            assertThat(text(about.get(0), 0)).isEqualTo("OFFICIAL-SENSITIVE");
            assertThat(text(about.get(1), 1)).isEqualTo("The Town (town)");
            assertThat(text(about.get(2), 1)).isEqualTo("2016-01-12.1");
            assertThat(about.get(3).getCell(1).asDate()).isEqualTo(LocalDateTime.of(2016, 1, 12, 0, 0));
            assertThat(text(about.get(4), 1)).isEqualTo("yes, no feed is missing");
            assertThat(about)
                    .anySatisfy(row -> {
                        assertThat(text(row, 0)).isEqualTo("queue_daily");
                        assertThat(text(row, 1)).isEqualTo("queue_daily");
                        assertThat(row.getCell(2).asNumber()).isEqualByComparingTo("3");
                    })
                    .anySatisfy(row -> {
                        assertThat(text(row, 0)).isEqualTo("case_milestone_open");
                        assertThat(text(row, 1))
                                .isEqualTo("none: restricted, since its rows are about single cases or people");
                    });
            assertThat(rows(workbook, "columns")).anySatisfy(row -> {
                assertThat(text(row, 0)).isEqualTo("queue_daily");
                assertThat(text(row, 1)).isEqualTo("waiting_count");
                assertThat(text(row, 4)).isEqualTo("last value only");
            });
            List<Row> daily = rows(workbook, "queue_daily");
            int day = daily.get(0).stream().map(Cell::asString).toList().indexOf("day");
            int waiting = daily.get(0).stream().map(Cell::asString).toList().indexOf("waiting_count");
            assertThat(daily.stream().skip(1).map(row -> row.getCell(day).asDate()))
                    .containsExactly(
                            LocalDateTime.of(2016, 1, 12, 0, 0),
                            LocalDateTime.of(2016, 1, 11, 0, 0),
                            LocalDateTime.of(2016, 1, 10, 0, 0));
            assertThat(daily.get(3).getCell(waiting).asNumber()).isEqualByComparingTo("2");
        }
    }

    @Test
    void martWithMoreRowsThanASheetIsLeftOutWithTheReason() throws Exception {
        application.release("2016-01-12.1", application.fullCandidate("2016-01-12.1", 3, 1));
        Release release =
                Objects.requireNonNull(new Releases(application.dataSource).find(ReleaseId.of("2016-01-12.1")));

        Path file = new WorkbookExport(Models.marts(), new ReleaseSnapshots(application.catalog), 2)
                .write(release, ExampleCandidates.force(application.warehouse).identity(), application.warehouse);

        try (ReadableWorkbook workbook = new ReadableWorkbook(file.toFile())) {
            assertThat(workbook.findSheet("queue_daily")).isEmpty();
            assertThat(workbook.findSheet("queue_weekly")).isPresent();
            assertThat(rows(workbook, "about")).anySatisfy(row -> {
                assertThat(text(row, 0)).isEqualTo("queue_daily");
                assertThat(text(row, 1))
                        .isEqualTo("none: more than the 2 rows of a sheet; use the Parquet or CSV export");
            });
        }
    }

    private static List<Row> rows(ReadableWorkbook workbook, String sheet) throws IOException {
        return workbook.findSheet(sheet).orElseThrow().read();
    }

    /** Empty for a missing cell. */
    private static String text(Row row, int column) {
        return row.getCellAsString(column).orElse("");
    }

    @Test
    @Tag(EVERY_TABLE)
    void martWithoutRowsIsExportedWithItsColumns() throws Exception {
        ReleaseSummary summary = application.release("2016-01-12.1", 0);

        assertThat(summary.laterFailures()).isEmpty();
        assertThat(application.seen()).isEmpty();
        Path export = application.warehouse.resolve("exports/current");
        assertThat(export.resolve("queue_daily.parquet")).isRegularFile();
        assertThat(export.resolve("figure_change/no-rows.parquet")).isRegularFile();
        assertThat(Files.readString(export.resolve("README.md")))
                .contains("0 rows, one per queue, slice, slice_value, day; in `queue_daily.parquet`.");
    }

    @Test
    void pointerThatTheCrashLeftBehindIsCorrectedAtTheNextStart() throws Exception {
        application.release("2016-01-12.1", 5);
        MetricsResult result = application.candidate("2016-01-13.1", 6);
        Path obstacle = Files.createDirectory(application.warehouse.resolve("releases/.current.tmp"));
        assertThatThrownBy(() -> application.release("2016-01-13.1", result))
                .isInstanceOf(FpwException.class)
                .hasMessage("release 2016-01-13.1 was created and is current, but the steps after the"
                        + " switch did not complete (the next start corrects releases/current): cannot write "
                        + application.warehouse
                        + "/releases/current");
        application.kill("2016-01-13.1");
        Files.delete(obstacle);
        assertThat(application.seen()).containsExactly("2016-01-13.1 6");
        assertThat(ReleasePointer.read(application.warehouse)).isEqualTo(ReleaseId.of("2016-01-12.1"));

        assertThat(ReleasePointer.repair(application.warehouse, new Releases(application.dataSource)))
                .isTrue();
        assertThat(ReleasePointer.read(application.warehouse)).isEqualTo(ReleaseId.of("2016-01-13.1"));

        application.release("2016-01-13.1", result);
        assertThat(application.exported()).containsExactly("2016-01-12.1", "2016-01-13.1", "current");
        assertThat(Files.readSymbolicLink(application.warehouse.resolve("exports/current")))
                .isEqualTo(Path.of("2016-01-13.1"));
    }

    @Test
    void failedExportDoesNotUnmakeTheReleaseAndCanBeRepeated() throws Exception {
        Path obstacle = Files.createFile(application.warehouse.resolve("exports"));
        ReleaseSummary summary = application.release("2016-01-12.1", 5);

        assertThat(application.seen()).containsExactly("2016-01-12.1 5");
        assertThat(summary.exportFolder()).isNull();
        assertThat(summary.laterFailures())
                .singleElement()
                .asString()
                .startsWith("the export of release 2016-01-12.1 failed: ");

        Files.delete(obstacle);
        assertThat(application.publisher().export(ReleaseId.of("2016-01-12.1")))
                .isEqualTo(application.warehouse.resolve("exports/2016-01-12.1"));
        assertThat(application.publisher().export(ReleaseId.of("2016-01-12.1")))
                .as("again")
                .exists();
        assertThat(application.exported()).containsExactly("2016-01-12.1", "current");
        assertThatThrownBy(() -> application.publisher().export(ReleaseId.of("2016-01-12.7")))
                .hasMessage("there is no release 2016-01-12.7; releases: [2016-01-12.1]");
    }

    @Test
    void laterNightDoesNotChangeWhatAnEarlierCandidatePublishes() throws Exception {
        MetricsResult first = application.candidate("2016-01-12.1", 5);
        application.candidate("2016-01-12.2", 9);

        application.release("2016-01-12.1", first);
        assertThat(application.seen()).containsExactly("2016-01-12.1 5");
    }
}

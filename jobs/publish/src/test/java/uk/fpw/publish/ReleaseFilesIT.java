package uk.fpw.publish;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import uk.fpw.layout.ReleaseId;
import uk.fpw.model.Model;
import uk.fpw.model.Models;
import uk.fpw.warehouse.ledger.Releases;
import uk.fpw.warehouse.release.ReleasePointer;
import uk.fpw.warehouse.run.FpwException;
import uk.fpw.warehouse.run.MetricsResult;
import uk.fpw.warehouse.testing.TestDatabase;

/** The files of a release: exports, pointer and data; the same with either database, so tested with one. */
class ReleaseFilesIT {

    @TempDir
    Path temp;

    private ReleaseTestApplication application;

    @BeforeEach
    void build() throws Exception {
        Path warehouse = Files.createDirectory(temp.resolve("warehouse"));
        TestDatabase database = TestDatabase.embedded(warehouse);
        application = new ReleaseTestApplication(ExampleCandidates.force(warehouse, database), database.password());
    }

    @AfterEach
    void close() {
        if (application != null) {
            application.close();
        }
    }

    @Test
    void csvHoldsEveryMartButTheRestricted() throws Exception {
        application.release("2016-01-12.1", application.fullCandidate("2016-01-12.1", 1, 1));

        Path folder = new ReleaseExport(
                        new Releases(application.dataSource), application.catalog, application.warehouse)
                .csv(ReleaseId.of("2016-01-12.1"), application.warehouse.resolve("for-excel"));

        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .containsExactlyInAnyOrderElementsOf(Models.all().stream()
                            .filter(model -> model.schema().equals("mart"))
                            .map(Model::name)
                            .filter(name -> !name.equals("case_milestone_open"))
                            .map(name -> name + ".csv")
                            .toList());
        }
    }

    @Test
    void martWithoutRowsIsReleasedWithoutAFile() throws Exception {
        ReleaseSummary summary = application.release("2016-01-12.1", 0);

        assertThat(summary.laterFailures()).isEmpty();
        assertThat(application.seen()).isEmpty();
        assertThat(application.warehouse.resolve("exports/current/queue_daily.parquet"))
                .doesNotExist();
        assertThat(Files.readString(application.warehouse.resolve("exports/current/README.md")))
                .contains("0 rows, one per queue, slice, slice_value, day; not in a file, since there is no row.");
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

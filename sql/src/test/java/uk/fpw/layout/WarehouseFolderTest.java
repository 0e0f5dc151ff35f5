package uk.fpw.layout;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("time-zone")
class WarehouseFolderTest {

    private final WarehouseFolder warehouse = new WarehouseFolder(Path.of("/var/town"));

    /** Installations, their backups and scripts rely on these paths; a change requires migrating every warehouse. */
    @Test
    void everyPlaceIsWhereEarlierVersionsLookForIt() {
        RunFolder run = warehouse.run(RunId.of("2016-01-12-20160113T020000-ab12"));
        ReleaseFolder release = warehouse.release(ReleaseId.of("2016-01-12.1"));
        assertThat(Stream.of(
                                warehouse.identityFile(),
                                warehouse.data(),
                                warehouse.feedHistory(),
                                warehouse.orphans(),
                                warehouse.scratch(),
                                warehouse.evidence(),
                                run.log(),
                                run.sparkLog(),
                                run.runFile(),
                                run.prepareFile(),
                                run.resultFile(),
                                run.examplesFile(),
                                run.sparkLocal(),
                                run.sparkWarehouse(),
                                run.auditLog(),
                                run.auditScratch(),
                                run.auditRunFile("audit"),
                                run.auditResultFile("audit"),
                                release.releaseFile(),
                                release.withdrawalMark(),
                                release.nameFile(),
                                warehouse.currentRelease(),
                                warehouse.export(ReleaseId.of("2016-01-12.1")),
                                warehouse.csvExport(ReleaseId.of("2016-01-12.1")),
                                warehouse.currentExport())
                        .map(place -> warehouse.path().relativize(place).toString()))
                .containsExactly(
                        "warehouse.json",
                        "data",
                        "feed_history.json",
                        "orphans",
                        "scratch",
                        "restricted-evidence",
                        "runs/2016-01-12-20160113T020000-ab12/fpw.log",
                        "runs/2016-01-12-20160113T020000-ab12/spark.log",
                        "runs/2016-01-12-20160113T020000-ab12/run.json",
                        "runs/2016-01-12-20160113T020000-ab12/prepare.json",
                        "runs/2016-01-12-20160113T020000-ab12/result.json",
                        "runs/2016-01-12-20160113T020000-ab12/examples.json",
                        "runs/2016-01-12-20160113T020000-ab12/spark-local",
                        "runs/2016-01-12-20160113T020000-ab12/spark-warehouse",
                        "runs/2016-01-12-20160113T020000-ab12/audit.log",
                        "runs/2016-01-12-20160113T020000-ab12/audit-scratch",
                        "runs/2016-01-12-20160113T020000-ab12/audit-run.json",
                        "runs/2016-01-12-20160113T020000-ab12/audit.json",
                        "releases/2016-01-12.1/release.json",
                        "releases/2016-01-12.1/withdrawn.json",
                        "releases/2016-01-12.1/name",
                        "releases/current",
                        "exports/2016-01-12.1",
                        "exports/2016-01-12.1/csv",
                        "exports/current");
    }

    @Test
    void runIsFoundByAFileOfIt() {
        RunFolder run = warehouse.run(RunId.of("2016-01-12-20160113T020000-ab12"));
        assertThat(RunFolder.of(run.resultFile())).isEqualTo(run);
    }

    @Test
    void embeddedDatabaseHasTheEndingThatH2AddsToItsPath() {
        Path file = EmbeddedDatabase.file("/var/town/catalog");
        assertThat(file).isEqualTo(Path.of("/var/town/catalog.mv.db"));
        assertThat(EmbeddedDatabase.name(file)).isEqualTo("catalog");
        assertThat(EmbeddedDatabase.lockFile(file)).isEqualTo(Path.of("/var/town/catalog.lock.db"));
    }
}

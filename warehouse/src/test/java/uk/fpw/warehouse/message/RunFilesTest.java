package uk.fpw.warehouse.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import uk.fpw.layout.KeyFormat;
import uk.fpw.layout.ReleaseId;
import uk.fpw.layout.RunId;
import uk.fpw.layout.WarehouseIdentity;
import uk.fpw.process.RunFiles;
import uk.fpw.warehouse.force.FrozenQueue;

@Tag("time-zone")
class RunFilesTest {

    private static final MetricsRequest RUN = new MetricsRequest(
            MetricsRequest.Task.COMPUTE,
            Path.of("/srv/our force"),
            LocalDate.of(2016, 1, 12),
            ReleaseId.of("2016-01-12.1"),
            RunId.of("2016-01-12-20160113T040000-0a1b"),
            new MetricsRequest.Storage(
                    Path.of("/var/a:b"),
                    new WarehouseIdentity(
                            UUID.fromString("6f3f8a3e-93c5-4b8f-8f0e-2c7f7b6a1d11"),
                            "town",
                            Path.of("/var/a:b"),
                            "data/6f3f8a3e",
                            KeyFormat.BASE32,
                            Instant.parse("2016-01-01T10:00:00.123456Z")),
                    17,
                    new MetricsRequest.Database("jdbc:h2:mem:town", "sa", "secret")),
            new MetricsRequest.Inputs(
                    Map.of("requests", LocalDate.of(2016, 1, 11)),
                    Map.of("waiting", new VersionChange(LocalDate.of(2016, 1, 2), 1)),
                    Map.of(
                            "waiting",
                            Map.of("service", new PresentationChange(LocalDate.of(2016, 1, 5), "working_days"))),
                    Map.of(
                            "changes/outsourcing",
                            new Declaration(LocalDate.of(2016, 1, 3), LocalDate.of(2016, 1, 4), "weeks", null)),
                    Map.of("waiting", 14),
                    new MetricsRequest.Released(
                            List.of("2016-01-11-20160112T040000-0a1b"), Map.of("requests", List.of("2016-01-10.0a1b"))),
                    Map.of("requests", LocalDate.of(2009, 1, 1)),
                    Map.of(
                            "waiting",
                            new FrozenQueue(
                                    LocalDate.of(2008, 4, 1),
                                    LocalDate.of(2009, 5, 1),
                                    "2016-01-10.1",
                                    List.of(new FrozenQueue.Series("kind", "phone"))))),
            Map.of("spark.sql.shuffle.partitions", "3"),
            Path.of("/var/a:b/runs/run-1/result.json"));

    @TempDir
    private Path folder;

    @Test
    void runFileIsReadAsItWasWrittenAndNobodyElseMayReadIt() throws Exception {
        Path file = folder.resolve("run.json");
        RunFiles.write(RUN, file);

        assertThat(RunFiles.read(file, MetricsRequest.class)).isEqualTo(RUN);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        assertThat(folder).isDirectoryContaining(file::equals).isDirectoryNotContaining("glob:**.tmp");
    }

    @Test
    void datesAndPathsAreTexts() throws Exception {
        Path file = folder.resolve("run.json");
        RunFiles.write(RUN, file);

        assertThat(Files.readString(file)).isEqualToNormalizingNewlines("""
            {
              "task" : "COMPUTE",
              "forceFolder" : "/srv/our force",
              "businessDate" : "2016-01-12",
              "releaseId" : "2016-01-12.1",
              "runId" : "2016-01-12-20160113T040000-0a1b",
              "storage" : {
                "warehouse" : "/var/a:b",
                "identity" : {
                  "id" : "6f3f8a3e-93c5-4b8f-8f0e-2c7f7b6a1d11",
                  "force" : "town",
                  "path" : "/var/a:b",
                  "data" : "data/6f3f8a3e",
                  "keyFormat" : "base32",
                  "createdAt" : "2016-01-01T10:00:00.123456Z"
                },
                "lockToken" : 17,
                "database" : {
                  "jdbcUrl" : "jdbc:h2:mem:town",
                  "jdbcUser" : "sa",
                  "jdbcPassword" : "secret"
                }
              },
              "inputs" : {
                "completeTo" : {
                  "requests" : "2016-01-11"
                },
                "versionChanges" : {
                  "waiting" : {
                    "since" : "2016-01-02",
                    "previousVersion" : 1
                  }
                },
                "presentationChanges" : {
                  "waiting" : {
                    "service" : {
                      "since" : "2016-01-05",
                      "before" : "working_days"
                    }
                  }
                },
                "declarations" : {
                  "changes/outsourcing" : {
                    "firstSeenOn" : "2016-01-03",
                    "changedOn" : "2016-01-04",
                    "changedFields" : "weeks",
                    "absentOn" : null
                  }
                },
                "settledAfterDays" : {
                  "waiting" : 14
                },
                "released" : {
                  "runs" : [ "2016-01-11-20160112T040000-0a1b" ],
                  "withdrawnLoads" : {
                    "requests" : [ "2016-01-10.0a1b" ]
                  }
                },
                "retainedFrom" : {
                  "requests" : "2009-01-01"
                },
                "frozen" : {
                  "waiting" : {
                    "from" : "2008-04-01",
                    "to" : "2009-05-01",
                    "releaseId" : "2016-01-10.1",
                    "series" : [ {
                      "slice" : "kind",
                      "sliceValue" : "phone"
                    } ]
                  }
                }
              },
              "sparkSettings" : {
                "spark.sql.shuffle.partitions" : "3"
              },
              "resultFile" : "/var/a:b/runs/run-1/result.json"
            }\
            """);
    }

    @Test
    void passwordIsInNoText() {
        assertThat(RUN.storage().toString()).doesNotContain("secret");
        assertThat(RUN.toString()).doesNotContain("secret");
    }

    @Test
    void runFileWithoutAFieldSaysWhich() throws Exception {
        Path file = folder.resolve("run.json");
        RunFiles.write(RUN, file);
        Files.writeString(file, Files.readString(file).replace("\"businessDate\"", "\"day\""));

        assertThatThrownBy(() -> RunFiles.read(file, MetricsRequest.class))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessage("cannot read " + file + ": businessDate: missing");
    }
}

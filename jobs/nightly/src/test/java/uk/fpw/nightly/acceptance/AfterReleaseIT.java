package uk.fpw.nightly.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import uk.fpw.layout.ReleaseFile;
import uk.fpw.layout.ReleaseId;
import uk.fpw.model.FigureDefinition;
import uk.fpw.nightly.CommandOutput;
import uk.fpw.warehouse.store.release.ReleaseFiles;

/**
 * Steps after the release may fail without undoing it; what no run needs any longer is deleted; and a release can be
 * examined again.
 */
@Tag("thorough")
class AfterReleaseIT {

    private static final LocalDate FIRST = KeptNights.FIRST;
    private static final LocalDate SECOND = FIRST.plusDays(1);
    private static final LocalDate THIRD = FIRST.plusDays(2);

    @TempDir
    private static Path folder;

    @Test
    void releaseWhosePointerCannotBeWrittenStandsAndTheNextNightCorrectsItAndClearsOldRunsAway() throws Exception {
        Installation fpw = Installation.here(folder);
        TrialForce force = KeptNights.first(fpw, Files.createDirectories(folder.resolve("trial")));
        force.drop(SECOND).drop(THIRD);
        String path = force.folder().toString();
        pretendRuns(force, 35);

        Path obstacle = Files.createDirectories(force.warehouse().resolve("releases/.current.tmp/in the way"));
        Installation.Outcome night = fpw.run("nightly", "--force", path, "--date", SECOND.toString());
        assertThat(night.exitCode()).as(night.toString()).isEqualTo(8);
        assertThat(night.err())
                .contains("fpw: the nightly run finished with problems (exit code 8): release 2025-03-02.1 was created "
                        + "and is current, but a later step failed: ")
                .contains("fpw: readers of the database see the new release; the log is ")
                .doesNotContain("\tat ");
        assertThat(fpw.succeed("status", "--force", path).out())
                .contains("Release: 2025-03-02.1, data as at 2025-03-02");
        assertThat(force.currentRelease()).isEqualTo("2025-03-01.1");

        Files.delete(obstacle);
        Files.delete(obstacle.getParent());
        Path settling = file(force, "mart.settling");
        Path aside = Files.move(settling, folder.resolve("settling.parquet"));
        Installation.Outcome next = fpw.run("nightly", "--force", path, "--date", THIRD.toString());
        Files.move(aside, settling);
        assertThat(next.exitCode()).as(next.toString()).isEqualTo(8);
        assertThat(next.out())
                .contains("the pointer file was behind the release of an interrupted run; corrected")
                .contains("  how long counts take to settle was not read from release 2025-03-02.1, so the days that "
                        + "queues declare apply: mart.settling of release 2025-03-02.1 cannot be read: ");
        assertThat(force.currentRelease()).isEqualTo("2025-03-03.1");
        // the latest 30 of 38 runs: the three nights and 27 of the fabricated ones
        assertThat(runFolders(force))
                .hasSize(30)
                .contains("2025-02-27-20250228T010034-0000")
                .doesNotContain("2025-02-27-20250228T010007-0000");

        saysWhetherAReleaseIsAsItWasReleased(fpw, force);
    }

    private static void saysWhetherAReleaseIsAsItWasReleased(Installation fpw, TrialForce force) throws Exception {
        String path = force.folder().toString();
        assertThat(fpw.succeed("verify", "--force", path).out())
                .startsWith("Release 2025-03-03.1, data as at the end of 2025-03-03: ")
                .containsPattern("\n  recounted from the events, every series: (\\d+) of \\1 comparisons are equal\n")
                .doesNotContain("not ");
        Installation.Outcome unknown = fpw.run("verify", "2025-03-09.1", "--force", path);
        assertThat(unknown.exitCode()).isEqualTo(2);
        assertThat(unknown.err())
                .isEqualTo("fpw: there is no release 2025-03-09.1; releases: [2025-03-03.1, 2025-03-02.1, "
                        + "2025-03-01.1]\n");

        Path description = ReleaseFiles.path(force.warehouse(), ReleaseId.of(FIRST + ".1"));
        Files.writeString(
                description,
                Files.readString(description)
                        .replaceFirst(",\\s*\"checksum\" : \"[0-9a-f]{8}\"", "")
                        .replaceAll("(?s),\\s*\"file_digests\" : \\[.*?]", "")
                        .replace(
                                "\"definition_digest\" : \"" + FigureDefinition.digest(),
                                "\"definition_digest\" : \"other"));
        JsonNode other = CommandOutput.of(
                "verify",
                fpw.succeed("verify", FIRST + ".1", "--force", path, "--format", "json")
                        .out());
        assertThat(other.get("is_sound").asBoolean()).isTrue();
        assertThat(other.get("comparison_count").isNull()).isTrue();
        assertThat(other.get("unavailable_reason").asText())
                .matches("not recounted: fpw \\S+, which created the release, uses other "
                        + "definitions than this version; verify it with that version too");

        Path changed = folder.resolve("changed.parquet");
        fpw.succeed(
                "query",
                "--force",
                path,
                "--release",
                "2025-03-02.1",
                "--format",
                "parquet",
                "--output",
                changed.toString(),
                "select * replace (waiting_count + 1 as waiting_count) from mart.queue_daily");
        Files.copy(changed, file(force, "mart.queue_daily"), StandardCopyOption.REPLACE_EXISTING);
        fpw.succeed("withdraw", "release", "2025-03-02.1", "--reason", "wrong file", "--force", path);
        Files.copy(
                file(force, "mart.queue_monthly"),
                file(force, "mart.queue_weekly"),
                StandardCopyOption.REPLACE_EXISTING);
        Files.delete(file(force, "mart.dim_slice"));
        Installation.Outcome wrong = fpw.run("verify", "2025-03-02.1", "--force", path);
        assertThat(wrong.exitCode()).as(wrong.toString()).isEqualTo(10);
        assertThat(wrong.out())
                .contains("  not recounted: this needs every table of the release\n")
                .contains("  not checked: ")
                .contains(
                        "  damaged: mart.queue_daily\n",
                        "  damaged: mart.queue_weekly\n",
                        "  damaged: mart.dim_slice\n");
        assertThat(wrong.err().lines())
                .startsWith(
                        "fpw: release 2025-03-02.1 was withdrawn by " + System.getProperty("user.name")
                                + ": wrong file. Do not use its figures",
                        "fpw: files of the warehouse are damaged:")
                .contains("  " + file(force, "mart.dim_slice") + ": it is missing")
                .anyMatch(line -> line.startsWith("  " + file(force, "mart.queue_daily") + ": it has "))
                .anyMatch(line -> line.startsWith("  " + file(force, "mart.queue_weekly") + ": it has "))
                .contains("Releases in which files are damaged: 2025-03-02.1; releases without these files: "
                        + "2025-03-01.1, 2025-03-03.1");
    }

    /** The only file of a table of the second night's release. */
    private static Path file(TrialForce force, String table) {
        ReleaseFile release = ReleaseFiles.read(force.warehouse(), ReleaseId.of(SECOND + ".1"));
        List<String> files = release.tables().stream()
                .filter(one -> one.name().equals(table))
                .findFirst()
                .orElseThrow()
                .files();
        assertThat(files).as(table).hasSize(1);
        return force.warehouse().resolve(files.get(0));
    }

    /** Fabricates runs of some minutes of a night long ago, each with its folder. */
    private static void pretendRuns(TrialForce force, int count) throws IOException, SQLException {
        String url = "jdbc:h2:file:" + force.warehouse().resolve("fpw")
                + ";MODE=PostgreSQL;DATABASE_TO_LOWER=TRUE;DEFAULT_NULL_ORDERING=HIGH;AUTO_SERVER=TRUE";
        try (Connection connection = DriverManager.getConnection(url, "fpw", "");
                PreparedStatement insert = connection.prepareStatement(
                        "insert into ops.night (run_id, business_date, started_at, status) values (?, date "
                                + "'2025-02-27', ?, 'failed')")) {
            for (int run = 0; run < count; run++) {
                String id = "2025-02-27-20250228T0100%02d-0000".formatted(run);
                insert.setString(1, id);
                insert.setObject(2, OffsetDateTime.of(2025, 2, 28, 1, 0, run, 0, ZoneOffset.UTC));
                insert.executeUpdate();
                Files.writeString(
                        Files.createDirectories(
                                        force.warehouse().resolve("runs").resolve(id))
                                .resolve("fpw.log"),
                        "");
            }
        }
    }

    private static List<String> runFolders(TrialForce force) throws IOException {
        try (Stream<Path> runs = Files.list(force.warehouse().resolve("runs"))) {
            return runs.map(run -> run.getFileName().toString()).sorted().toList();
        }
    }
}

package uk.fpw.nightly.run.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import uk.fpw.nightly.program.ProcessSupervisor;
import uk.fpw.nightly.program.ProgramStarter;
import uk.fpw.warehouse.failure.ExitCode;
import uk.fpw.warehouse.failure.FpwException;
import uk.fpw.warehouse.force.Force;

class PostgresProgramsTest {

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    @Test
    void urlIsWhatTheProgramsReadInTheirEnvironment() {
        assertThat(programs("jdbc:postgresql://db.example.police.uk/fpw?sslmode=verify-full&ApplicationName=x")
                        .environment())
                .containsEntry("PGHOST", "db.example.police.uk")
                .containsEntry("PGPORT", "5432")
                .containsEntry("PGDATABASE", "fpw")
                .containsEntry("PGUSER", "fpw_night")
                .containsEntry("PGSSLMODE", "verify-full")
                .doesNotContainValue("x");
        assertThat(programs("jdbc:postgresql://[::1]:5433,b/fpw?ssl=true").environment())
                .containsEntry("PGHOST", "::1,b")
                .containsEntry("PGPORT", "5433,5432")
                .containsEntry("PGSSLMODE", "verify-full");
    }

    @Test
    void databaseAndSecretsOfTheCallersEnvironmentAreNotUsed() throws Exception {
        program("env >&2; exit 3");
        assertThatThrownBy(() -> programs("jdbc:postgresql://localhost/fpw").dump("1", folder.resolve("dump")))
                .hasMessageContainingAll(
                        "HOME=/home/fpw", "PGHOST=localhost", "PGDATABASE=fpw", "PGPASSWORD=secret", "KRB5CCNAME=cache")
                .message()
                .doesNotContain("PGSERVICE", "other", "FPW_PSEUDONYM_KEY");
    }

    @Test
    void programThatIsMissingIsNamedWithTheRemedy() {
        assertThatThrownBy(() -> programs("jdbc:postgresql://localhost/fpw").dump("1", folder.resolve("dump")))
                .isInstanceOfSatisfying(FpwException.class, failed -> assertThat(failed.exitCode())
                        .isEqualTo(ExitCode.CONFIGURATION))
                .hasMessageStartingWith(folder.resolve("pg_dump") + " cannot be started (")
                .hasMessageEndingWith(
                        "; install PostgreSQL's client programs (Debian: postgresql-client), not older than "
                                + "the server, or set FPW_PG_BIN to the folder that has them");
    }

    @Test
    void programThatFailsIsQuoted() throws Exception {
        Path program = program("echo \"$PGPASSWORD $PGDATABASE $*\" >&2; exit 3");
        Path dump = folder.resolve("dump");
        assertThatThrownBy(() -> programs("jdbc:postgresql://localhost/fpw").dump("1", dump))
                .hasMessageStartingWith(program + " failed (3) with " + dump
                        + ": secret fpw --format=custom --no-password --snapshot=1\n");
    }

    private Path program(String script) throws IOException {
        Path program = Files.writeString(folder.resolve("pg_dump"), "#!/bin/sh\n" + script + "\n");
        Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwx------"));
        return program;
    }

    private PostgresPrograms programs(String url) {
        return new PostgresPrograms(
                new Force.Storage(folder.resolve("warehouse"), url, "fpw_night", "FPW_DATABASE_PASSWORD"),
                "secret",
                new ProcessSupervisor(
                        folder.resolve("lib"),
                        Map.of(
                                "FPW_PG_BIN", folder.toString(),
                                "HOME", "/home/fpw",
                                "KRB5CCNAME", "cache",
                                "FPW_PSEUDONYM_KEY", "0011",
                                "PGHOST", "other",
                                "PGSERVICE", "other",
                                "PGDATABASE", "other"),
                        ProgramStarter.PROCESSES));
    }
}

package uk.fpw.nightly;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import uk.fpw.warehouse.force.Force;

/** A force folder from elsewhere with an embedded database that contains code. */
class HostileDatabaseIT {

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    @SuppressWarnings("NullAway.Init")
    private Path mark;

    @SuppressWarnings("NullAway.Init")
    private Path written;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @BeforeEach
    void folderFromElsewhere() throws IOException, SQLException {
        folder = folder.toRealPath();
        mark = folder.resolve("mark");
        written = folder.resolve("written");
        assertThat(run("init", "force")).isZero();
        Path file = folder.resolve("force/force.yml");
        Files.writeString(file, Files.readString(file).replaceFirst("(?m)^  warehouse: .*$", "  warehouse: wh"));
        Path warehouse = Files.createDirectories(folder.resolve("force/wh"));
        try (Connection connection = DriverManager.getConnection(
                        Force.Storage.embedded(warehouse).jdbcUrl(), "else", "where");
                Statement statement = connection.createStatement()) {
            statement.execute("create table t (i int)");
            statement.execute(
                    "create trigger tr before insert on t as $$org.h2.api.Trigger create() throws Exception { new "
                            + "java.io.FileOutputStream(\""
                            + mark
                            + "\").close(); return new org.h2.api.Trigger() { public void fire(java.sql.Connection "
                            + "c, Object[] o, Object[] n) {} }; }$$");
            statement.execute("create schema ops");
            statement.execute("create view ops.warehouse as select file_write('x', '" + written
                    + "') as warehouse_id, 'kent' as force_code");
        }
        Files.delete(mark);
        Files.deleteIfExists(written);
    }

    /** User and password are both wrong, but that would not matter: the code runs before they are checked. */
    @Test
    void noCommandOpensIt() {
        for (List<String> command : List.of(
                List.of("status"),
                List.of("check", "--quick"),
                List.of("check", "--quick", "--date", "2026-11-23"),
                List.of("releases"),
                List.of("rejections"),
                List.of("relocate"),
                List.of("withdraw", "load", "x", "--reason", "none"),
                List.of("ingest", "devices", "--date", "2026-11-23"),
                List.of("nightly", "--date", "2026-11-23"))) {
            List<String> words = new ArrayList<>(command);
            words.addAll(List.of("--force", folder.resolve("force").toString()));
            assertThat(run(words.toArray(String[]::new)))
                    .as(command + ": " + text())
                    .isEqualTo(2);
            assertThat(text())
                    .as(command.toString())
                    .contains("the embedded database " + folder.resolve("force/wh/fpw.mv.db")
                            + " was not created here, and such a file can contain code that runs when it is "
                            + "opened. It was not opened.");
            assertThat(mark).as(command.toString()).doesNotExist();
            assertThat(written).as(command.toString()).doesNotExist();
        }
    }

    @Test
    void nightLeavesNothingBesideIt() {
        run(
                "nightly",
                "--date",
                "2026-11-23",
                "--force",
                folder.resolve("force").toString());
        assertThat(text()).contains("fpw: the embedded database ");
        assertThat(folder.resolve("force/wh"))
                .isDirectoryNotContaining(file -> !file.toString().matches(".*fpw\\.(mv|trace)\\.db"));
    }

    /** H2 takes such a file for the rest of an interrupted compaction. */
    @Test
    void fileThatH2WouldPutInItsPlaceIsNotOpenedEither() throws IOException {
        Path database = folder.resolve("force/wh/fpw.mv.db");
        Path successor = Files.move(database, folder.resolve("force/wh/fpw.mv.db.newFile"));
        assertThat(run(
                        "nightly",
                        "--date",
                        "2026-11-23",
                        "--force",
                        folder.resolve("force").toString()))
                .isEqualTo(2);
        assertThat(text())
                .contains("the file " + successor
                        + " would become the embedded database when it is opened, and such "
                        + "a file can contain code. It was not opened. Delete it");
        assertThat(mark).doesNotExist();
        assertThat(database).doesNotExist();
    }

    /** The code is there: whoever trusts such a file runs it. */
    @Test
    void codeRunsOnceSomebodyConfirmsIt() {
        String force = folder.resolve("force").toString();
        assertThat(run("trust", "--force", force)).isZero();
        assertThat(mark).doesNotExist();
        run("status", "--force", force);
        assertThat(mark).exists();
    }

    private String text() {
        return out.toString(StandardCharsets.UTF_8) + err.toString(StandardCharsets.UTF_8);
    }

    private int run(String... arguments) {
        out.reset();
        err.reset();
        return FpwHere.run(
                FpwHere.context(Map.of("FPW_PSEUDONYM_KEY", "00112233".repeat(8)), folder, Clock.systemUTC(), out, err),
                arguments);
    }
}

package uk.fpw.warehouse.privacy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import uk.fpw.warehouse.failure.ExitCode;
import uk.fpw.warehouse.failure.FpwException;
import uk.fpw.warehouse.force.connection.DatabaseUrl;

class TrustedDatabasesTest {

    private static final String NOT_OPENED =
            ", and such a file can contain code that runs when it is opened. It was not opened. If "
                    + "it came with a force folder from elsewhere, delete it. If it is your own (restored, copied, "
                    + "moved, or created by an earlier version of fpw), confirm it once: fpw trust";

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    @SuppressWarnings("NullAway.Init")
    private TrustedDatabases trusted;

    @SuppressWarnings("NullAway.Init")
    private Path database;

    @BeforeEach
    void nothingKnown() throws IOException {
        folder = folder.toRealPath();
        trusted = new TrustedDatabases(folder.resolve("state"));
        database = folder.resolve("fpw.mv.db");
    }

    @Test
    void databaseThatWasMadeHereIsKnownFromThenOn() throws IOException {
        made("1a2134972e2");
        trusted.add(database);
        // The rest of the content does not matter.
        Files.writeString(database, header("1a2134972e2") + "more");
        assertThatCode(() -> trusted.add(database)).doesNotThrowAnyException();
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve("state"))))
                .isEqualTo("rwx------");
    }

    @Test
    void databaseFromElsewhereIsNotOpenedUntilSomebodyConfirmsIt() throws IOException {
        Files.writeString(database, header("1a2134972e2"));
        assertThatThrownBy(() -> trusted.add(database))
                .isInstanceOfSatisfying(FpwException.class, failure -> assertThat(failure.exitCode())
                        .isEqualTo(ExitCode.CONFIGURATION))
                .hasMessage("the embedded database " + database + " was not created here" + NOT_OPENED);
        assertThat(trusted.trust(database)).isTrue();
        trusted.add(database);
        assertThat(trusted.trust(database)).isFalse();
    }

    @Test
    void anotherFileInItsPlaceIsNotKnown() throws IOException {
        made("1a2134972e2");
        Path kept = Files.move(database, folder.resolve("kept"));
        Files.writeString(database, header("1a2134972e2")); // as old as the first, but a different file
        assertThatThrownBy(() -> trusted.add(database))
                .hasMessage(
                        "the embedded database " + database + " is not the file that was created here" + NOT_OPENED);
        Files.move(kept, database, java.nio.file.StandardCopyOption.REPLACE_EXISTING);
        trusted.add(database);
        Files.writeString(database, header("1a2134972e3")); // the same file with another creation time
        assertThatThrownBy(() -> trusted.add(database)).hasMessageContaining("is not the file");
    }

    @Test
    void copyOnAnotherPathIsNotKnown() throws IOException {
        made("1a2134972e2");
        Path copy = Files.copy(database, folder.resolve("copy.mv.db"));
        assertThatThrownBy(() -> trusted.add(copy))
                .hasMessage("the embedded database " + copy + " was not created here" + NOT_OPENED);
    }

    /** Killed after creating the file and before recording it. */
    @Test
    void makingThatWasCutOffGoesOn() throws IOException {
        trusted.add(database);
        Files.writeString(database, header("1a2134972e2"));
        trusted.add(database);
        trusted.recordOpened(database);
        trusted.add(database);
    }

    @Test
    void databaseThatCouldNotBeMadeIsNotKnown() throws IOException {
        trusted.add(database);
        trusted.forgetNotCreated(database);
        Files.writeString(database, header("1a2134972e2"));
        assertThatThrownBy(() -> trusted.add(database)).hasMessageContaining(" was not created here");
    }

    @Test
    void folderIntoWhichOthersCanWriteSaysNothing() throws IOException {
        made("1a2134972e2");
        Path state = folder.resolve("state");
        Files.setPosixFilePermissions(state, PosixFilePermissions.fromString("rwxrwx---"));
        assertThatThrownBy(() -> trusted.add(database))
                .hasMessage("the folder " + state
                        + ", which lists the embedded databases created here, is writable by others (rwxrwx---, "
                        + Files.getOwner(state).getName() + "); restrict it (chmod 700 " + state
                        + "), or set FPW_STATE to a folder that only this user can write to");
    }

    /** H2 later changes the creation time in the file. */
    @Test
    void databaseThatTheClockWasSetBackBehindStaysKnown() throws IOException {
        made("7fffffffffff");

        trusted.add(database); // with the wrong clock
        trusted.recordOpened(database);
        trusted.add(database); // another process, before H2 has written the time
        Files.writeString(database, header("1a2134972e3"));
        trusted.add(database);
        trusted.recordOpened(database);

        trusted.add(database);
        Files.writeString(database, header("1a2134972e4"));
        assertThatThrownBy(() -> trusted.add(database)).hasMessageContaining("is not the file");
    }

    /** The lock keeps other processes out even if the lock file beside the database was deleted. */
    @Test
    void lockOfTheDatabaseOutlivesItsExamination() throws IOException, SQLException {
        trusted.add(database);
        String url = DatabaseUrl.opening("jdbc:h2:file:" + folder.resolve("fpw"));
        try (Connection opened = DriverManager.getConnection(url)) {
            assertThat(locks()).hasSize(1);

            trusted.recordOpened(database);
            trusted.add(database);

            assertThat(opened.isValid(1)).isTrue();
            assertThat(locks()).hasSize(1);
        }
        assertThat(locks()).isEmpty();
        trusted.add(database);
    }

    /** The locks of this process on the database file, as the system lists them. */
    private List<String> locks() throws IOException {
        String inode = ":" + Files.getAttribute(database, "unix:ino") + " ";
        String process = " " + ProcessHandle.current().pid() + " ";
        try (Stream<String> locks = Files.lines(Path.of("/proc/locks"))) {
            return locks.filter(lock -> lock.contains(inode) && lock.contains(process))
                    .toList();
        }
    }

    private void made(String moment) throws IOException {
        trusted.add(database);
        Files.writeString(database, header(moment));
        trusted.recordOpened(database);
    }

    private static String header(String moment) {
        return "H:2,block:6,blockSize:1000,chunk:c,clean:1,created:" + moment
                + ",format:3,version:c,fletcher:d2d0a3de\n";
    }
}

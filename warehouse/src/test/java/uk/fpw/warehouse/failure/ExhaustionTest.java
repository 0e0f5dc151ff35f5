package uk.fpw.warehouse.failure;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.SocketTimeoutException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExhaustionTest {

    @TempDir
    private Path folder;

    @Test
    void tooLittleMemoryIsASettingHoweverALibraryHidesIt() {
        for (Throwable failed : new Throwable[] {
            new IllegalStateException(new OutOfMemoryError("Java heap space")),
            new IllegalStateException(new SQLException("Out of memory.", "90108", 90108)),
            new IllegalStateException("General error: \"java.lang.OutOfMemoryError: Java heap space\"")
        }) {
            says(
                    failed,
                    ExitCode.CONFIGURATION,
                    "this program ran out of memory (heap of "
                            + (Runtime.getRuntime().maxMemory() >> 20)
                            + " MiB). Nothing was left incomplete. Give it more, such as FPW_JAVA_OPTS=-Xmx1g, then "
                            + "run again");
        }
    }

    @Test
    void tooFewOpenFilesAreASetting() {
        says(
                new UncheckedIOException(new FileSystemException("/srv/kent", null, "Too many open files")),
                ExitCode.CONFIGURATION,
                "this program has too many open files. Nothing was left incomplete. Raise the limit (ulimit -n 4096; "
                        + "for a service LimitNOFILE=4096), then run again");
    }

    @Test
    void readOnlyDiskIsNamed() {
        says(
                new UncheckedIOException(new FileSystemException("/srv/kent", null, "Read-only file system")),
                ExitCode.UNAVAILABLE,
                "a disk is read-only: /srv/kent: Read-only file system. Commands that read work; make it writable, "
                        + "then run again");
    }

    @Test
    void failingDiskIsNamed() {
        for (String reason : new String[] {"Input/output error", "Stale file handle", "Structure needs cleaning"}) {
            says(
                    new UncheckedIOException(new FileSystemException("/srv/kent/x.parquet", null, reason)),
                    ExitCode.UNAVAILABLE,
                    "a disk failed: /srv/kent/x.parquet: " + reason + ". Check it, or the network it is on; the "
                            + "system log has details. Then run again");
        }
        says(
                new IOException(
                        "/srv/kent/x.avro could not be synced: Input/output error",
                        new IOException("Input/output error")),
                ExitCode.UNAVAILABLE,
                "a disk failed: /srv/kent/x.avro could not be synced: Input/output error. Check it, or the network "
                        + "it is on; the system log has details. Then run again");
        says(
                new IllegalStateException(
                        "Could not sync file /srv/kent/fpw.mv.db", new IOException("Input/output error")),
                ExitCode.UNAVAILABLE,
                "a disk failed: Could not sync file /srv/kent/fpw.mv.db: Input/output error. Check it, or the "
                        + "network it is on; the system log has details. Then run again");
    }

    @Test
    void silentDatabaseIsNamedWithTheSetting() {
        says(
                new IllegalStateException(new SQLException(
                        "An I/O error occurred", "08006", new SocketTimeoutException("Read timed out"))),
                ExitCode.UNAVAILABLE,
                "the database of the warehouse does not respond: it did not answer in time (socketTimeout in the URL "
                        + "of the database, 90 seconds unless set; 30 times as long for migrations and the rows of a "
                        + "release). Check that it is running, then run again");
    }

    @Test
    void whatUndidNothingIsDescribedByItsCause() {
        assertThat(Exhaustion.describe(
                        new UncheckedIOException(
                                "cannot show the pages",
                                new FileSystemException("/srv/kent/site", null, "Input/output error")),
                        folder))
                .isEqualTo("a disk failed: /srv/kent/site: Input/output error. Check it, or the network it is on; "
                        + "the system log has details. Then run again");
        assertThat(Exhaustion.describe(new IllegalStateException("no such page"), folder))
                .isEqualTo("no such page");
    }

    @Test
    void anythingElseMayBeADefect() {
        assertThat(Exhaustion.causeOf(new IllegalStateException(new IOException("no such table")), folder))
                .isNull();
    }

    private void says(Throwable failed, ExitCode exitCode, String message) {
        FpwException found = Objects.requireNonNull(Exhaustion.causeOf(failed, folder));
        assertThat(found).hasMessage(message);
        assertThat(found.exitCode()).isEqualTo(exitCode);
    }
}

package uk.fpw.audit.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.file.Path;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which DuckDB errors are due to a lack of memory or disk space, and which remedy each error gets. */
class AuditExceptionTest {

    private static final String MORE_SPACE = "set FPW_AUDIT_MEMORY=4GB if the machine has it, or free space on the "
            + "disk of the warehouse, which takes what does not fit into memory";

    @TempDir
    private Path folder;

    /** A million texts of 64 characters, with nowhere to spill them to. */
    @Test
    void queryThatNeedsMoreMemoryIsOutOfSpace() {
        try (AuditSession session = AuditSession.open("Europe/London")) {
            session.limitMemory("32MB", folder.resolve("scratch").toString());
            session.execute("set max_temp_directory_size = '1MB'");

            assertOutOfSpace(
                    session,
                    "create table texts as select sha256(cast(number as varchar)) as text "
                            + "from range(1_000_000) as numbers (number)");
        }
    }

    /** On Linux, this device is always full. */
    @Test
    void fileThatCannotBeWrittenForWantOfRoomIsOutOfSpace() {
        try (AuditSession session = AuditSession.open("Europe/London")) {
            assertOutOfSpace(
                    session,
                    "copy (select range from range(1_000_000)) to '/dev/full' (format parquet, use_tmp_file false)");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Out of Memory Error: failed to offload data block of size 256.0 KiB (1.0 MiB/1.0 MiB used).",
                "IO Error: Could not write file \"/w/audit-scratch/duckdb_temp_storage_DEFAULT-0.tmp\": Disk quota "
                        + "exceeded",
                "IO Error: Cannot open file \"/w/f.parquet\": Cannot allocate memory",
                "std::bad_alloc",
            })
    void otherWordsForItAreKnown(String message) {
        AuditException failed = new AuditException(new SQLException(message), "select 1");

        assertThat(AuditException.kindOf(failed)).isEqualTo("not enough memory or disk space");
        assertThat(AuditException.remedyOf(failed)).isEqualTo(MORE_SPACE);
        assertThat(AuditException.lossOf(failed))
                .isEqualTo("since there was not enough memory or disk space to take them over; " + MORE_SPACE
                        + ", withdraw the release of this run, and run again");
    }

    @Test
    void otherErrorIsProbablyABug() {
        AuditException failed = new AuditException(
                new SQLException("Conversion Error: Could not convert string 'Ms Example' to INT32"), "select 1");

        assertThat(AuditException.kindOf(failed)).isEqualTo("Conversion Error");
        assertThat(AuditException.remedyOf(failed))
                .isEqualTo("this is probably a bug in the software: keep the folder of this run and report it");
        assertThat(AuditException.remedyOf(new IllegalStateException("Ms Example")))
                .isEqualTo("this is probably a bug in the software: keep the folder of this run and report it");
    }

    private static void assertOutOfSpace(AuditSession session, String sql) {
        AuditException failed = catchThrowableOfType(AuditException.class, () -> session.execute(sql));

        assertThat(failed).isNotNull();
        assertThat(failed.isOutOfSpace()).as(failed.getMessage()).isTrue();
    }
}

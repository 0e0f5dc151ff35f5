package uk.fpw.warehouse.store.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.iceberg.jdbc.UncheckedSQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Waiting for a connection to an embedded database that another process is opening or closing. */
class DatabaseTransitionTest {

    private static final Duration LONG = Duration.ofSeconds(20);

    @TempDir
    private Path folder;

    private final AtomicInteger attempts = new AtomicInteger();

    @Test
    void connectionIsOpenedAsSoonAsTheOthersAreDone() throws SQLException {
        try (Connection opened = DatabaseTransition.repeated(() -> refused(2, 90020), LONG)) {
            assertThat(opened.isValid(1)).isTrue();
            assertThat(attempts).hasValue(3);
        }
    }

    @Test
    void errorBehindThatOfTheCatalogCounts() throws SQLException {
        try (Connection opened = DatabaseTransition.repeated(
                () -> {
                    try {
                        return refused(1, 8000);
                    } catch (SQLException failed) {
                        throw new UncheckedSQLException(failed, "Failed to connect");
                    }
                },
                LONG)) {
            assertThat(opened.isValid(1)).isTrue();
        }
    }

    @Test
    void anotherErrorIsNotWaitedFor() {
        assertThatThrownBy(() -> DatabaseTransition.repeated(() -> refused(1, 28000), LONG))
                .isInstanceOf(SQLException.class);
        assertThat(attempts).hasValue(1);
    }

    @Test
    void waitHasAnEnd() {
        assertThatThrownBy(() -> DatabaseTransition.repeated(() -> refused(9, 90020), Duration.ofMillis(300)))
                .isInstanceOf(SQLException.class)
                .hasMessage("Locked by another process");
        assertThat(attempts).hasValueBetween(2, 3);
    }

    private Connection refused(int times, int code) throws SQLException {
        if (attempts.incrementAndGet() <= times) {
            throw new SQLException("Locked by another process", "90020", code);
        }
        return DriverManager.getConnection("jdbc:h2:file:" + folder.resolve("database"), "fpw", "");
    }
}

package uk.fpw.warehouse.failure;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.SocketTimeoutException;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;

class DatabaseErrorsTest {

    @Test
    void reasonIsALineThatASentenceCanContain() {
        assertThat(DatabaseErrors.reason(new SQLException("An I/O error occurred while sending to the backend.")))
                .isEqualTo("An I/O error occurred while sending to the backend");
        assertThat(DatabaseErrors.reason(new SQLException("ERROR: relation does not exist\n  Position: 15")))
                .isEqualTo("ERROR: relation does not exist");
    }

    @Test
    void silentServerIsNamedWithItsLimit() {
        assertThat(DatabaseErrors.reason(new SQLException("I/O error", new SocketTimeoutException("Read timed out"))))
                .isEqualTo("it did not answer in time (socketTimeout in the URL of the database, 90 seconds unless set;"
                        + " 30 times as long for migrations and the rows of a release)");
    }
}

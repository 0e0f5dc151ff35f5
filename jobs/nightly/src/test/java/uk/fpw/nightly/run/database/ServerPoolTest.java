package uk.fpw.nightly.run.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariConfig;
import java.sql.SQLTransientConnectionException;
import org.junit.jupiter.api.Test;
import uk.fpw.warehouse.force.connection.StorageTimeouts;

class ServerPoolTest {

    /** Otherwise each of a dozen later steps would wait 15 s for a stopped server. */
    @Test
    void serverThatRefusedConnectionsForTheWholeLimitIsWaitedForBriefly() {
        String url = "jdbc:postgresql://localhost:1/fpw";
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(url);
        config.setInitializationFailTimeout(-1);
        config.setConnectionTimeout(250);
        assertThat(StorageTimeouts.connectMillis(url)).isEqualTo(15_000);
        try (ServerPool pool = new ServerPool(config)) {
            assertThatThrownBy(pool::getConnection).isInstanceOf(SQLTransientConnectionException.class);
        }
        assertThat(StorageTimeouts.connectMillis(url)).isEqualTo(2000);
    }
}

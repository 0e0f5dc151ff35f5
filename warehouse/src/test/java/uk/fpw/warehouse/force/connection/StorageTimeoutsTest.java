package uk.fpw.warehouse.force.connection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import uk.fpw.warehouse.testing.StallingNetwork;

@Timeout(60)
class StorageTimeoutsTest {

    @Test
    void serverThatAcceptsAndSaysNothingIsNotWaitedForLong() throws Exception {
        try (StallingNetwork network = StallingNetwork.beforeNothing()) {
            assertThatThrownBy(() -> StorageTimeouts.connect(network.url("fpw?loginTimeout=1"), "fpw", ""))
                    .isInstanceOf(SQLException.class)
                    .hasMessage("Connection attempt timed out.");
            assertThatThrownBy(() -> StorageTimeouts.connect(network.url("fpw?socketTimeout=1"), "fpw", ""))
                    .isInstanceOf(SQLException.class)
                    .hasRootCauseInstanceOf(SocketTimeoutException.class);
        }
    }

    @Test
    void serverThatTakesNothingMoreIsNotWaitedForLong() throws Exception {
        try (ServerSocket server = new ServerSocket(0, 0, InetAddress.getLoopbackAddress());
                Socket socket = new BoundedWriting().createSocket()) {
            socket.connect(server.getLocalSocketAddress());
            socket.setSoTimeout(200);
            OutputStream out = socket.getOutputStream();

            assertThatThrownBy(() -> {
                        while (true) {
                            out.write(new byte[1 << 20]);
                        }
                    })
                    .isInstanceOf(SocketTimeoutException.class)
                    .hasMessage("Write timed out");
        }
    }

    @Test
    void embeddedDatabaseHasNoSettingsOfAServer() {
        assertThat(StorageTimeouts.driverSettings("jdbc:h2:file:/srv/fpw")).isEmpty();
    }
}

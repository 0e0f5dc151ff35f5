package uk.fpw.warehouse.force.connection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.Properties;
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
                Socket socket = new BoundedSockets(new Properties()).createSocket()) {
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
    void serverThatDidNotAnswerIsWaitedForBrieflyUntilItAnswers() throws Exception {
        try (ServerSocket server = new ServerSocket(0, 0, InetAddress.getLoopbackAddress())) {
            String url = "jdbc:postgresql://localhost:" + server.getLocalPort() + "/fpw";
            Properties settings = new Properties();
            settings.putAll(StorageTimeouts.driverSettings(url));
            settings.setProperty("connectTimeout", "1"); // as the URL may set it
            try (Socket first = connected(settings, server);
                    Socket second = connected(settings, server)) {
                Socket answering = server.accept();
                answering.getOutputStream().write("1".getBytes(StandardCharsets.US_ASCII));
                first.setSoTimeout(90_000);
                assertThat(first.getInputStream().read()).isEqualTo('1');
                assertThat(StorageTimeouts.connectMillis(url)).isEqualTo(15_000);

                // It has not responded to the second connection since that was opened.
                second.setSoTimeout(90_000);
                assertThatThrownBy(() -> second.getInputStream().read()).isInstanceOf(SocketTimeoutException.class);
                assertThat(StorageTimeouts.connectMillis(url + "?sslmode=require"))
                        .isEqualTo(2000);
                first.setSoTimeout(1000);
                assertThatThrownBy(() -> first.getInputStream().read()).isInstanceOf(SocketTimeoutException.class);

                // Nor to the first, which was already open.
                first.setSoTimeout(90_000);
                assertThatThrownBy(() -> first.getInputStream().read()).isInstanceOf(SocketTimeoutException.class);

                answering.getOutputStream().write("2".getBytes(StandardCharsets.US_ASCII));
                assertThat(first.getInputStream().read()).isEqualTo('2');
                assertThat(StorageTimeouts.connectMillis(url)).isEqualTo(15_000);
                assertThat(first.getSoTimeout()).isEqualTo(90_000);
            }
        }
    }

    private static Socket connected(Properties settings, ServerSocket server) throws IOException {
        Socket socket = new BoundedSockets(settings).createSocket();
        socket.connect(server.getLocalSocketAddress());
        return socket;
    }

    @Test
    void embeddedDatabaseHasNoSettingsOfAServer() {
        assertThat(StorageTimeouts.driverSettings("jdbc:h2:file:/srv/fpw")).isEmpty();
    }
}

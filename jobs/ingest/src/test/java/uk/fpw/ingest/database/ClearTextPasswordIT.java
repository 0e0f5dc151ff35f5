package uk.fpw.ingest.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import uk.fpw.warehouse.failure.FpwException;
import uk.fpw.warehouse.force.connection.SourceConnection;
import uk.fpw.warehouse.testing.SchemaDefaults;

/** A server that speaks just enough of PostgreSQL's protocol to ask for a clear-text password. */
class ClearTextPasswordIT {

    private static final int SSL_REQUEST = 80877103;
    private static final int GSS_REQUEST = 80877104;
    private static final int CLEAR_TEXT = 3;

    @Test
    void passwordIsNotGivenToAServerThatAsksForItItself() throws Exception {
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            CompletableFuture<Integer> sent = CompletableFuture.supplyAsync(() -> askForThePassword(server));
            SourceConnection.Database database = SchemaDefaults.database(
                    "dfu",
                    "jdbc:postgresql://127.0.0.1:" + server.getLocalPort() + "/dfu",
                    "reader",
                    "FPW_DFU_PASSWORD",
                    5000,
                    10);
            assertThatThrownBy(() -> SourceSession.open(
                            database, "s3cret", new SourceFailures(database, "s3cret", "table dfu.submission", null)))
                    .isInstanceOf(FpwException.class)
                    .hasMessageStartingWith("connection dfu: ");
            assertThat(sent.get()).as("what was sent after the question").isEqualTo(-1);
        }
    }

    /** Returns the first byte received after asking; -1 if the client hangs up. */
    private static int askForThePassword(ServerSocket server) {
        try (Socket client = server.accept();
                DataInputStream in = new DataInputStream(client.getInputStream());
                DataOutputStream out = new DataOutputStream(client.getOutputStream())) {
            while (true) {
                byte[] message = in.readNBytes(in.readInt() - Integer.BYTES);
                int code = java.nio.ByteBuffer.wrap(message).getInt();
                if (code != SSL_REQUEST && code != GSS_REQUEST) {
                    break;
                }
                out.write('N');
                out.flush();
            }
            out.write('R');
            out.writeInt(2 * Integer.BYTES);
            out.writeInt(CLEAR_TEXT);
            out.flush();
            return in.read();
        } catch (IOException failed) {
            throw new java.io.UncheckedIOException(failed);
        }
    }
}

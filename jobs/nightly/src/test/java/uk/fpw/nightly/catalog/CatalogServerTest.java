package uk.fpw.nightly.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import uk.fpw.warehouse.failure.FpwException;

/** What the server makes of requests, before the protocol. */
class CatalogServerTest {

    private static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();

    private final CatalogProtocol protocol = new CatalogProtocol(
            new CatalogViews(
                    () -> new CatalogView(null, new TreeMap<>()), () -> "", System::nanoTime, CatalogViews.LONGEST),
            null,
            problem -> {});

    private final CatalogServer server = CatalogServer.start(protocol, LOOPBACK, 0, null, null);

    @AfterEach
    void close() {
        server.close();
    }

    @Test
    void otherMachinesAreServedWithTlsAndATokenOnly() throws IOException {
        InetAddress everywhere = InetAddress.getByName("0.0.0.0");
        assertThatThrownBy(() -> CatalogServer.start(protocol, everywhere, 0, "t".repeat(32), null))
                .isInstanceOf(FpwException.class)
                .hasMessage("the catalog is served beyond this machine with TLS and a token only");
    }

    @Test
    void portThatIsTakenIsNamed() {
        assertThatThrownBy(() -> CatalogServer.start(protocol, LOOPBACK, server.port(), null, null))
                .isInstanceOf(FpwException.class)
                .hasMessageMatching("the catalog cannot be served at 127.0.0.1, port " + server.port()
                        + ": .*; choose another port with --port");
    }

    @Test
    void connectionIsUsedForManyRequests() throws IOException {
        String request = "GET /v1/config HTTP/1.1\r\nHost: localhost\r\n";
        assertThat(raw(server, (request + "\r\n").repeat(5) + request + "Connection: close\r\n\r\n")
                        .split("200 OK", -1))
                .hasSize(7);
    }

    @Test
    void pageOfABrowserThatLeadsToThisAddressIsRefused() throws IOException {
        assertThat(raw(server, "GET /v1/config HTTP/1.1\r\nHost: figures.example:80\r\nConnection: close\r\n\r\n"))
                .startsWith("HTTP/1.1 403 ");
        assertThat(raw(server, "GET /v1/config HTTP/1.1\r\nHost: LOCALHOST:80\r\nConnection: close\r\n\r\n"))
                .startsWith("HTTP/1.1 200 ");
        assertThat(raw(server, "GET /v1/config HTTP/1.0\r\n\r\n")).startsWith("HTTP/1.1 403 ");
    }

    @Test
    void requestsWithoutEndAreCutOff() throws Exception {
        String host = "Host: localhost\r\n";
        assertThat(raw(server, "GET /" + "a".repeat(5_000) + " HTTP/1.1\r\n" + host + "Connection: close\r\n\r\n"))
                .startsWith("HTTP/1.1 414 ");
        assertThat(raw(server, "GET /v1/config HTTP/1.1\r\n" + host + "A: " + "a".repeat(100_000) + "\r\n\r\n"))
                .doesNotContain("200 OK");
        String headers =
                IntStream.range(0, 100).mapToObj(i -> "A" + i + ": a\r\n").collect(Collectors.joining());
        assertThat(raw(server, "GET /v1/config HTTP/1.1\r\n" + host + headers + "\r\n"))
                .doesNotContain("200 OK");
        List<Socket> many = new ArrayList<>();
        try {
            for (int i = 0; i < 100; i++) {
                Socket socket = new Socket(LOOPBACK, server.port());
                many.add(socket);
                socket.getOutputStream().write("GET /v1/config HTTP/1.1\r\n".getBytes(StandardCharsets.US_ASCII));
            }
        } finally {
            for (Socket socket : many) {
                socket.close();
            }
        }
        // the server notices one after the other that they are closed
        String response = "";
        for (int i = 0; i < 100 && response.isEmpty(); i++) {
            Thread.sleep(100);
            response = raw(server, "GET /v1/config HTTP/1.1\r\n" + host + "Connection: close\r\n\r\n");
        }
        assertThat(response).startsWith("HTTP/1.1 200 ");
    }

    /** Everything that the server sends until it closes the connection. */
    private static String raw(CatalogServer server, String request) throws IOException {
        try (Socket socket = new Socket(LOOPBACK, server.port());
                InputStream in = socket.getInputStream()) {
            socket.setSoTimeout(30_000);
            StringBuilder received = new StringBuilder();
            try {
                socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
                received.append(new String(in.readAllBytes(), StandardCharsets.UTF_8));
            } catch (SocketException closedMeanwhile) {
                return received.toString();
            }
            return received.toString();
        }
    }
}

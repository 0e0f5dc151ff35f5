package uk.fpw.warehouse.testing;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;

/**
 * The network between clients and a database, such as a proxy, which can stall: connections stay open, new ones are
 * accepted, and nothing is passed on in either direction until it {@link #resume() resumes}.
 */
public final class StallingNetwork implements AutoCloseable {

    private final ServerSocket listening;
    private final String host;
    private final int port;
    private volatile CountDownLatch open = new CountDownLatch(0);
    private volatile @Nullable String stallsAt;

    private StallingNetwork(String host, int port) throws IOException {
        this.listening = new ServerSocket(0, 0, InetAddress.getLoopbackAddress());
        this.host = host;
        this.port = port;
        daemon(() -> {
            while (!listening.isClosed()) {
                connect(listening.accept());
            }
        });
    }

    /** In front of a database of PostgreSQL. */
    public static StallingNetwork before(TestDatabase database) throws IOException {
        URI server = URI.create(database.url().substring("jdbc:".length()));
        return new StallingNetwork(server.getHost(), server.getPort());
    }

    /** In front of a server that accepts every connection and says nothing; it is never passed on. */
    public static StallingNetwork beforeNothing() throws IOException {
        StallingNetwork network = new StallingNetwork("localhost", 1);
        network.stall();
        return network;
    }

    /** The database as clients of this network reach it, with settings of the driver: {@code socketTimeout=2}. */
    public TestDatabase of(TestDatabase database, String settings) {
        String name = database.url().substring(database.url().lastIndexOf('/') + 1);
        return new TestDatabase(url(name + "?" + settings), database.user(), database.password());
    }

    /** The URL of a database behind it. */
    public String url(String nameAndSettings) {
        return "jdbc:postgresql://localhost:" + listening.getLocalPort() + "/" + nameAndSettings;
    }

    /** Stalls now. */
    public void stall() {
        open = new CountDownLatch(1);
    }

    /** Stalls as soon as a client sends a text, which is not passed on any more. */
    public void stallAt(String text) {
        stallsAt = text;
    }

    /** Whether it stalls. */
    public boolean isStalled() {
        return open.getCount() > 0;
    }

    /** Passes everything on, also what has waited. */
    public void resume() {
        open.countDown();
    }

    private void connect(Socket client) {
        daemon(() -> {
            open.await();
            Socket database = new Socket(host, port);
            daemon(() -> pass(client, database, true));
            daemon(() -> pass(database, client, false));
        });
    }

    private void pass(Socket from, Socket to, boolean isRequest) throws Exception {
        try (from;
                to) {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            byte[] buffer = new byte[1 << 16];
            for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
                String text = stallsAt;
                if (isRequest
                        && text != null
                        && new String(buffer, 0, count, StandardCharsets.ISO_8859_1).contains(text)) {
                    stallsAt = null;
                    stall();
                }
                open.await();
                out.write(buffer, 0, count);
            }
        }
    }

    @Override
    public void close() throws IOException {
        resume();
        listening.close();
    }

    private interface Work {
        void run() throws Exception;
    }

    /** Ends with its connection, for any reason. */
    private static void daemon(Work work) {
        Thread thread = new Thread(
                () -> {
                    try {
                        work.run();
                    } catch (Exception ended) {
                        // One of the sockets was closed.
                    }
                },
                "network of a test");
        thread.setDaemon(true);
        thread.start();
    }
}

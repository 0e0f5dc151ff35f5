package uk.fpw.warehouse.testing;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;

/** The network between clients and a database, such as a proxy; tests decide what it passes on. */
public abstract class TestNetwork implements AutoCloseable {

    private final ServerSocket listening;
    private final String host;
    private final int port;

    /** A network in front of a server; accepts nothing before {@link #listen}. */
    protected TestNetwork(String host, int port) throws IOException {
        this.listening = new ServerSocket(0, 0, InetAddress.getLoopbackAddress());
        this.host = host;
        this.port = port;
    }

    /** Accepts connections from now on. */
    protected final void listen() {
        daemon(() -> {
            while (!listening.isClosed()) {
                Socket client = listening.accept();
                daemon(() -> connect(client));
            }
        });
    }

    /** Port on this machine for clients. */
    public final int port() {
        return listening.getLocalPort();
    }

    /** Called before connecting to the server for a client; may block. */
    protected void beforeConnecting() throws Exception {}

    /**
     * Called before bytes are passed on; may block.
     *
     * @return whether to pass them on; otherwise the connection is cut
     */
    protected abstract boolean passes(byte[] bytes, int count, boolean isRequest) throws Exception;

    private void connect(Socket client) throws Exception {
        beforeConnecting();
        Socket server = new Socket(host, port);
        daemon(() -> pass(client, server, true));
        daemon(() -> pass(server, client, false));
    }

    private void pass(Socket from, Socket to, boolean isRequest) throws Exception {
        try (from;
                to) {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            byte[] buffer = new byte[1 << 16];
            for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
                if (!passes(buffer, count, isRequest)) {
                    return;
                }
                out.write(buffer, 0, count);
            }
        }
    }

    @Override
    public void close() throws IOException {
        listening.close();
    }

    private interface Work {
        void run() throws Exception;
    }

    /** Ends when the connection ends, for whatever reason. */
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

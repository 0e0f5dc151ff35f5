package uk.fpw.warehouse.load;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/** The network between a client and a database: cuts the connection, once, instead of handing over an answer. */
final class CutConnection implements AutoCloseable {

    private final ServerSocket listening;
    private final String host;
    private final int port;
    private volatile @Nullable Callable<Boolean> cutsWhen;

    /** Listens at {@link #port} on this machine for connections to the database. */
    CutConnection(String host, int port) throws IOException {
        this.listening = new ServerSocket(0, 0, InetAddress.getLoopbackAddress());
        this.host = host;
        this.port = port;
        daemon(() -> {
            while (!listening.isClosed()) {
                connect(listening.accept());
            }
        });
    }

    int port() {
        return listening.getLocalPort();
    }

    /** Cuts the connection at the first answer for which that holds. */
    void cutWhen(Callable<Boolean> condition) {
        cutsWhen = condition;
    }

    /** Whether the connection was cut. */
    boolean isCut() {
        return cutsWhen == null;
    }

    private void connect(Socket client) throws IOException {
        Socket database = new Socket(host, port);
        daemon(() -> {
            try (client;
                    database) {
                client.getInputStream().transferTo(database.getOutputStream());
            }
        });
        daemon(() -> {
            try (client;
                    database) {
                answer(database.getInputStream(), client.getOutputStream());
            }
        });
    }

    private void answer(InputStream from, OutputStream to) throws Exception {
        byte[] buffer = new byte[1 << 16];
        for (int count = from.read(buffer); count >= 0; count = from.read(buffer)) {
            Callable<Boolean> condition = cutsWhen;
            if (condition != null && condition.call()) {
                cutsWhen = null;
                return;
            }
            to.write(buffer, 0, count);
        }
    }

    @Override
    public void close() throws IOException {
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

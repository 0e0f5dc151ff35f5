package uk.fpw.nightly.acceptance;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Stands before an object store, and for a while refuses every request with 503, as a store that is overloaded, or
 * always lists objects late.
 */
final class StoreRelay implements AutoCloseable {

    private static final byte[] REFUSAL =
            "HTTP/1.1 503 Service Unavailable\r\nConnection: close\r\nContent-Length: 0\r\n\r\n"
                    .getBytes(StandardCharsets.US_ASCII);

    private final ServerSocket server;
    private final int store;
    private final @Nullable LaggingListing listing;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final List<Closeable> open = new ArrayList<>();
    private final AtomicInteger refused = new AtomicInteger();
    private boolean isRefusing;

    /** Relays connections to a port of this machine. */
    StoreRelay(int store) throws IOException {
        this(store, null);
    }

    /** The same for a store that lists objects late. */
    StoreRelay(int store, @Nullable LaggingListing listing) throws IOException {
        this.store = store;
        this.listing = listing;
        this.server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        threads.execute(this::accept);
    }

    /** Its own port. */
    int port() {
        return server.getLocalPort();
    }

    /** Breaks off what is being answered, and refuses every request from now on. */
    synchronized void refuse() throws IOException {
        isRefusing = true;
        for (Closeable each : open) {
            each.close();
        }
        open.clear();
    }

    /** Answers again. */
    synchronized void answer() {
        isRefusing = false;
    }

    /** How many requests were refused. */
    int refused() {
        return refused.get();
    }

    private synchronized boolean keep(Socket client, Socket behind) {
        if (!isRefusing) {
            open.add(client);
            open.add(behind);
        }
        return !isRefusing;
    }

    private synchronized boolean isRefusing() {
        return isRefusing;
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket client = server.accept();
                threads.execute(() -> relay(client));
            } catch (SocketException closed) {
                return;
            } catch (IOException failed) {
                throw new UncheckedIOException(failed);
            }
        }
    }

    private void relay(Socket client) {
        try (client) {
            if (isRefusing()) {
                refuse(client);
                return;
            }
            try (Socket behind = new Socket(InetAddress.getLoopbackAddress(), store)) {
                if (!keep(client, behind)) {
                    return;
                }
                if (listing != null) {
                    listing.relay(client, behind, threads);
                } else {
                    threads.execute(() -> copy(behind, client));
                    copy(client, behind);
                }
            }
        } catch (IOException ended) {
            // the client asks again
        }
    }

    private void refuse(Socket client) throws IOException {
        if (!LaggingListing.head(client.getInputStream()).isEmpty()) {
            refused.incrementAndGet();
            client.getOutputStream().write(REFUSAL);
        }
    }

    static void copy(Socket from, Socket to) {
        try (from;
                to) {
            OutputStream target = to.getOutputStream();
            byte[] buffer = new byte[1 << 14];
            InputStream source = from.getInputStream();
            for (int count = source.read(buffer); count > 0; count = source.read(buffer)) {
                target.write(buffer, 0, count);
                target.flush();
            }
        } catch (IOException ended) {
            // one of both has closed its end
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
        refuse();
        threads.shutdownNow();
    }
}

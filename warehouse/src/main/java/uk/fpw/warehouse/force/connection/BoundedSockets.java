package uk.fpw.warehouse.force.connection;

import java.io.FilterInputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.SocketTimeoutException;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.apache.hadoop.net.StandardSocketFactory;

/**
 * Sockets for PostgreSQL's driver that limit how long a server is waited for. The driver instantiates the factory by
 * class name.
 * <ul>
 * <li>{@code SO_TIMEOUT} also limits writes, which Java's sockets do not do: a server suspended in the middle of a
 *     large {@code copy} stops reading, and the writer would wait for as long as it is suspended.
 * <li>After a timeout a server counts as silent for all connections of this process until it responds to one of them.
 *     Meanwhile it gets only {@value StorageTimeouts#SILENT_SECONDS} s for any response or, if only connecting timed
 *     out, for new connections. Otherwise each step of a run after its database has stalled (looking up a commit,
 *     recording the result, releasing the lock) would wait for the whole limit.
 * </ul>
 */
public final class BoundedSockets extends StandardSocketFactory {

    private static final int SILENT_MILLIS = StorageTimeouts.SILENT_SECONDS * 1000;

    /** Driver setting that identifies the server; any text. */
    static final String SERVER = "socketFactoryArg";

    /** Silent servers, by the value of that setting, and whether open connections are affected too. */
    private static final Map<String, Boolean> SILENT = new ConcurrentHashMap<>();

    private static final ScheduledThreadPoolExecutor LIMITS = new ScheduledThreadPoolExecutor(1, task -> {
        Thread thread = new Thread(task, "limits-of-writing");
        thread.setDaemon(true);
        return thread;
    });

    static {
        LIMITS.setRemoveOnCancelPolicy(true);
    }

    private final String server;

    /** Only a wait of this length without a response makes a server silent; shorter ones just probe it. */
    private final int limitMillis;

    /** Sockets for connections with these driver settings. */
    public BoundedSockets(Properties settings) {
        server = settings.getProperty(SERVER, "");
        int connect = millis(settings, "connectTimeout");
        int answer = millis(settings, "socketTimeout");
        limitMillis = connect == 0 || answer == 0 ? Math.max(connect, answer) : Math.min(connect, answer);
    }

    private static int millis(Properties settings, String name) {
        String seconds = settings.getProperty(name, "");
        return seconds.matches("[0-9]{1,6}") ? 1000 * Integer.parseInt(seconds) : 0;
    }

    /** Whether a server has timed out and not responded since. */
    static boolean isSilent(String server) {
        return SILENT.containsKey(server);
    }

    /** Marks a server as silent to new connections and, optionally, to open ones, until it responds. */
    static void recordSilent(String server, boolean isToOpenOnes) {
        SILENT.merge(server, isToOpenOnes, Boolean::logicalOr);
    }

    @Override
    public Socket createSocket() {
        return new Bounded();
    }

    private final class Bounded extends Socket {

        private volatile boolean isAbandoned;
        private volatile boolean hasAnswered;

        @Override
        public void connect(SocketAddress address, int millis) throws IOException {
            int limit = limit(millis);
            try {
                super.connect(address, limit);
            } catch (SocketTimeoutException late) {
                throw silent(late, limit);
            }
        }

        @Override
        public InputStream getInputStream() throws IOException {
            return new FilterInputStream(super.getInputStream()) {

                @Override
                public int read() throws IOException {
                    byte[] one = new byte[1];
                    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
                }

                @Override
                public int read(byte[] bytes, int from, int count) throws IOException {
                    int millis = getSoTimeout();
                    int limit = limit(millis);
                    if (limit != millis) {
                        setSoTimeout(limit);
                    }
                    try {
                        int received = in.read(bytes, from, count);
                        if (received > 0) {
                            hasAnswered = true;
                            SILENT.remove(server);
                        }
                        return received;
                    } catch (SocketTimeoutException late) {
                        throw silent(late, limit);
                    } finally {
                        if (limit != millis && !isClosed()) {
                            setSoTimeout(millis);
                        }
                    }
                }
            };
        }

        @Override
        public OutputStream getOutputStream() throws IOException {
            return new FilterOutputStream(super.getOutputStream()) {

                @Override
                public void write(int value) throws IOException {
                    write(new byte[] {(byte) value}, 0, 1);
                }

                @Override
                public void write(byte[] bytes, int from, int count) throws IOException {
                    int limit = limit(getSoTimeout());
                    if (limit == 0) {
                        out.write(bytes, from, count);
                        return;
                    }
                    Future<?> abandonment = LIMITS.schedule(Bounded.this::abandon, limit, TimeUnit.MILLISECONDS);
                    try {
                        out.write(bytes, from, count);
                    } catch (IOException failed) {
                        if (isAbandoned) {
                            SocketTimeoutException late = new SocketTimeoutException("Write timed out");
                            late.initCause(failed);
                            throw silent(late, limit);
                        }
                        throw failed;
                    } finally {
                        abandonment.cancel(false);
                    }
                }
            };
        }

        /** The timeout to use in place of the given one in milliseconds; 0 means no limit. */
        private int limit(int millis) {
            Boolean isToAll = SILENT.get(server);
            boolean isSilent = isToAll != null && (isToAll || !hasAnswered);
            int most = isSilent ? SILENT_MILLIS : hasAnswered ? 0 : limitMillis;
            return most == 0 || (millis > 0 && millis < most) ? millis : most;
        }

        private SocketTimeoutException silent(SocketTimeoutException late, int waitedMillis) {
            if (limitMillis > 0 && waitedMillis >= limitMillis) {
                recordSilent(server, hasAnswered);
            }
            return late;
        }

        private void abandon() {
            isAbandoned = true;
            try {
                close();
            } catch (IOException ignored) {
                // The writer finds the socket closed.
            }
        }
    }
}

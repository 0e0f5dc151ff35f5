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
 * Sockets of PostgreSQL's driver, which makes the factory by its name, that do not wait for a server longer than need
 * be.
 *
 * <ul>
 *   <li>{@code SO_TIMEOUT} bounds writing too, which Java's sockets do not: a server that is suspended in the middle of
 *       a large {@code copy} takes nothing more, and would be waited for as long as it is suspended.
 *   <li>A server that has not answered within its limit counts as silent for all connections of this process, until
 *       it answers one of them: it is given {@value StorageTimeouts#SILENT_SECONDS} s for anything; if only new
 *       connections were not answered, for these. What a run does after its database has stalled (looking up a commit,
 *       recording how it ended, giving back the lock) would else wait the whole limit each time.
 * </ul>
 */
public final class BoundedSockets extends StandardSocketFactory {

    private static final int SILENT_MILLIS = StorageTimeouts.SILENT_SECONDS * 1000;

    /** The driver's setting that names the server: any text. */
    static final String SERVER = "socketFactoryArg";

    /** Servers, as that setting names them, and whether they are silent to open connections, too. */
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

    /** So long a wait for nothing makes a server silent; shorter ones only try whether it still answers. */
    private final int limitMillis;

    /** For connections with these settings of the driver. */
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

    /** Whether a server has not answered within its limit, nor since. */
    static boolean isSilent(String server) {
        return SILENT.containsKey(server);
    }

    /** Lets a server count as silent to new connections, and to open ones, until it answers. */
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

        /** How long to wait where that many milliseconds are allowed; 0 is for ever. */
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
                // Whoever writes finds it closed.
            }
        }
    }
}

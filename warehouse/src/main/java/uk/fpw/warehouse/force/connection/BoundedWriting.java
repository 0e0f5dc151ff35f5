package uk.fpw.warehouse.force.connection;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.apache.hadoop.net.StandardSocketFactory;

/**
 * Sockets whose {@code SO_TIMEOUT} bounds writing too, which Java's do not: a server that is suspended in the middle of
 * a large {@code copy} takes nothing more, and would be waited for as long as it is suspended. PostgreSQL's driver
 * makes it by its name.
 */
public final class BoundedWriting extends StandardSocketFactory {

    private static final ScheduledThreadPoolExecutor LIMITS = new ScheduledThreadPoolExecutor(1, task -> {
        Thread thread = new Thread(task, "limits-of-writing");
        thread.setDaemon(true);
        return thread;
    });

    static {
        LIMITS.setRemoveOnCancelPolicy(true);
    }

    @Override
    public Socket createSocket() {
        return new Bounded();
    }

    private static final class Bounded extends Socket {

        private volatile boolean isAbandoned;

        @Override
        public OutputStream getOutputStream() throws IOException {
            return new FilterOutputStream(super.getOutputStream()) {

                @Override
                public void write(int value) throws IOException {
                    write(new byte[] {(byte) value}, 0, 1);
                }

                @Override
                public void write(byte[] bytes, int from, int count) throws IOException {
                    int millis = getSoTimeout();
                    if (millis == 0) {
                        out.write(bytes, from, count);
                        return;
                    }
                    Future<?> limit = LIMITS.schedule(Bounded.this::abandon, millis, TimeUnit.MILLISECONDS);
                    try {
                        out.write(bytes, from, count);
                    } catch (IOException failed) {
                        if (isAbandoned) {
                            SocketTimeoutException late = new SocketTimeoutException("Write timed out");
                            late.initCause(failed);
                            throw late;
                        }
                        throw failed;
                    } finally {
                        limit.cancel(false);
                    }
                }
            };
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

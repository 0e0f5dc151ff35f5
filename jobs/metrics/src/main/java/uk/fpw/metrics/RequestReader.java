package uk.fpw.metrics;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * The run files requested by the parent, one path per line. The end of the stream means the end of the work between
 * requests, and the death of the parent during one.
 */
final class RequestReader {

    private static final int ABANDONED = 1;

    private final BlockingQueue<Optional<Path>> queue = new LinkedBlockingQueue<>();
    private final AtomicInteger open = new AtomicInteger();

    private RequestReader() {}

    static RequestReader read(InputStream input) {
        return read(input, () -> Runtime.getRuntime().halt(ABANDONED));
    }

    static RequestReader read(InputStream input, Runnable whenAbandoned) {
        RequestReader requests = new RequestReader();
        Thread reader = new Thread(
                () -> {
                    requests.readToItsEnd(input);
                    if (requests.open.get() > 0) {
                        whenAbandoned.run();
                    }
                    requests.queue.add(Optional.empty());
                },
                "parent-watch");
        reader.setDaemon(true);
        reader.start();
        return requests;
    }

    /** Waits for the next run file; null if there will be none. */
    @Nullable
    Path next() {
        try {
            return queue.take().orElse(null);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return null;
        }
    }

    /** Reports that the run file of the latest {@link #next} is processed. */
    void markAnswered() {
        open.decrementAndGet();
    }

    private void readToItsEnd(InputStream input) {
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(input, StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                open.incrementAndGet();
                queue.add(Optional.of(Path.of(line)));
            }
        } catch (IOException broken) {
            // A broken pipe is an end, too.
        }
    }
}

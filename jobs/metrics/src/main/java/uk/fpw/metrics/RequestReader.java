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
 * Reads the run files requested by the parent, one path per line. The end of the stream ends the process: normally
 * between two requests; during one, it means that the parent has died.
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

    /** Waits for the next run file; null at the end of the stream. */
    @Nullable
    Path next() {
        try {
            return queue.take().orElse(null);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return null;
        }
    }

    /** Reports that the latest run file has been processed. */
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
            // a broken pipe is the end of the stream, too
        }
    }
}

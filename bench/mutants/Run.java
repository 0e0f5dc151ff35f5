import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A JVM with tests. */
final class Run {
    private final Process process;
    private final Path begun;
    final Path log;
    private Duration processor = Duration.ZERO;

    Run(Process process, Path begun, Path log) {
        this.process = process;
        this.begun = begun;
        this.log = log;
    }

    /** Waits for its end. Stops it and returns false when it exceeds a processor time or a time since its start. */
    boolean await(Duration mostProcessor, Duration most) throws IOException, InterruptedException {
        Instant since = null;
        while (!process.waitFor(300, TimeUnit.MILLISECONDS)) {
            // the command may have to wait for its turn first
            if (since == null && Files.exists(begun)) {
                since = Instant.now();
            }
            if (since == null) {
                continue;
            }
            processor = Stream.concat(Stream.of(process.toHandle()), process.descendants())
                    .map(each -> each.info().totalCpuDuration().orElse(Duration.ZERO))
                    .reduce(Duration.ZERO, Duration::plus);
            if (processor.compareTo(mostProcessor) > 0
                    || Duration.between(since, Instant.now()).compareTo(most) > 0) {
                List<ProcessHandle> all = process.descendants().toList();
                process.destroyForcibly();
                all.forEach(ProcessHandle::destroyForcibly);
                process.waitFor();
                return false;
            }
        }
        return true;
    }

    double processorSeconds() {
        return processor.toMillis() / 1000.0;
    }

    String lastClass() throws IOException {
        return last()[1];
    }

    String lastTier() throws IOException {
        return last()[0];
    }

    private String[] last() throws IOException {
        List<String> lines = Files.exists(begun) ? Files.readAllLines(begun) : List.of();
        return lines.isEmpty()
                ? new String[] {"", ""}
                : lines.get(lines.size() - 1).split("\t", -1);
    }
}

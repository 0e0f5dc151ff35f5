package uk.fpw.metrics;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import uk.fpw.warehouse.message.MetricsResult.Timing;

/** Reports progress on standard output, and records how long each part took. Thread-safe. */
final class MetricsProgress {

    private final PrintStream out;
    private final LongSupplier nanos;
    private final List<Timing> timings = new ArrayList<>();

    /** @param nanos a monotonic clock in nanoseconds, such as {@code System::nanoTime} */
    MetricsProgress(PrintStream out, LongSupplier nanos) {
        this.out = out;
        this.nanos = nanos;
    }

    /** Runs and times one part of the work, even if it fails. */
    <T> T time(String part, Supplier<T> work) {
        long start = nanos.getAsLong();
        try {
            return work.get();
        } finally {
            add(new Timing(part, (nanos.getAsLong() - start) / 1_000_000));
        }
    }

    /**
     * Reports that a table was written, with the time of the part of the same name: {@code metrics: mart.queue_daily
     * 13,572 rows 1.2 s}.
     */
    void table(String name, long rows) {
        out.printf(Locale.ROOT, "metrics: %s %,d rows %.1f s%n", name, rows, seconds(name));
        out.flush();
    }

    /** Reports that a part without rows is done. */
    void done(String part, String what) {
        out.printf(Locale.ROOT, "metrics: %s %.1f s%n", what, seconds(part));
        out.flush();
    }

    synchronized List<Timing> timings() {
        return List.copyOf(timings);
    }

    /** Records the time of another part of the run. */
    synchronized void add(Timing timing) {
        timings.add(timing);
    }

    private synchronized double seconds(String part) {
        return timings.stream()
                        .filter(timing -> timing.part().equals(part))
                        .mapToLong(Timing::millis)
                        .sum()
                / 1000.0;
    }
}

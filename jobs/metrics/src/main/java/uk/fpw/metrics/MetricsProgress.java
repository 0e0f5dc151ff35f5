package uk.fpw.metrics;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import uk.fpw.warehouse.message.MetricsResult.Timing;

/** Says on standard output how the work goes, and remembers where the seconds went. Safe for use by several threads. */
final class MetricsProgress {

    private final PrintStream out;
    private final LongSupplier nanos;
    private final List<Timing> timings = new ArrayList<>();

    /**
     * Starts with nothing done.
     *
     * @param nanos a clock of nanoseconds that never runs backwards, such as {@code System::nanoTime}
     */
    MetricsProgress(PrintStream out, LongSupplier nanos) {
        this.out = out;
        this.nanos = nanos;
    }

    /** Does one part of the work and times it, also if it fails. */
    <T> T time(String part, Supplier<T> work) {
        long start = nanos.getAsLong();
        try {
            return work.get();
        } finally {
            add(new Timing(part, (nanos.getAsLong() - start) / 1_000_000));
        }
    }

    /**
     * Says that a table was written: {@code metrics: mart.queue_daily 13,572 rows 1.2 s}. The time is that of the part
     * of the same name.
     */
    void table(String name, long rows) {
        out.printf(Locale.ROOT, "metrics: %s %,d rows %.1f s%n", name, rows, seconds(name));
        out.flush();
    }

    /** Logs that a part without rows is done. */
    void done(String part, String what) {
        out.printf(Locale.ROOT, "metrics: %s %.1f s%n", what, seconds(part));
        out.flush();
    }

    synchronized List<Timing> timings() {
        return List.copyOf(timings);
    }

    /** Remembers what another part of the run took. */
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

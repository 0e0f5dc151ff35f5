package uk.fpw.ingest;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** Reads ranges at once, the first in the calling thread and each other one in a thread of its own. If one fails the others are cancelled, and its failure is that of all. */
final class RangeThreads {

    private final List<RangeReading> ranges;
    private final AtomicReference<@Nullable Throwable> first = new AtomicReference<>();

    private RangeThreads(List<RangeReading> ranges) {
        this.ranges = ranges;
    }

    /** Reads all ranges to their ends. When it returns or throws, no thread reads any more. */
    static void readAll(List<RangeReading> ranges) {
        if (ranges.size() == 1) {
            ranges.get(0).run();
        } else {
            new RangeThreads(ranges).read();
        }
    }

    private void read() {
        List<Thread> threads = new ArrayList<>();
        for (RangeReading range : ranges.subList(1, ranges.size())) {
            Thread thread = new Thread(() -> read(range), "read-range-" + (threads.size() + 2));
            thread.setDaemon(true);
            thread.start();
            threads.add(thread);
        }
        read(ranges.get(0));
        threads.forEach(this::await);
        Throwable failed = first.get();
        if (failed instanceof Error error) {
            throw error;
        }
        if (failed != null) {
            throw (RuntimeException) failed;
        }
    }

    private void read(RangeReading range) {
        try {
            range.run();
        } catch (RuntimeException | Error failed) {
            fail(range, failed);
        }
    }

    private void fail(RangeReading range, Throwable failed) {
        if (first.compareAndSet(null, failed)) {
            ranges.stream().filter(other -> other != range).forEach(RangeReading::cancel);
            return;
        }
        Throwable known = first.get();
        if (known != null && known != failed) {
            known.addSuppressed(failed);
        }
    }

    /** Waits without being interrupted: a thread that still reads uses what its caller would close. */
    private void await(Thread thread) {
        boolean isInterrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException interrupted) {
                isInterrupted = true;
                ranges.forEach(RangeReading::cancel);
            }
        }
        if (isInterrupted) {
            Thread.currentThread().interrupt();
        }
    }
}

package uk.fpw.warehouse.testing;

import java.time.LocalDate;
import java.util.List;
import uk.fpw.warehouse.force.queue.Queue;
import uk.fpw.warehouse.force.queue.Service;

/** Queues for tests that use only one or two of their settings. */
public final class TestQueues {

    private TestQueues() {}

    /** Version 2 of the queue {@code waiting}, without stages, standards and slices. */
    public static Queue waiting(int provisionalDays) {
        return new Queue(
                "waiting",
                2,
                "Waiting",
                "What waits.",
                "request",
                "requests",
                List.of("opened"),
                List.of(),
                List.of(new Queue.Exit("closed", "closed", true)),
                List.of(),
                List.of(),
                null,
                LocalDate.of(1990, 1, 1),
                provisionalDays,
                List.of(30),
                null,
                null,
                true,
                Service.WORKING_DAYS,
                null,
                null,
                0.05,
                List.of(),
                List.of(),
                SchemaDefaults.queueLimits());
    }
}

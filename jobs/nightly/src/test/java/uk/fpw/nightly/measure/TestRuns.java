package uk.fpw.nightly.measure;

import java.time.Instant;
import java.time.LocalDate;
import uk.fpw.layout.RunId;
import uk.fpw.warehouse.store.ledger.RunLedger;

/** Runs of one night each. */
public final class TestRuns {

    /** Business date of the newest night. */
    public static final LocalDate DAY = LocalDate.of(2026, 11, 23);

    private TestRuns() {}

    /** The run of a night so many days before the newest. */
    public static RunLedger.Run of(int daysAgo, String status) {
        Instant began = Instant.parse("2026-11-24T02:00:00Z").minusSeconds(86_400L * daysAgo);
        return new RunLedger.Run(
                RunId.of(DAY.minusDays(daysAgo), began, daysAgo),
                DAY.minusDays(daysAgo),
                began,
                null,
                status,
                0,
                null,
                null);
    }
}

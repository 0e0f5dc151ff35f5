package uk.fpw.generator;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One domestic-abuse case: received, and looked at for the first time or closed without. Its system records
 * immediately.
 */
final class Referral {

    final String ref;

    /** {@code high}, {@code medium} or {@code standard}. */
    final String risk;

    final Instant receivedAt;

    @Nullable
    Instant lookedAt;

    @Nullable
    Instant closedUnseenAt;

    /** Whether the system records that it was reviewed before it was received; excluded from then on. */
    boolean isLookedAtTooEarly;

    boolean isRiskMissing;

    /** Entered twice by error, and gone from the table at this moment. */
    @Nullable
    Instant removedAt;

    Referral(String ref, String risk, Instant receivedAt) {
        this.ref = ref;
        this.risk = risk;
        this.receivedAt = receivedAt;
    }
}

package uk.fpw.generator;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One domestic-abuse case: received, and looked at for the first time or closed without. Its system records at once.
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

    /** Whether the system says that it was looked at before it was received; excluded as soon as it says so. */
    boolean isLookedAtTooEarly;

    boolean isRiskMissing;

    /** Entered twice by mistake, and gone from the table at this moment. */
    @Nullable
    Instant removedAt;

    Referral(String ref, String risk, Instant receivedAt) {
        this.ref = ref;
        this.risk = risk;
        this.receivedAt = receivedAt;
    }
}

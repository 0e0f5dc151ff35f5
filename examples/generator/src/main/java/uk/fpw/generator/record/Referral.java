package uk.fpw.generator.record;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One domestic-abuse case: received, and looked at for the first time or closed without. Its system records
 * immediately.
 */
public final class Referral {

    /** Its reference. */
    public final String ref;

    /** {@code high}, {@code medium} or {@code standard}. */
    public final String risk;

    /** When it was received. */
    public final Instant receivedAt;

    /** When somebody looked at it; null if nobody has. */
    @Nullable
    public Instant lookedAt;

    /** When it was closed without that; null if it was not. */
    @Nullable
    public Instant closedUnseenAt;

    /** Whether the system records that it was reviewed before it was received; excluded from then on. */
    public boolean isLookedAtTooEarly;

    /** Whether its risk is not recorded. */
    public boolean isRiskMissing;

    /** Entered twice by error, and gone from the table at this moment. */
    @Nullable
    public Instant removedAt;

    /** A referral that was received. */
    public Referral(String ref, String risk, Instant receivedAt) {
        this.ref = ref;
        this.risk = risk;
        this.receivedAt = receivedAt;
    }
}

package uk.fpw.generator.record;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One domestic-abuse case: received, then looked at for the first time or closed unseen. Its system records
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

    /** When it was closed unseen; null if it was not. */
    @Nullable
    public Instant closedUnseenAt;

    /** Whether the system records a first look before it was received; excluded from then on. */
    public boolean isLookedAtTooEarly;

    /** Whether its risk is not recorded. */
    public boolean isRiskMissing;

    /** When a row that was entered twice by mistake disappears from the table; null otherwise. */
    @Nullable
    public Instant removedAt;

    /** Creates a received referral. */
    public Referral(String ref, String risk, Instant receivedAt) {
        this.ref = ref;
        this.risk = risk;
        this.receivedAt = receivedAt;
    }
}

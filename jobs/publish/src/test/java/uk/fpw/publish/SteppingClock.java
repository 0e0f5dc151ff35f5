package uk.fpw.publish;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

/** A clock on which every reading is a second later than the last. */
final class SteppingClock extends Clock {

    private Instant next;

    SteppingClock(Instant first) {
        this.next = first;
    }

    @Override
    public Instant instant() {
        Instant now = next;
        next = now.plusSeconds(1);
        return now;
    }

    @Override
    public ZoneId getZone() {
        return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
        return this;
    }
}

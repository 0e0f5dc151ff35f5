package uk.fpw.publish;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

/** A clock that advances one second with every reading. */
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

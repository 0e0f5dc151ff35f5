package uk.fpw.generator.record;

import org.jspecify.annotations.Nullable;

/** An error in the recorded data of a device, and how the warehouse must treat the item. */
public enum Dirt {
    NONE(null),
    /** Examined a year too early: typed with last year's date. */
    EXAMINED_BEFORE_SUBMITTED("EXAMINED_BEFORE_SUBMITTED"),
    /** No day of seizure, though submitted. */
    SEIZED_ON_MISSING("SEIZED_ON_MISSING"),
    /** Submitted in the next century. */
    SUBMITTED_IN_FUTURE("SUBMITTED_IN_FUTURE"),
    /** A log line with an unknown code. */
    UNKNOWN_EVENT_CODE("UNKNOWN_EVENT_CODE"),
    /** An unknown type of device: counts, but without a type. */
    UNKNOWN_DEVICE_TYPE(null),
    PRIORITY_MISSING(null),
    CASE_MISSING(null),
    /** A line of the log twice: counts once. */
    EVENT_TWICE(null);

    /** Rule of the force folder that must keep the item out of every figure, or null if the item counts. */
    public final @Nullable String excludedBy;

    Dirt(@Nullable String excludedBy) {
        this.excludedBy = excludedBy;
    }
}

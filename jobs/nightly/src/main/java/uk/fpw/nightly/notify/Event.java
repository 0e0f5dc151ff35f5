package uk.fpw.nightly.notify;

/** What somebody is told of; its name is the whole content of a call of the webhook. */
public enum Event {
    /** A release was published. */
    released,
    /** A run failed, and published no release. */
    failed,
    /** No release was there by the deadline, or it could not be found out. */
    late
}

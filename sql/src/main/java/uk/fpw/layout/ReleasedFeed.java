package uk.fpw.layout;

import static java.util.Objects.requireNonNull;

import java.time.LocalDate;

/**
 * How far a feed was known when a release was created.
 *
 * @param completeTo date of the latest file, or state of the source, that was loaded
 * @param dueTo date up to which it had to be delivered: the business date, unless its files are of other dates;
 *     {@code completeTo} if nothing was due
 * @param heldCount rows that the latest full extract did not have and that were not deleted, since their keys may be
 *     among those that could not be read
 */
public record ReleasedFeed(String name, LocalDate completeTo, LocalDate dueTo, long heldCount) {

    public ReleasedFeed {
        requireNonNull(name, "feeds: a name is missing");
        requireNonNull(completeTo, () -> "complete_to of feed " + name + ": missing");
        requireNonNull(dueTo, () -> "due_to of feed " + name + ": missing");
    }

    /** Whether it is behind its delivery schedule. */
    public boolean isMissing() {
        return completeTo.isBefore(dueTo);
    }

    /** Whether it is not missing, and no file of the business date was due. */
    public boolean isNotDue(LocalDate businessDate) {
        return !isMissing() && completeTo.isBefore(businessDate);
    }

    /** The feed in words, such as {@code exhibits (complete to 2015-12-30)}. */
    public String describe() {
        return name + " (complete to " + completeTo + ")";
    }
}

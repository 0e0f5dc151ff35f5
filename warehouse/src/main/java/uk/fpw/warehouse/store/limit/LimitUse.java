package uk.fpw.warehouse.store.limit;

import org.jspecify.annotations.Nullable;

/**
 * How near a load or release came to a limit.
 *
 * @param subject feed or queue
 * @param limit name of the limit, such as {@code deleted}
 * @param count rows, spells or items found
 * @param allowed as many as the limit allows, at least 1
 */
public record LimitUse(String subject, String limit, long count, double allowed) {

    /**
     * The use of a limit that stops when at least so many are found, and more than a share of a total; null if the
     * limit is off (a share of 1), or there is no total to compare with.
     */
    public static @Nullable LimitUse of(String subject, String limit, long count, long least, double share, long of) {
        return share >= 1 || of <= 0
                ? null
                : new LimitUse(subject, limit, count, Math.max(1, Math.max((double) least, share * of)));
    }

    /** 0 if nothing was found, 1 at the limit, more beyond it. */
    public double ratio() {
        return count / allowed;
    }
}

package uk.fpw.statistics;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The share of exits after which the item came back.
 *
 * @param known exits for which it is known whether the item came back in time
 * @param reentered of these, exits after which it did
 */
public record ReentryShare(long known, long reentered) {

    /**
     * The share, from 0 to 1, with a 95 % interval, by column of {@code mart.reentry_share}; null if nothing is
     * known.
     */
    public Map<String, @Nullable Double> figures() {
        Proportion share = known == 0 ? null : new Proportion(Math.toIntExact(reentered), Math.toIntExact(known));
        Map<String, @Nullable Double> figures = new LinkedHashMap<>();
        figures.put("reentered_share", share == null ? null : (Double) share.share());
        figures.put(
                "share_low", share == null ? null : (Double) share.interval().low());
        figures.put(
                "share_high", share == null ? null : (Double) share.interval().high());
        return figures;
    }
}

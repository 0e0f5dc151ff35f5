package uk.fpw.statistics;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The share of due items that met a standard, between bounds for what is unknown.
 *
 * @param due items whose deadline has passed
 * @param met of these, items served within the standard
 * @param unknown of these, items that left on a day on which, without the time of day, within the standard cannot be
 *     told from later
 * @param perhapsMet further items to which the standard may apply, that met it or may have
 * @param perhapsNotMet further such items that did not meet it or may not have; undecided items are in both
 */
public record StandardShare(long due, long met, long unknown, long perhapsMet, long perhapsNotMet) {

    /** The bounds, from 0 to 1, by column of {@code mart.wait_standard}; null if no item is due. */
    public Map<String, @Nullable Double> figures() {
        Map<String, @Nullable Double> figures = new LinkedHashMap<>();
        figures.put("share_low", due == 0 ? null : (Double) ((double) met / (due + perhapsNotMet)));
        figures.put(
                "share_high", due == 0 ? null : (Double) ((double) (met + unknown + perhapsMet) / (due + perhapsMet)));
        return figures;
    }
}

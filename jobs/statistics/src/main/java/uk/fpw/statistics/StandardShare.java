package uk.fpw.statistics;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Of the items whose deadline has passed, the share that met a standard, between the bounds of what is not known.
 *
 * @param due items whose deadline has passed
 * @param met of these, served within the standard
 * @param unknown of these, left on a day on which, without the time of day, within cannot be told from later
 * @param perhapsMet further items, of which it is not known whether the standard applies, that met it, or perhaps did
 * @param perhapsNotMet further such items that did not, or perhaps did not; undecided ones are in both
 */
public record StandardShare(long due, long met, long unknown, long perhapsMet, long perhapsNotMet) {

    /** By the columns of {@code mart.wait_standard}, from 0 to 1; null if none is due. */
    public Map<String, @Nullable Double> figures() {
        Map<String, @Nullable Double> figures = new LinkedHashMap<>();
        figures.put("share_low", due == 0 ? null : (Double) ((double) met / (due + perhapsNotMet)));
        figures.put(
                "share_high", due == 0 ? null : (Double) ((double) (met + unknown + perhapsMet) / (due + perhapsMet)));
        return figures;
    }
}

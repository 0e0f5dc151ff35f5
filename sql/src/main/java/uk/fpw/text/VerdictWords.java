package uk.fpw.text;

import org.jspecify.annotations.Nullable;

/** Verdicts of {@code mart.period_verdict} in one or two words, for a table or a message. */
public final class VerdictWords {

    /** {@code log10_p_adjusted} below which a difference is more than chance. */
    public static final double LOG10_P = Math.log10(0.05);

    private VerdictWords() {}

    /**
     * The words.
     *
     * @param verdict as in the table; {@code cannot_be_told} also where the row is not available
     * @param isMoreThanChance whether {@code log10_p_adjusted} is below {@link #LOG10_P}
     * @param isSureAlone as {@link #isSureAlone}
     */
    public static String of(String verdict, boolean isMoreThanChance, boolean isSureAlone) {
        return switch (verdict) {
            case "better", "worse" -> verdict;
            case "no_evidence" ->
                isMoreThanChance ? "too small to matter" : isSureAlone ? "no evidence among so many" : "no evidence";
            case "fewer_because" -> "not better";
            default -> "cannot be told";
        };
    }

    /**
     * Whether the interval of a difference alone excludes that nothing changed; of so many verdicts as are made
     * together, one in twenty does so by chance.
     *
     * @param kind {@code size_kind}: {@code ratio} or {@code difference}
     * @param low lower end of the 95 % interval; null without one
     * @param high upper end; null if there is no bound
     */
    public static boolean isSureAlone(String kind, @Nullable Double low, @Nullable Double high) {
        double same = kind.equals("ratio") ? 1 : 0;
        return low != null && (low > same || (high != null && high < same));
    }
}

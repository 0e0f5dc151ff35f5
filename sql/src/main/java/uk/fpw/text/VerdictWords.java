package uk.fpw.text;

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
     */
    public static String of(String verdict, boolean isMoreThanChance) {
        return switch (verdict) {
            case "better", "worse" -> verdict;
            case "no_evidence" -> isMoreThanChance ? "too small to matter" : "no evidence";
            case "fewer_because" -> "not better";
            default -> "cannot be told";
        };
    }
}

package uk.fpw.text;

/**
 * The number of typing mistakes between two words: the optimal string alignment distance, with insertions, deletions,
 * substitutions and transpositions of adjacent characters. Time grows with the product of the lengths.
 */
public final class EditDistance {

    private EditDistance() {}

    /** The distance; case-sensitive. */
    public static int between(String one, String other) {
        int[] twoBefore = new int[0];
        int[] before = new int[0];
        for (int i = 0; i <= one.length(); i++) {
            int[] row = new int[other.length() + 1];
            for (int j = 0; j <= other.length(); j++) {
                if (i == 0 || j == 0) {
                    row[j] = i + j;
                    continue;
                }
                int replaced = before[j - 1] + (one.charAt(i - 1) == other.charAt(j - 1) ? 0 : 1);
                row[j] = Math.min(replaced, 1 + Math.min(before[j], row[j - 1]));
                if (i > 1
                        && j > 1
                        && one.charAt(i - 1) == other.charAt(j - 2)
                        && one.charAt(i - 2) == other.charAt(j - 1)) {
                    row[j] = Math.min(row[j], 1 + twoBefore[j - 2]);
                }
            }
            twoBefore = before;
            before = row;
        }
        return before[other.length()];
    }
}

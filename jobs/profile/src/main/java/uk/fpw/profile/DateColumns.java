package uk.fpw.profile;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import uk.fpw.profile.ColumnScan.PatternCount;
import uk.fpw.warehouse.force.feed.Feed;

/** Decides how the dates of a column are written. */
final class DateColumns {

    private DateColumns() {}

    /**
     * The type of a column of dates or times.
     *
     * @param typed all its values that are not blank, also those that are no dates
     * @param sentinels those that may stand for none
     */
    static InferredType type(
            List<PatternCount> found, long typed, int firstYear, int lastYear, SentinelDates sentinels) {
        Feed.Type type = mostFrequentType(found);
        List<String> notes = new ArrayList<>();
        List<String> patterns = new ArrayList<>();
        long fits = 0;
        boolean isIso = true;
        boolean isAmbiguous = false;
        boolean hasShortYears = false;
        for (PatternCount count : found.stream()
                .filter(count -> count.form.type() == type)
                .sorted(Comparator.comparingLong((PatternCount count) -> count.count)
                        .reversed()
                        .thenComparing(count -> count.form.pattern()))
                .toList()) {
            String swapped = count.form.swapped();
            boolean isSwapped = swapped != null && count.fitsSwapped > count.fits;
            String pattern =
                    DateFormats.written(isSwapped && swapped != null ? swapped : count.form.pattern(), count.isPadded);
            patterns.add(pattern);
            fits += isSwapped ? count.fitsSwapped : count.fits;
            isIso &= count.isPadded && DateFormats.isIso(count.form.pattern());
            hasShortYears |= pattern.matches(".*(?<!y)yy(?!y).*");
            if (swapped != null) {
                isAmbiguous |= note(count, isSwapped, notes);
            }
        }
        notes.add(firstYear == lastYear ? "year " + firstYear : "years " + firstYear + " to " + lastYear);
        if (hasShortYears) {
            notes.add("DECIDE: years of two digits are read as 2000 to 2099: if some are of the last century, such as "
                    + "dates of birth, ask the source for four digits");
        }
        notes.addAll(sentinels.decisions(typed));
        return new InferredType(
                type, isIso ? List.of() : List.copyOf(patterns), isAmbiguous, typed - fits, List.copyOf(notes));
    }

    /** Whether the day comes before the month; true if undetermined. */
    private static boolean note(PatternCount count, boolean isSwapped, List<String> notes) {
        long dayFirst = count.fits - count.fitsBoth;
        long monthFirst = count.fitsSwapped - count.fitsBoth;
        if (dayFirst == 0 && monthFirst == 0) {
            notes.add(
                    "AMBIGUOUS: every day and month is 12 or less, so the order is " + "unknown; day first is a guess");
            return true;
        }
        notes.add((isSwapped ? "month first, as " : "day first, as ") + (isSwapped ? monthFirst : dayFirst) + " of "
                + count.count + " show");
        if (dayFirst > 0 && monthFirst > 0) {
            notes.add((isSwapped ? dayFirst : monthFirst)
                    + " can only be read the other way round, so both orders are mixed");
        }
        return false;
    }

    private static Feed.Type mostFrequentType(List<PatternCount> found) {
        Map<Feed.Type, Long> counts = new EnumMap<>(Feed.Type.class);
        found.forEach(count -> counts.merge(count.form.type(), count.count, Long::sum));
        return counts.entrySet().stream()
                .max(Map.Entry.comparingByValue())
                .map(Map.Entry::getKey)
                .orElse(Feed.Type.DATE);
    }
}

package uk.fpw.profile;

import com.dynatrace.hash4j.hashing.Hasher64;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import uk.fpw.warehouse.force.feed.Feed;
import uk.fpw.warehouse.force.feed.text.TextTransform;
import uk.fpw.warehouse.privacy.ValueShape;

/**
 * What the values of one column have in common, found value by value in bounded memory. Holds no value but those of
 * {@link CommonValues}.
 */
final class ColumnScan {

    /** Texts that mean 'no value' wherever numbers or dates are expected. */
    static final Set<String> MARKERS = Set.of("NULL", "null", "N/A", "n/a", "NA", "#N/A", "\\N", "-", "--", "?", ".");

    /**
     * A column with more than this many values of another type does not have the type, regardless of the number of
     * rows.
     */
    static final long MAX_MISFITS = 1_000;

    private static final int MAX_SHAPES = 50;
    private static final int LOOKED_AT = 20_000;
    private static final int THEN_EVERY = 100;
    private static final int MAX_PATTERNS = 30;
    private static final int MAX_WHOLE_DIGITS = 18;
    private static final int MAX_MARKERS = 4;

    /** Dates of birth are of many years. */
    private static final int YEARS_OF_BIRTHS = 15;

    private static final Pattern DECIMAL = Pattern.compile("[+-]?(?:[0-9]{1,29}(?:\\.[0-9]{0,9})?|\\.[0-9]{1,9})");
    private static final Set<String> WORDS = Set.of("true", "false", "yes", "no", "y", "n");
    private static final Set<String> DIGITS = Set.of("0", "1");

    /**
     * How often a pattern was met.
     *
     * @param form one of its texts' forms; says nothing of other texts but type and pattern
     */
    static final class PatternCount {
        final DateFormats.Form form;
        long count;
        long fits;
        long fitsSwapped;
        long fitsBoth;
        boolean isPadded = true;

        PatternCount(DateFormats.Form form) {
            this.form = form;
        }
    }

    private final Hasher64 hasher;
    private final DistinctCount distinct = new DistinctCount();
    private final DistinctCount normalised = new DistinctCount();
    private final PersonalShapes personal = new PersonalShapes();
    private final CommonValues common = new CommonValues();
    private final Map<String, Long> shapes = new LinkedHashMap<>();
    private final Map<String, Long> markers = new TreeMap<>();
    private final Map<String, PatternCount> patterns = new LinkedHashMap<>();
    private long blanks;
    private long values;
    private long lengths;
    private int shortest = Integer.MAX_VALUE;
    private int longest;
    private long notWhole;
    private long notDecimal;
    private long notWord;
    private long digitWords;
    private long leadingZeros;
    private long notDate;
    private int firstYear = Integer.MAX_VALUE;
    private int lastYear;
    private long bornYears;
    private final SentinelDates sentinels = new SentinelDates();
    private boolean hasLineBreak;
    private final MixedCells cells = new MixedCells();

    /**
     * A column of which nothing has been seen.
     *
     * @param hasher that of the profile
     */
    ColumnScan(Hasher64 hasher) {
        this.hasher = hasher;
    }

    /**
     * Notes a value.
     *
     * @param value trimmed; null if there is none
     */
    void add(@Nullable String value, long hash) {
        if (value == null || value.isEmpty()) {
            blanks++;
            return;
        }
        values++;
        int length = value.length();
        shortest = Math.min(shortest, length);
        longest = Math.max(longest, length);
        lengths += length;
        if (distinct.add(hash)) {
            normalised.add(hasher.hashCharsToLong(level(value)));
        }
        if (length <= MAX_MARKERS && MARKERS.contains(value)) {
            markers.merge(value, 1L, Long::sum);
            return;
        }
        common.add(value);
        if (values <= LOOKED_AT || values % THEN_EVERY == 0) {
            inspect(value);
        }
        if (notWhole <= MAX_MISFITS) {
            notWhole += isWhole(value) ? 0 : 1;
        }
        if (notDecimal <= MAX_MISFITS) {
            notDecimal += DECIMAL.matcher(value).matches() ? 0 : 1;
        }
        if (notWord <= MAX_MISFITS) {
            addWord(value);
        }
        if (notDate <= MAX_MISFITS) {
            addDate(value);
        }
    }

    /** Notes what a cell of a workbook is. */
    void addCell(@Nullable Object field) {
        cells.add(field);
    }

    /** The value as {@link FeedDraft#LEVEL} would load it. */
    private static String level(String value) {
        String level = value;
        for (TextTransform transform : FeedDraft.LEVEL) {
            level = transform.apply(level);
        }
        return level;
    }

    private void inspect(String value) {
        String shape = ValueShape.of(value);
        if (shapes.size() < MAX_SHAPES || shapes.containsKey(shape)) {
            shapes.merge(shape, 1L, Long::sum);
        }
        personal.add(value);
        hasLineBreak |= value.indexOf('\n') >= 0;
    }

    private boolean isWhole(String value) {
        int start = value.charAt(0) == '-' || value.charAt(0) == '+' ? 1 : 0;
        int digits = value.length() - start;
        if (digits == 0 || digits > MAX_WHOLE_DIGITS) {
            return false;
        }
        for (int at = start; at < value.length(); at++) {
            if (value.charAt(at) < '0' || value.charAt(at) > '9') {
                return false;
            }
        }
        leadingZeros += digits > 1 && value.charAt(start) == '0' ? 1 : 0;
        return true;
    }

    private void addWord(String value) {
        String word = value.length() <= 5 ? value.toLowerCase(Locale.ROOT) : value;
        if (DIGITS.contains(word)) {
            digitWords++;
        } else if (!WORDS.contains(word)) {
            notWord++;
        }
    }

    private void addDate(String value) {
        DateFormats.Form form = DateFormats.of(value);
        if (form == null || !(form.fits() || form.fitsSwapped())) {
            notDate++;
            return;
        }
        PatternCount count = patterns.get(form.pattern());
        if (count == null) {
            if (patterns.size() == MAX_PATTERNS) {
                notDate++;
                return;
            }
            count = new PatternCount(form);
            patterns.put(form.pattern(), count);
        }
        count.count++;
        count.fits += form.fits() ? 1 : 0;
        count.fitsSwapped += form.fitsSwapped() ? 1 : 0;
        count.fitsBoth += form.fits() && form.fitsSwapped() ? 1 : 0;
        count.isPadded &= form.isPadded();
        sentinels.add(value, form);
        firstYear = Math.min(firstYear, form.year());
        lastYear = Math.max(lastYear, form.year());
        bornYears += form.year() > 1900 && form.year() < 1990 ? 1 : 0;
    }

    /**
     * What the column is.
     *
     * @param header its name in the source
     * @param misfitLimit values that may be of another type, at most
     */
    ColumnProfile profile(String header, long misfitLimit) {
        // an estimate may be more than there are
        long different = Math.min(distinct.count(), values);
        long typed =
                values - markers.values().stream().mapToLong(Long::longValue).sum();
        InferredType type =
                typed == 0 ? InferredType.text(List.of()) : type(header, typed, Math.min(misfitLimit, MAX_MISFITS));
        if (cells.areTyped() && typed > 0) {
            type = cells.type(
                    type,
                    typed,
                    notDecimal <= MAX_MISFITS ? typed - notDecimal : 0,
                    patterns.values().stream()
                            .filter(count -> DateFormats.isIso(count.form.pattern()))
                            .mapToLong(count -> count.count)
                            .sum(),
                    patterns.isEmpty()
                            ? null
                            : DateColumns.type(List.copyOf(patterns.values()), typed, firstYear, lastYear, sentinels));
        }
        return new ColumnProfile(
                header,
                type,
                blanks,
                values,
                different,
                distinct.isExact(),
                distinct.isExact() ? normalised.count() : different,
                values == 0 ? 0 : shortest,
                longest,
                values == 0 ? 0 : (double) lengths / values,
                mostFrequentShapes(),
                type.type() == Feed.Type.TEXT ? Map.of() : Map.copyOf(markers),
                personalKind(header, type, typed),
                hasLineBreak,
                common.found());
    }

    private @Nullable String personalKind(String header, InferredType type, long typed) {
        String named = PersonalNames.kind(header);
        String shaped = personal.found();
        if (type.isTime()) {
            boolean areWide = sentinels.years() >= YEARS_OF_BIRTHS;
            boolean isEvent = EventNames.isEvent(header);
            if (PersonalNames.DATE_OF_BIRTH.equals(named) || (bornYears * 2 > typed && (areWide || !isEvent))) {
                return PersonalNames.DATE_OF_BIRTH;
            }
            return areWide && !isEvent ? PersonalNames.MAYBE_DATE_OF_BIRTH : null;
        }
        if (PersonalNames.NAME_OF_A_PERSON.equals(named) && type.type() != Feed.Type.TEXT) {
            // a number names nobody; a whole one may be that of an officer
            named = type.type() == Feed.Type.WHOLE ? PersonalNames.NUMBER_OF_A_PERSON : null;
        }
        return named != null ? named : shaped;
    }

    private InferredType type(String header, long typed, long limit) {
        List<String> notes = new ArrayList<>();
        boolean areWords = notWord <= limit && typed - notWord > 0;
        if (areWords && (digitWords < typed - notWord || PersonalNames.isFlag(header))) {
            return new InferredType(Feed.Type.BOOLEAN, List.of(), false, notWord, notes);
        }
        if (!patterns.isEmpty()) {
            InferredType dates =
                    DateColumns.type(List.copyOf(patterns.values()), typed, firstYear, lastYear, sentinels);
            if (dates.misfits() <= limit) {
                return dates;
            }
            if (dates.misfits() * 2 < typed) {
                notes.add("mostly written as " + String.join(" or ", dates.patterns()) + ", but not " + dates.misfits()
                        + " of its values");
            }
        }
        if (notWhole <= limit && typed > notWhole) {
            if (leadingZeros > 0) {
                notes.add("digits with leading zeros, therefore a code and not a number");
                return InferredType.text(notes);
            }
            return new InferredType(Feed.Type.WHOLE, List.of(), false, notWhole, notes);
        }
        if (notDecimal <= limit && typed > notDecimal) {
            return new InferredType(Feed.Type.DECIMAL, List.of(), false, notDecimal, notes);
        }
        return InferredType.text(notes);
    }

    private List<String> mostFrequentShapes() {
        return shapes.entrySet().stream()
                .sorted(Map.Entry.<String, Long>comparingByValue().reversed().thenComparing(Map.Entry.comparingByKey()))
                .limit(3)
                .map(Map.Entry::getKey)
                .toList();
    }
}

package uk.fpw.profile;

import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Counts values that are written like people's data. */
final class PersonalShapes {

    /** What a value is written like. */
    enum Kind {
        EMAIL("e-mail address", 0.01),
        PHONE("telephone number", 0.3),
        POSTCODE("postcode", 0.1),
        NHS("NHS number", 0.9),
        NATIONAL_INSURANCE("National Insurance number", 0.1),
        /** Share of words that are also first names by chance, for example in street names. */
        FIRST_NAME("name of a person", 0.15);

        private final String title;
        private final double least;

        Kind(String title, double least) {
            this.title = title;
            this.least = least;
        }
    }

    private static final Pattern EMAIL = Pattern.compile("[^\\s@]+@[^\\s@]+\\.[A-Za-z]{2,}");
    private static final Pattern PHONE = Pattern.compile("(?:\\+44 ?(?:\\(0\\))?|0)[1-37][\\d ()-]{7,13}");
    private static final Pattern POSTCODE =
            Pattern.compile("[A-Z]{1,2}\\d[A-Z\\d]? ?\\d[A-Z]{2}", Pattern.CASE_INSENSITIVE);
    private static final Pattern NHS = Pattern.compile("[0-9]{10}|[0-9]{3}[ -][0-9]{3}[ -][0-9]{4}");
    private static final Pattern NATIONAL_INSURANCE = Pattern.compile(
            "[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z] ?\\d\\d ?\\d\\d ?\\d\\d ?[A-D]", Pattern.CASE_INSENSITIVE);

    /** Two to four words of letters. */
    private static final Pattern WORDS = Pattern.compile("\\p{L}[\\p{L}'.-]*,?(?: \\p{L}[\\p{L}'.-]*){1,3}");

    /** First names that the most people of Britain have. */
    private static final Set<String> FIRST_NAMES = PersonalNames.listed(
            "james john david michael robert paul peter andrew mark richard stephen steven thomas william daniel "
                    + "matthew christopher anthony jack harry george oliver joshua alexander adam ben benjamin "
                    + "samuel luke "
                    + "ryan lee kevin gary simon martin ian alan graham philip jonathan mohammed muhammad ali "
                    + "ahmed susan "
                    + "margaret sarah karen jacqueline julie helen elizabeth patricia christine mary jane jennifer "
                    + "linda "
                    + "claire emma laura rebecca rachel lisa amy charlotte sophie jessica emily olivia lucy hannah "
                    + "chloe "
                    + "megan katie kate anna anne ann nicola joanne tracey sharon deborah michelle amanda louise "
                    + "alison "
                    + "fatima aisha");

    private static final int LONGEST = 254;

    private final Map<Kind, Long> counts = new EnumMap<>(Kind.class);
    private long seen;

    /** Notes a value. */
    void add(String value) {
        seen++;
        Kind kind = value.length() > LONGEST ? null : kind(value);
        if (kind != null) {
            counts.merge(kind, 1L, Long::sum);
        }
    }

    /** What enough of the values are written like; null if there is nothing. */
    @Nullable
    String found() {
        for (Kind kind : Kind.values()) {
            long count = counts.getOrDefault(kind, 0L);
            if (count > 0 && count >= kind.least * seen) {
                return kind.title;
            }
        }
        return null;
    }

    static @Nullable Kind kind(String value) {
        if (value.indexOf('@') > 0 && EMAIL.matcher(value).find()) {
            return Kind.EMAIL;
        }
        if (PHONE.matcher(value).matches()) {
            return Kind.PHONE;
        }
        if (isNhs(value)) {
            return Kind.NHS;
        }
        if (POSTCODE.matcher(value).matches()) {
            return Kind.POSTCODE;
        }
        if (NATIONAL_INSURANCE.matcher(value).matches()) {
            return Kind.NATIONAL_INSURANCE;
        }
        if (WORDS.matcher(value).matches()) {
            for (String word : value.toLowerCase(Locale.ROOT).split("[ ,.]+", -1)) {
                if (FIRST_NAMES.contains(word)) {
                    return Kind.FIRST_NAME;
                }
            }
        }
        return null;
    }

    /**
     * Ten digits, in groups of 3, 3 and 4 or without blanks, whose last one is the check digit of the NHS number
     * (modulus 11).
     */
    private static boolean isNhs(String value) {
        if (!NHS.matcher(value).matches()) {
            return false;
        }
        String digits = value.replaceAll("[ -]", "");
        int sum = IntStream.range(0, 9)
                .map(place -> (10 - place) * (digits.charAt(place) - '0'))
                .sum();
        return (11 - sum % 11) % 11 == digits.charAt(9) - '0';
    }
}

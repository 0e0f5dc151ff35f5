package uk.fpw.warehouse.force.feed;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.ResolverStyle;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Date and time patterns of a force folder. */
final class DatePatterns {

    private static final Pattern MONTH_TWICE = Pattern.compile("M[^M]+M");

    private DatePatterns() {}

    /**
     * A strict formatter: 30 February is rejected rather than changed to the 28th. English names in any case. {@code y}
     * is treated as {@code u}, because a strict formatter would also require an era for it.
     *
     * @throws IllegalArgumentException if the pattern is invalid
     */
    static DateTimeFormatter formatter(String pattern) {
        return new DateTimeFormatterBuilder()
                .parseCaseInsensitive()
                .appendPattern(yearsWithoutEra(pattern))
                .toFormatter(Locale.ENGLISH)
                .withResolverStyle(ResolverStyle.STRICT);
    }

    /**
     * Why the pattern cannot be used for a column of that type; null if it can. Tested with a date whose parts cannot
     * be confused.
     */
    static @Nullable String problem(String pattern, Feed.Type type) {
        DateTimeFormatter formatter;
        try {
            formatter = formatter(pattern);
        } catch (IllegalArgumentException refused) {
            return "'" + pattern + "' is not a date pattern (" + refused.getMessage() + ")";
        }
        String letters = pattern.replaceAll("'[^']*'", " ");
        if (MONTH_TWICE.matcher(letters).find()) {
            return "'" + pattern + "' contains the month (M) twice; minutes are m";
        }
        if (letters.contains("D") && letters.contains("M")) {
            return "'" + pattern
                    + "' contains the day of the year (D) together with the month; the day of the month is d";
        }
        OffsetDateTime sample = OffsetDateTime.of(2015, 11, 23, 22, 45, 0, 0, ZoneOffset.ofHours(1));
        String required =
                switch (type) {
                    case DATE -> "year, month (MM) and day (dd)";
                    case LOCAL_TIME -> "year, month (MM), day (dd) and time of day (HH:mm, or hh:mm with a)";
                    default -> "year, month (MM), day (dd), time of day (HH:mm) and offset (XXX)";
                };
        try {
            String written =
                    formatter.format(type == Feed.Type.INSTANT ? sample.toZonedDateTime() : sample.toLocalDateTime());
            boolean same =
                    switch (type) {
                        case DATE -> LocalDate.parse(written, formatter).equals(sample.toLocalDate());
                        case LOCAL_TIME ->
                            LocalDateTime.parse(written, formatter)
                                    .truncatedTo(ChronoUnit.HOURS)
                                    .equals(sample.toLocalDateTime().truncatedTo(ChronoUnit.HOURS));
                        default ->
                            ZonedDateTime.parse(written, formatter)
                                    .toInstant()
                                    .truncatedTo(ChronoUnit.HOURS)
                                    .equals(sample.toInstant().truncatedTo(ChronoUnit.HOURS));
                    };
            return same ? null : "'" + pattern + "' does not contain " + required;
        } catch (DateTimeException ambiguous) {
            return "'" + pattern + "' does not contain " + required;
        }
    }

    private static String yearsWithoutEra(String pattern) {
        StringBuilder result = new StringBuilder();
        boolean literal = false;
        for (int i = 0; i < pattern.length(); i++) {
            char c = pattern.charAt(i);
            literal ^= c == '\'';
            result.append(c == 'y' && !literal ? 'u' : c);
        }
        return result.toString();
    }
}

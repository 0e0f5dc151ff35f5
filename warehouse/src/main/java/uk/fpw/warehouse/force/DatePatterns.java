package uk.fpw.warehouse.force;

import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.ResolverStyle;
import java.util.Locale;

/** Date and time patterns as a force folder states them. */
final class DatePatterns {

    private DatePatterns() {}

    /**
     * A strict formatter: 30 February is refused rather than moved to the 28th. English names, any case. {@code y}, which in a strict formatter would ask for an
     * era as well, is read as {@code u}.
     *
     * @throws IllegalArgumentException if the pattern is not one
     */
    static DateTimeFormatter formatter(String pattern) {
        return new DateTimeFormatterBuilder()
                .parseCaseInsensitive()
                .appendPattern(yearsWithoutEra(pattern))
                .toFormatter(Locale.ENGLISH)
                .withResolverStyle(ResolverStyle.STRICT);
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

package uk.fpw.warehouse.force;

import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** File names with a place for the business date: {@code cases_{date}.csv}, {@code cases_{date:yyyyMMdd}.csv.gz}. */
final class FileNamePattern {

    private static final Pattern DATE = Pattern.compile("\\{date(?::([^}]+))?}");

    private FileNamePattern() {}

    static String resolve(String pattern, LocalDate businessDate) {
        return DATE.matcher(pattern)
                .replaceAll(place ->
                        Matcher.quoteReplacement(formatter(place.group(1)).format(businessDate)));
    }

    private static DateTimeFormatter formatter(@Nullable String datePattern) {
        return datePattern == null
                ? DateTimeFormatter.ISO_LOCAL_DATE
                : DateTimeFormatter.ofPattern(datePattern, Locale.ROOT);
    }
}

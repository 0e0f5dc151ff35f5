package uk.fpw.warehouse.force.feed;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * File names with a placeholder for the business date: {@code cases_{date}.csv}, {@code cases_{date:yyyyMMdd}.csv.gz}.
 */
final class FileNamePattern {

    private static final Pattern DATE = Pattern.compile("\\{date(?::([^}]+))?}");

    private static final Pattern WILDCARD = Pattern.compile("[*?]");

    private FileNamePattern() {}

    static String resolve(String pattern, LocalDate businessDate) {
        return DATE.matcher(pattern)
                .replaceAll(place ->
                        Matcher.quoteReplacement(formatter(place.group(1)).format(businessDate)));
    }

    /** The date in the name of a file; null if the name does not match or the pattern is invalid. */
    static @Nullable LocalDate date(String pattern, String fileName) {
        Matcher place = DATE.matcher(pattern);
        if (!place.find()) {
            return null;
        }
        String before = pattern.substring(0, place.start());
        String after = pattern.substring(place.end());
        if (!fileName.startsWith(before)
                || !fileName.endsWith(after)
                || fileName.length() <= before.length() + after.length()) {
            return null;
        }
        String text = fileName.substring(before.length(), fileName.length() - after.length());
        try {
            LocalDate date = LocalDate.parse(text, formatter(place.group(1)));
            return resolve(pattern, date).equals(fileName) ? date : null;
        } catch (DateTimeException notOne) {
            return null;
        }
    }

    /** Whether file names contain a date, so that every date has its own file. */
    static boolean isDated(String pattern) {
        LocalDate sample = LocalDate.of(2015, 11, 23);
        return sample.equals(date(pattern, resolve(pattern, sample)));
    }

    /** What is wrong with the pattern; null if it is valid. */
    static @Nullable String problem(String pattern) {
        Matcher wildcard = WILDCARD.matcher(pattern);
        if (wildcard.find()) {
            return "'" + pattern + "' contains '" + wildcard.group()
                    + "', but is the name of a single file and not a pattern";
        }
        if (DATE.matcher(pattern).replaceAll("").matches(".*[{}].*")) {
            return "'" + pattern + "' has braces around something other than a date";
        }
        try {
            resolve(pattern, LocalDate.of(2015, 11, 23));
            return null;
        } catch (IllegalArgumentException | DateTimeException refused) {
            return "'" + pattern + "' contains an invalid date pattern (" + refused.getMessage() + ")";
        }
    }

    private static DateTimeFormatter formatter(@Nullable String datePattern) {
        return datePattern == null
                ? DateTimeFormatter.ISO_LOCAL_DATE
                : DateTimeFormatter.ofPattern(datePattern, Locale.ENGLISH);
    }
}

package uk.fpw.nightly.cli.option;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.io.PrintStream;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import uk.fpw.layout.JsonMappers;

/**
 * How commands print JSON for programs: indented, with numbers as numbers, and dates and times in ISO form (times in
 * UTC). Unknown values are null, with the reason in a field beside them. Characters that steer a terminal or hide in a
 * text are escaped. The schema of what each command prints is
 * {@code fpw/output/COMMAND.schema.json}.
 */
public final class JsonOutput {

    /** Those that JSON allows as they are; line breaks are those between fields. */
    private static final Pattern INVISIBLE = Pattern.compile("[\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}&&[^\r\n]]");

    private JsonOutput() {}

    /** Prints a value: maps, lists, texts, numbers, dates, instants, paths, and records of these. */
    public static void print(PrintStream out, @Nullable Object value) {
        try {
            out.println(INVISIBLE
                    .matcher(JsonMappers.snakeCase().writeValueAsString(value))
                    .replaceAll(found -> Matcher.quoteReplacement(escaped(found.group()))));
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException("text, numbers and dates can always be written as JSON", impossible);
        }
    }

    private static String escaped(String character) {
        return character
                .chars()
                .mapToObj(unit -> String.format(Locale.ROOT, "\\u%04x", unit))
                .collect(Collectors.joining());
    }
}

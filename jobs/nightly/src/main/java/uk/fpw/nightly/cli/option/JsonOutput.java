package uk.fpw.nightly.cli.option;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.io.PrintStream;
import org.jspecify.annotations.Nullable;
import uk.fpw.layout.JsonMappers;

/**
 * How commands print JSON for programs: indented, with numbers as numbers, and dates and times in ISO form (times in
 * UTC). Unknown values are null, with the reason in a field beside them. The schema of what each command prints is
 * {@code fpw/output/COMMAND.schema.json}.
 */
public final class JsonOutput {

    private JsonOutput() {}

    /** Prints a value: maps, lists, texts, numbers, dates, instants, paths, and records of these. */
    public static void print(PrintStream out, @Nullable Object value) {
        try {
            out.println(JsonMappers.snakeCase().writeValueAsString(value));
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException("text, numbers and dates can always be written as JSON", impossible);
        }
    }
}

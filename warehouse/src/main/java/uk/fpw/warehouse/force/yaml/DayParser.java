package uk.fpw.warehouse.force.yaml;

import java.time.DateTimeException;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/** Parses days in definitions: {@code 2015-01-31}. */
public final class DayParser {

    private DayParser() {}

    /** The day; null if it is absent, has another form (reported by the schema), or does not exist (reported here). */
    public static @Nullable LocalDate read(
            DefinitionFile definition, String field, @Nullable String text, ConfigErrors errors) {
        if (text == null || !text.matches("\\d{4}-\\d{2}-\\d{2}")) {
            return null;
        }
        try {
            return LocalDate.parse(text);
        } catch (DateTimeException noSuchDay) {
            errors.add(
                    definition.file(),
                    definition.line(field),
                    field,
                    "there is no date '" + text + "'",
                    "write an existing date, such as 2015-01-31");
            return null;
        }
    }
}

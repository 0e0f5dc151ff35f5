package uk.fpw.warehouse.force.yaml;

import java.time.DateTimeException;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/** Days in definitions: {@code 2015-01-31}. */
public final class DayParser {

    private DayParser() {}

    /**
     * The day; null if it is absent or has another form, which the structure check reports, or does not exist,
     * which is reported here.
     */
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

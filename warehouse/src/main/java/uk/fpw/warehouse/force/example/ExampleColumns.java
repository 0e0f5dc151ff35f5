package uk.fpw.warehouse.force.example;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import uk.fpw.warehouse.force.Force;

/**
 * The columns that an example may expect, and the form in which values are compared: dates as {@code 2016-01-12}, times
 * as {@code 2016-01-12 14:30:00} in the force's time zone, {@code true} and {@code false}, whole numbers in digits;
 * item and contributor keys without the source.
 */
public final class ExampleColumns {

    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss", Locale.ROOT);

    private static final Map<Example.Kind, List<String>> FIXED = Map.of(
            Example.Kind.EVENTS,
            List.of(
                    "item_key",
                    "event",
                    "occurred_on",
                    "occurred_at",
                    "event_order",
                    "contributor_key",
                    "item_kind",
                    "source",
                    "staging"),
            Example.Kind.SPELLS,
            List.of(
                    "queue",
                    "item_key",
                    "entered_on",
                    "entered_at",
                    "left_on",
                    "left_at",
                    "left_as",
                    "is_served",
                    "is_reentry",
                    "reentry_reason",
                    "first_entered_on",
                    "contributor_key",
                    "source",
                    "is_age_known"),
            Example.Kind.GRADINGS,
            List.of(
                    "scheme",
                    "case_key",
                    "scheme_version",
                    "grade",
                    "grade_rank",
                    "theme",
                    "assessor",
                    "population",
                    "selection",
                    "unit",
                    "judged_on",
                    "judgement_count",
                    "stated_case_count",
                    "item_key",
                    "contributor_key",
                    "grading",
                    "source"),
            Example.Kind.EXCLUDED,
            List.of("feed", "item_key", "code"));

    private static final Set<String> WHOLE_NUMBERS =
            Set.of("event_order", "scheme_version", "grade_rank", "judgement_count", "stated_case_count");

    private static final Map<Example.Kind, List<String>> IDENTITY = Map.of(
            Example.Kind.EVENTS, List.of("item_key", "event"),
            Example.Kind.SPELLS, List.of("queue", "item_key"),
            Example.Kind.GRADINGS, List.of("scheme", "case_key"),
            Example.Kind.EXCLUDED, List.of("item_key", "code"));

    private ExampleColumns() {}

    /** Columns of the table itself, without attributes and slices. */
    public static List<String> fixed(Example.Kind kind) {
        return FIXED.getOrDefault(kind, List.of());
    }

    /** Columns required in every expected row, by which it is paired with an actual row. */
    static List<String> identity(Example.Kind kind) {
        return IDENTITY.getOrDefault(kind, List.of());
    }

    /** All columns that an example of that force may expect. */
    static Set<String> all(Example.Kind kind, Force force) {
        Set<String> names = new TreeSet<>(fixed(kind));
        if (kind == Example.Kind.EVENTS) {
            force.stagings().forEach(staging -> names.addAll(staging.attributes()));
        } else if (kind == Example.Kind.SPELLS) {
            force.queues().forEach(queue -> names.addAll(queue.slices()));
        }
        return names;
    }

    /** The form of a time. */
    public static String text(LocalDateTime time) {
        return TIME.format(time);
    }

    /**
     * The form of a value for comparison.
     *
     * @return null if the value is not of the column's type
     */
    static @Nullable String canonical(String column, JsonNode value) {
        try {
            if (column.endsWith("_on")) {
                return value.isTextual() ? LocalDate.parse(value.textValue()).toString() : null;
            }
            if (column.endsWith("_at")) {
                return value.isTextual() ? text(time(value.textValue())) : null;
            }
        } catch (DateTimeException otherwise) {
            return null;
        }
        if (column.startsWith("is_")) {
            return value.isBoolean() ? value.asText() : null;
        }
        if (WHOLE_NUMBERS.contains(column)) {
            return value.isIntegralNumber() ? value.asText() : null;
        }
        return value.isTextual() ? value.textValue() : null;
    }

    /** Describes valid values of the column. */
    static String form(String column) {
        if (column.endsWith("_on")) {
            return "a date such as 2016-01-12";
        }
        if (column.endsWith("_at")) {
            return "a time such as 2016-01-12 14:30, in the force's time zone";
        }
        return column.startsWith("is_")
                ? "true or false, without quotes"
                : WHOLE_NUMBERS.contains(column) ? "a whole number" : "a text; put a number in quotes";
    }

    /** A local time in ISO format, with a blank or T. */
    static LocalDateTime time(String text) {
        return LocalDateTime.parse(
                text.length() > 10 && text.charAt(10) == ' ' ? text.substring(0, 10) + 'T' + text.substring(11) : text);
    }
}

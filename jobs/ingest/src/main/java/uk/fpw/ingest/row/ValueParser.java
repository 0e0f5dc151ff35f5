package uk.fpw.ingest.row;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.time.zone.ZoneOffsetTransition;
import java.util.List;
import java.util.Locale;
import java.util.function.BiFunction;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import uk.fpw.ingest.source.InvalidField;
import uk.fpw.warehouse.force.feed.Feed;
import uk.fpw.warehouse.force.feed.text.TextPattern;
import uk.fpw.warehouse.privacy.Pseudonymiser;
import uk.fpw.warehouse.store.load.RefusedRow.Code;

/**
 * Parses the fields of a column, which are texts or values of a database. Strict: ambiguous values are refused rather
 * than guessed.
 */
final class ValueParser {

    private static final Pattern WHOLE = Pattern.compile("[+-]?[0-9]+");
    private static final Pattern DECIMAL = Pattern.compile("[+-]?(?:[0-9]+(?:\\.[0-9]*)?|\\.[0-9]+)");

    /** Long free text is not loaded, and no code or name is longer; a database may return whole documents. */
    private static final int MAX_CHARACTERS = 100_000;

    private static final int MAX_SCALE = 9;
    private static final int MAX_WHOLE_DIGITS = 38 - MAX_SCALE;

    private static final int NANOS_OF_MICRO = 1000;
    private static final Instant FIRST = Instant.parse("0001-01-01T00:00:00Z");
    private static final Instant BEYOND = Instant.parse("+10000-01-01T00:00:00Z");

    private final Feed.Column column;
    private final @Nullable Pseudonymiser pseudonymiser;
    private final List<DateTimeFormatter> formatters;

    /**
     * A parser for a column.
     *
     * @param pseudonymiser null to leave values as the source sends them
     */
    ValueParser(Feed.Column column, @Nullable Pseudonymiser pseudonymiser) {
        this.column = column;
        this.pseudonymiser = pseudonymiser;
        this.formatters =
                column.patterns().stream().map(Feed.DatePattern::formatter).toList();
    }

    /** Parses a field: a text, or a value of the column's type. */
    ParsedValue read(Object field) throws UnreadableValueException {
        if (field instanceof String text) {
            return read(text);
        }
        if (field instanceof InvalidField invalid) {
            throw new UnreadableValueException(Code.UNPARSABLE, invalid.problem());
        }
        if (field instanceof Long || field instanceof Boolean) {
            return ParsedValue.of(field);
        }
        if (field instanceof BigDecimal number) {
            return ParsedValue.of(decimal(number));
        }
        try {
            if (field instanceof LocalDate date) {
                return ParsedValue.of(inRange(date));
            }
            if (field instanceof Instant instant) {
                return ParsedValue.of(micros(inRange(instant)));
            }
            if (field instanceof OffsetDateTime time) {
                inRange(time.toLocalDate());
                return ParsedValue.of(micros(time.toInstant()));
            }
            if (field instanceof LocalDateTime time) {
                inRange(time.toLocalDate());
                return localTime(time);
            }
        } catch (DateTimeException outOfRange) {
            return read(field.toString());
        }
        throw new IllegalStateException("column '" + column.name() + "': no field is a "
                + field.getClass().getSimpleName());
    }

    private ParsedValue read(String text) throws UnreadableValueException {
        return switch (column.type()) {
            case TEXT -> ParsedValue.of(text(text));
            case WHOLE -> ParsedValue.of(wholeNumber(text));
            case DECIMAL -> ParsedValue.of(decimal(text));
            case BOOLEAN -> ParsedValue.of(bool(text));
            case DATE -> ParsedValue.of(date(text));
            case INSTANT -> ParsedValue.of(instant(text));
            case LOCAL_TIME -> localTime(text);
        };
    }

    private String text(String text) throws UnreadableValueException {
        if (text.indexOf('\0') >= 0) {
            throw new UnreadableValueException(Code.UNPARSABLE, "contains a NUL character, which text must not");
        }
        if (text.length() > MAX_CHARACTERS) {
            throw new UnreadableValueException(
                    Code.UNPARSABLE, "is longer than the " + MAX_CHARACTERS + " characters allowed for a text");
        }
        TextPattern matches = column.matches();
        if (matches != null) {
            requireMatch(matches, text);
        }
        return pseudonymiser != null && column.privacy() == Feed.Privacy.PSEUDONYMISE
                ? pseudonymiser.apply(text)
                : text;
    }

    private static void requireMatch(TextPattern matches, String text) throws UnreadableValueException {
        String problem =
                switch (matches.compare(text)) {
                    case MATCHES -> null;
                    case DIFFERS -> "does not match '" + matches + "'";
                    case TOO_LONG -> "is longer than the maximum for texts that '" + matches + "' is compared with";
                    case TOO_EXPENSIVE -> "takes too many steps to match against '" + matches + "'";
                };
        if (problem != null) {
            throw new UnreadableValueException(Code.NO_MATCH, problem);
        }
    }

    private static Long wholeNumber(String text) throws UnreadableValueException {
        if (!WHOLE.matcher(text).matches()) {
            throw new UnreadableValueException(
                    Code.UNPARSABLE, "is not a whole number (digits only, with an optional sign)");
        }
        try {
            return Long.valueOf(text);
        } catch (NumberFormatException tooLarge) {
            throw new UnreadableValueException(Code.UNPARSABLE, "is a whole number with more than 64 bits");
        }
    }

    private static BigDecimal decimal(String text) throws UnreadableValueException {
        if (!DECIMAL.matcher(text).matches()) {
            throw new UnreadableValueException(
                    Code.UNPARSABLE,
                    "is not a decimal number (digits and a decimal point, without thousands separators)");
        }
        return decimal(new BigDecimal(text));
    }

    private static BigDecimal decimal(BigDecimal value) throws UnreadableValueException {
        BigDecimal number = value.stripTrailingZeros();
        if (number.scale() > MAX_SCALE || number.precision() - number.scale() > MAX_WHOLE_DIGITS) {
            throw new UnreadableValueException(
                    Code.UNPARSABLE,
                    "has more than " + MAX_WHOLE_DIGITS + " digits before or " + MAX_SCALE
                            + " after the decimal point");
        }
        return number.setScale(MAX_SCALE);
    }

    private static Boolean bool(String text) throws UnreadableValueException {
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "true", "yes", "y", "1" -> true;
            case "false", "no", "n", "0" -> false;
            default ->
                throw new UnreadableValueException(Code.UNPARSABLE, "is not one of true, false, yes, no, y, n, 1, 0");
        };
    }

    private LocalDate date(String text) throws UnreadableValueException {
        LocalDate iso = formatters.isEmpty() ? IsoText.date(text) : null;
        if (iso != null) {
            return iso;
        }
        return parsed(
                text,
                DateTimeFormatter.ISO_LOCAL_DATE,
                (value, formatter) -> inRange(LocalDate.parse(value, formatter)),
                "an existing date");
    }

    private Instant instant(String text) throws UnreadableValueException {
        LocalDateTime iso = formatters.isEmpty() ? IsoText.timeInUtc(text) : null;
        if (iso != null) {
            return iso.toInstant(ZoneOffset.UTC);
        }
        OffsetDateTime time = parsed(
                isoText(text),
                DateTimeFormatter.ISO_OFFSET_DATE_TIME,
                (value, formatter) -> {
                    OffsetDateTime found = OffsetDateTime.parse(value, formatter);
                    inRange(found.toLocalDate());
                    return found;
                },
                "an existing time with its offset");
        return micros(time.toInstant());
    }

    private ParsedValue localTime(String text) throws UnreadableValueException {
        LocalDateTime iso = formatters.isEmpty() ? IsoText.time(text) : null;
        if (iso != null) {
            return localTime(iso);
        }
        LocalDateTime time = parsed(
                isoText(text),
                DateTimeFormatter.ISO_LOCAL_DATE_TIME,
                (value, formatter) -> {
                    LocalDateTime found = LocalDateTime.parse(value, formatter);
                    inRange(found.toLocalDate());
                    return found;
                },
                "an existing date and time");
        return localTime(time);
    }

    private ParsedValue localTime(LocalDateTime time) throws UnreadableValueException {
        ZoneId zone = column.zone();
        if (zone == null) {
            throw new IllegalStateException("column '" + column.name() + "' has no zone");
        }
        List<ZoneOffset> offsets = zone.getRules().getValidOffsets(time);
        if (offsets.isEmpty()) {
            ZoneOffsetTransition gap = zone.getRules().getTransition(time);
            throw new UnreadableValueException(
                    Code.NO_SUCH_TIME,
                    "is a time that did not exist in " + zone + ": the clocks went from "
                            + gap.getDateTimeBefore().toLocalTime() + " to "
                            + gap.getDateTimeAfter().toLocalTime() + " that day");
        }
        Instant earlier = micros(time.toInstant(offsets.get(0)));
        return new ParsedValue(earlier, offsets.size() > 1);
    }

    /** Range of years that all readers of the tables support. */
    private static LocalDate inRange(LocalDate date) {
        if (date.getYear() < 1 || date.getYear() > 9999) {
            throw new DateTimeException("year out of range");
        }
        return date;
    }

    private static Instant inRange(Instant instant) {
        if (instant.isBefore(FIRST) || !instant.isBefore(BEYOND)) {
            throw new DateTimeException("year out of range");
        }
        return instant;
    }

    @SuppressWarnings("JavaInstantGetSecondsGetNano")
    private static Instant micros(Instant instant) {
        return instant.getNano() % NANOS_OF_MICRO == 0 ? instant : instant.truncatedTo(ChronoUnit.MICROS);
    }

    /** The value according to the first of the column's patterns that fits. */
    private <T> T parsed(
            String text, DateTimeFormatter iso, BiFunction<String, DateTimeFormatter, T> parse, String what)
            throws UnreadableValueException {
        for (DateTimeFormatter formatter : formatters.isEmpty() ? List.of(iso) : formatters) {
            try {
                return parse.apply(text, formatter);
            } catch (DateTimeException notThisOne) {
                // The next pattern may fit.
            }
        }
        String pattern = column.patternText();
        throw new UnreadableValueException(
                Code.UNPARSABLE, "is not " + what + ", written " + (pattern == null ? "in ISO format" : pattern));
    }

    /** The ISO form, with T in place of the blank that databases write. */
    private String isoText(String text) {
        boolean hasSpace = column.patterns().isEmpty() && text.length() > 10 && text.charAt(10) == ' ';
        return hasSpace ? text.substring(0, 10) + 'T' + text.substring(11) : text;
    }
}

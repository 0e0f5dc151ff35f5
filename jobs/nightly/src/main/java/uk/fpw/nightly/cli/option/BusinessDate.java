package uk.fpw.nightly.cli.option;

import java.time.Clock;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;
import uk.fpw.warehouse.failure.FpwException;
import uk.fpw.warehouse.force.Force;

/** Determines the business date of a run. */
public final class BusinessDate {

    private BusinessDate() {}

    /**
     * The given date, or yesterday in the force's time zone: the last complete day. A future date is rejected, since
     * its day has not been recorded yet.
     */
    public static LocalDate choose(@Nullable LocalDate given, Force force, Clock clock) {
        return choose(given, "--date", force, clock);
    }

    /** The same for an option with that name. */
    public static LocalDate choose(@Nullable LocalDate given, String option, Force force, Clock clock) {
        LocalDate today = LocalDate.now(clock.withZone(force.zone()));
        if (given == null) {
            return today.minusDays(1);
        }
        if (given.isAfter(today)) {
            throw FpwException.configuration(option + " " + given + " is in the future: today is " + today + " in "
                    + force.zone() + "; use a date that is not in the future");
        }
        return given;
    }

    /** Reads {@code yyyy-MM-dd}. */
    public static final class Converter implements ITypeConverter<LocalDate> {

        @Override
        public LocalDate convert(String text) {
            try {
                return LocalDate.parse(text);
            } catch (DateTimeParseException wrong) {
                throw new TypeConversionException("'" + text + "' is not a date; use a form like 2016-01-12");
            }
        }
    }
}

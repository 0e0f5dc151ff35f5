package uk.fpw.nightly.cli.option;

import java.time.Duration;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** How long to wait for the warehouse lock. */
public final class LockOption {

    @Option(
            names = "--wait-for-lock",
            paramLabel = "MINUTES",
            defaultValue = "0",
            converter = Minutes.class,
            description = "Wait this long for another run that holds the warehouse lock, before ending with exit "
                    + "code 6. For schedulers that start several parts at the same time. Default: 0, do not "
                    + "wait.")
    private Duration timeout = Duration.ZERO;

    /** How long to wait for the lock. */
    public Duration timeout() {
        return timeout;
    }

    static final class Minutes implements ITypeConverter<Duration> {

        @Override
        public Duration convert(String text) {
            if (!text.matches("\\d{1,4}")) {
                throw new TypeConversionException(
                        "'" + text + "' is not a number of minutes from 0 to 9999; use a form like 90");
            }
            return Duration.ofMinutes(Integer.parseInt(text));
        }
    }
}

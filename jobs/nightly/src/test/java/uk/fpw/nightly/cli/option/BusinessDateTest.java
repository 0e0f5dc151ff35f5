package uk.fpw.nightly.cli.option;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import uk.fpw.nightly.TestForce;
import uk.fpw.warehouse.failure.ExitCode;
import uk.fpw.warehouse.failure.FpwException;
import uk.fpw.warehouse.force.Force;

@Tag("time-zone")
class BusinessDateTest {

    /** Half past midnight on the 2nd in London, in summer; in UTC it is still the 1st. */
    private static final Clock CLOCK = Clock.fixed(Instant.parse("2016-07-01T23:30:00Z"), ZoneOffset.UTC);

    private static final Force FORCE = TestForce.in(Path.of("/warehouse"));

    @Test
    void withoutADateItIsTheLastDayThatIsOverInTheForcesZone() {
        assertThat(BusinessDate.choose(null, FORCE, CLOCK)).isEqualTo(LocalDate.of(2016, 7, 1));
    }

    @Test
    void todayAndEarlierDaysAreTaken() {
        assertThat(BusinessDate.choose(LocalDate.of(2016, 7, 2), FORCE, CLOCK)).isEqualTo(LocalDate.of(2016, 7, 2));
        assertThat(BusinessDate.choose(LocalDate.of(2014, 11, 1), FORCE, CLOCK)).isEqualTo(LocalDate.of(2014, 11, 1));
    }

    @Test
    void tomorrowIsRefused() {
        assertThatThrownBy(() -> BusinessDate.choose(LocalDate.of(2016, 7, 3), FORCE, CLOCK))
                .isInstanceOfSatisfying(FpwException.class, failure -> assertThat(failure.exitCode())
                        .isEqualTo(ExitCode.CONFIGURATION))
                .hasMessage("--date 2016-07-03 is in the future: today is 2016-07-02 in Europe/London; use a date "
                        + "that is not in the future");
    }
}

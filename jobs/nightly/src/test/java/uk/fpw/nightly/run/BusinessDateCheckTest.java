package uk.fpw.nightly.run;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import uk.fpw.nightly.TestForce;
import uk.fpw.warehouse.force.Force;

@Tag("time-zone")
class BusinessDateCheckTest {

    private final Force force = TestForce.in(Path.of("/warehouse"));

    @Test
    void firstDateIsAnyDate() {
        assertThatCode(() -> require("2016-01-12", false, null)).doesNotThrowAnyException();
    }

    @Test
    void dateBeforeTheLastOneIsRefusedEvenIfConfirmed() {
        assertThatThrownBy(() -> require("2016-01-11", true, "2016-01-12"))
                .hasMessage("the last business date of the warehouse is 2016-01-12, so a nightly run of 2016-01-11 is "
                        + "rejected: "
                        + "business dates must not decrease. Run 2016-01-12 or later");
    }

    @Test
    void dateUpToTheDeclaredNumberOfDaysAfterTheLastNeedsNoQuestion() {
        assertThatCode(() -> require("2016-01-12", false, "2016-01-12")).doesNotThrowAnyException();
        assertThatCode(() -> require("2016-01-19", false, "2016-01-12")).doesNotThrowAnyException();
    }

    @Test
    void dateFurtherOnIsRefusedUntilItIsConfirmed() {
        assertThatThrownBy(() -> require("2016-01-20", false, "2016-01-12"))
                .hasMessage("the business date 2016-01-20 is 8 days after 2016-01-12, the last business date "
                        + "of the warehouse; more than 7 (force.yml: confirm_date_after_days) must be confirmed,"
                        + " since no earlier date can be loaded afterwards. Check the date and the "
                        + "system clock; then run the missed dates in order, fpw nightly --from "
                        + "2016-01-13,"
                        + " or, to skip them, use --confirm-date");
        assertThatCode(() -> require("2016-01-20", true, "2016-01-12")).doesNotThrowAnyException();
    }

    private void require(String date, boolean isConfirmed, @Nullable String latest) {
        BusinessDateCheck.require(
                force,
                new RunRequest(RunRequest.Task.NIGHTLY, LocalDate.parse(date), null, false, isConfirmed, false),
                latest == null ? null : LocalDate.parse(latest));
    }
}

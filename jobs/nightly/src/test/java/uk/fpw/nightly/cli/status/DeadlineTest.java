package uk.fpw.nightly.cli.status;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import uk.fpw.layout.ReleaseId;

@Tag("time-zone")
class DeadlineTest {

    private static final ZoneId LONDON = ZoneId.of("Europe/London");
    private static final LocalTime SEVEN = LocalTime.of(7, 0);

    private static Deadline lastAt(LocalTime time, String now) {
        return Deadline.last(time, LONDON, Clock.fixed(Instant.parse(now), ZoneOffset.UTC));
    }

    private static Deadline.Published release(String businessDate, String releasedAt) {
        LocalDate date = LocalDate.parse(businessDate);
        return new Deadline.Published(ReleaseId.of(date, 1), date, Instant.parse(releasedAt));
    }

    @Test
    void atTheDeadlineTheDayBeforeMustBeOut() {
        Deadline deadline = lastAt(SEVEN, "2026-11-24T07:00:00Z");
        assertThat(deadline.businessDate()).isEqualTo(LocalDate.of(2026, 11, 23));
        assertThat(deadline.missed(List.of(release("2026-11-23", "2026-11-24T06:59:59Z"))))
                .isNull();
        assertThat(deadline.missed(List.of(release("2026-11-23", "2026-11-24T07:00:00Z"))))
                .isNull();
    }

    @Test
    void beforeTheDeadlineThatOfYesterdayCounts() {
        assertThat(lastAt(SEVEN, "2026-11-24T06:59:59Z").businessDate()).isEqualTo(LocalDate.of(2026, 11, 22));
    }

    @Test
    void aReleaseOfALaterDateWillDo() {
        assertThat(lastAt(SEVEN, "2026-11-24T07:00:00Z").missed(List.of(release("2026-11-24", "2026-11-24T05:00:00Z"))))
                .isNull();
    }

    @Test
    void sevenIsSevenOnTheClockOfTheForceInSummerAndOnTheDaysOfTheChange() {
        assertThat(lastAt(SEVEN, "2026-07-01T06:00:00Z").at().toInstant()).isEqualTo("2026-07-01T06:00:00Z");
        assertThat(lastAt(SEVEN, "2026-03-29T06:00:00Z").at().toInstant()).isEqualTo("2026-03-29T06:00:00Z");
        assertThat(lastAt(SEVEN, "2026-10-25T07:00:00Z").at().toInstant()).isEqualTo("2026-10-25T07:00:00Z");
        // 01:30 does not exist on the first of these days and occurs twice on the second
        LocalTime halfPastOne = LocalTime.of(1, 30);
        assertThat(lastAt(halfPastOne, "2026-03-29T12:00:00Z").at().toInstant()).isEqualTo("2026-03-29T01:30:00Z");
        assertThat(lastAt(halfPastOne, "2026-10-25T12:00:00Z").at().toInstant()).isEqualTo("2026-10-25T00:30:00Z");
    }

    @Test
    void onTheDaysOfTheChangeTheDayBeforeIsDueAndTheLastSecondStillCounts() {
        // the night is an hour shorter: seven is 06:00 UTC
        assertThat(lastAt(SEVEN, "2026-03-29T06:00:00Z").businessDate()).isEqualTo(LocalDate.of(2026, 3, 28));
        assertThat(lastAt(SEVEN, "2026-03-29T06:00:00Z").missed(List.of(release("2026-03-28", "2026-03-29T06:00:00Z"))))
                .isNull();
        assertThat(lastAt(SEVEN, "2026-03-29T06:30:00Z").missed(List.of(release("2026-03-28", "2026-03-29T06:00:01Z"))))
                .isEqualTo("no release of 2026-03-28 was published by 2026-03-29 07:00 (Europe/London): release "
                        + "2026-03-28.1"
                        + " was published at 2026-03-29 07:00");
        // an hour longer: seven is 07:00 UTC; 06:30 is still before it
        assertThat(lastAt(SEVEN, "2026-10-25T06:30:00Z").businessDate()).isEqualTo(LocalDate.of(2026, 10, 23));
        assertThat(lastAt(SEVEN, "2026-10-25T07:00:00Z").missed(List.of(release("2026-10-24", "2026-10-25T06:30:00Z"))))
                .isNull();
    }

    @Test
    void saysWhatReadersSeeInstead() {
        assertThat(lastAt(SEVEN, "2026-11-24T07:00:00Z").missed(List.of(release("2026-11-22", "2026-11-23T04:00:00Z"))))
                .isEqualTo("no release of 2026-11-23 was published by 2026-11-24 07:00 (Europe/London); readers see "
                        + "2026-11-22.1,"
                        + " data as at 2026-11-22");
    }

    @Test
    void saysHowLateARelease() {
        assertThat(lastAt(SEVEN, "2026-11-24T09:00:00Z").missed(List.of(release("2026-11-23", "2026-11-24T08:12:00Z"))))
                .isEqualTo("no release of 2026-11-23 was published by 2026-11-24 07:00 (Europe/London): release "
                        + "2026-11-23.1"
                        + " was published at 2026-11-24 08:12");
    }

    @Test
    void saysThatThereIsNone() {
        assertThat(lastAt(SEVEN, "2026-11-24T07:00:00Z").missed(List.of()))
                .isEqualTo("no release of 2026-11-23 was published by 2026-11-24 07:00 (Europe/London), and none "
                        + "before");
    }
}

package uk.fpw.metrics.cube;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import uk.fpw.metrics.cube.StandardClock.Moment;
import uk.fpw.metrics.series.ObservedSpell.Outcome;
import uk.fpw.metrics.series.QueueSpec;

@Tag("time-zone")
class StandardClockTest {

    private static final ZoneId LONDON = ZoneId.of("Europe/London");
    private static final StandardClock CLOCK = new StandardClock(LONDON);
    private static final QueueSpec.Standard DAY =
            new QueueSpec.Standard("within 24 hours", 24, QueueSpec.NONE, Map.of());
    private static final QueueSpec.Standard WEEK = new QueueSpec.Standard("within 7 days", QueueSpec.NONE, 7, Map.of());
    private static final int KNOWN_TO = day("2016-01-01");

    private static int day(String date) {
        return (int) LocalDate.parse(date).toEpochDay();
    }

    private static Moment on(String date) {
        return new Moment(day(date), null);
    }

    /** An instant in UTC. */
    private static Moment at(String instant) {
        Instant point = Instant.parse(instant);
        return new Moment(
                (int) point.atZone(LONDON).toLocalDate().toEpochDay(), ChronoUnit.MICROS.between(Instant.EPOCH, point));
    }

    private static Outcome outcome(QueueSpec.Standard standard, Moment entered, Moment left) {
        return CLOCK.outcome(standard, entered, left, true, KNOWN_TO);
    }

    @Test
    void daysAreThoseBetweenTheLocalDates() {
        assertThat(CLOCK.dueOn(WEEK, on("2015-10-01"))).isEqualTo(day("2015-10-09"));
        assertThat(outcome(WEEK, on("2015-10-01"), on("2015-10-08"))).isEqualTo(Outcome.MET);
        assertThat(outcome(WEEK, on("2015-10-01"), on("2015-10-09"))).isEqualTo(Outcome.FAILED);
    }

    @Test
    void hoursAreElapsedHoursAlsoWhereTheClocksGoBack() {
        // 25 October 2015 has 25 hours in London: noon on the 24th to 11:00 on the 25th is 24 hours
        assertThat(outcome(DAY, at("2015-10-24T11:00:00Z"), at("2015-10-25T11:00:00Z")))
                .isEqualTo(Outcome.MET);
        assertThat(outcome(DAY, at("2015-10-24T11:00:00Z"), at("2015-10-25T11:00:00.000001Z")))
                .isEqualTo(Outcome.FAILED);
    }

    @Test
    void hoursThatDatesAloneCannotTellAreUnknown() {
        assertThat(outcome(DAY, on("2015-11-02"), on("2015-11-02"))).isEqualTo(Outcome.MET);
        assertThat(outcome(DAY, on("2015-11-02"), on("2015-11-03"))).isEqualTo(Outcome.UNKNOWN);
        assertThat(outcome(DAY, on("2015-11-02"), on("2015-11-04"))).isEqualTo(Outcome.FAILED);
        assertThat(outcome(DAY, at("2015-11-02T23:00:00Z"), on("2015-11-03"))).isEqualTo(Outcome.UNKNOWN);
        assertThat(outcome(DAY, on("2015-11-02"), at("2015-11-03T00:00:00Z"))).isEqualTo(Outcome.MET);
    }

    @Test
    void deadlineIsTheFirstDayAtWhoseEndTheItemIsLateForCertain() {
        // received at an unknown time on the 2nd, so it may be within 24 hours until the end of the 3rd
        assertThat(CLOCK.dueOn(DAY, on("2015-11-02"))).isEqualTo(day("2015-11-03"));
        assertThat(CLOCK.dueOn(DAY, at("2015-11-02T09:00:00Z"))).isEqualTo(day("2015-11-03"));
    }

    @Test
    void nothingIsSaidBeforeTheDeadlineEvenOfWhatWasServed() {
        assertThat(CLOCK.outcome(WEEK, on("2015-12-25"), on("2015-12-26"), true, KNOWN_TO))
                .isEqualTo(Outcome.NOT_YET_DUE);
        assertThat(CLOCK.outcome(WEEK, on("2015-12-24"), null, false, KNOWN_TO)).isEqualTo(Outcome.FAILED);
    }

    @Test
    void whatLeftInTimeButWasNotServedIsLeftUnseen() {
        assertThat(CLOCK.outcome(WEEK, on("2015-10-01"), on("2015-10-02"), false, KNOWN_TO))
                .isEqualTo(Outcome.LEFT_UNSEEN);
        assertThat(CLOCK.outcome(WEEK, on("2015-10-01"), on("2015-10-20"), false, KNOWN_TO))
                .isEqualTo(Outcome.FAILED);
    }
}

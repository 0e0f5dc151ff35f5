package uk.fpw.metrics.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import uk.fpw.warehouse.force.Coverage;

/** Which cases are open, and which of their steps are recorded. */
@Tag("time-zone")
class CaseMilestonesTest {

    private static final CaseMilestones MILESTONES = new CaseMilestones(
            ItemTimeline.force(List.of(), List.of(ItemTimeline.milestones())),
            new Coverage(ItemTimeline.BUSINESS_DATE, Map.of()));

    /** Step, position, days from becoming aware, status and its day. */
    private static List<String> open(String events) {
        return MILESTONES.open(ItemTimeline.events(events)).stream()
                .map(step -> step.step() + " " + step.stepOrder() + ", since "
                        + (step.dataAsAt() - step.awareOn()) + ", "
                        + step.status().words()
                        + (step.statusOn() == null ? "" : " " + LocalDate.ofEpochDay(step.statusOn())))
                .toList();
    }

    @Test
    void everyStepOfAnOpenCaseIsThereWhetherItIsRecordedOrNot() {
        assertThat(open("""
                2015-03-01 reported
                2015-03-04 seen
                """)).containsExactly("seen 1, since 30, done 2015-03-04", "visited 2, since 30, not recorded");
    }

    @Test
    void caseThatWasDroppedIsNotOpen() {
        assertThat(open("""
                2015-03-01 reported
                2015-03-04 dropped
                """)).isEmpty();
    }

    @Test
    void caseThatIsOpenedAgainIsKnownSinceItsFirstDay() {
        assertThat(open("""
                2015-03-01 reported
                2015-03-04 dropped
                2015-03-21 reopened
                """)).containsExactly("seen 1, since 30, not recorded", "visited 2, since 30, not recorded");
    }

    @Test
    void atOneMomentACaseOpensBeforeItCloses() {
        assertThat(open("""
                2015-03-01 dropped
                2015-03-01 reported
                """)).isEmpty();
        assertThat(open("""
                2015-03-01 dropped
                2015-03-01 reported order=1
                """)).hasSize(2);
    }

    @Test
    void pointsInTimeDecideOnlyWhereEveryEventOfTheDayHasOne() {
        assertThat(open("""
                2015-03-01 09:00 dropped
                2015-03-01 10:00 reported
                """)).hasSize(2);
        assertThat(open("""
                2015-03-01 09:00 dropped
                2015-03-01 reported
                """)).isEmpty();
    }

    @Test
    void firstRecordCountsAndDoneOutweighsNotApplicable() {
        assertThat(open("""
                2015-03-01 reported
                2015-03-02 far
                2015-03-09 seen_again
                2015-03-05 seen
                """))
                .containsExactly("seen 1, since 30, done 2015-03-05", "visited 2, since 30, not applicable 2015-03-02");
        assertThat(open("""
                2015-03-01 reported
                2015-03-02 far
                2015-03-11 visited
                """)).contains("visited 2, since 30, done 2015-03-11");
    }

    @Test
    void whatWasRecordedBeforeTheCaseOpenedCounts() {
        assertThat(open("""
                2015-02-01 visited
                2015-03-01 reported
                """)).contains("visited 2, since 30, done 2015-02-01");
    }

    @Test
    void eventsToComeAndItemsOfAnotherKindAreNotHeard() {
        assertThat(open("""
                2015-03-01 reported
                2015-04-01 dropped
                2015-04-01 seen
                """)).contains("seen 1, since 30, not recorded");
        assertThat(open("2015-03-01 reported of=case")).isEmpty();
    }
}

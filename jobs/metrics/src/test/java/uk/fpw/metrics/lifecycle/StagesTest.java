package uk.fpw.metrics.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import uk.fpw.warehouse.force.queue.Queue;

/** An item in a queue and its two stages; one begins when the other ends. The business date is 2015-03-31. */
@Tag("time-zone")
class StagesTest {

    private static final Queue.Exit EXAMINED = new Queue.Exit("examined", "examined", true);
    private static final List<Queue> QUEUES = List.of(
            ItemTimeline.queue(
                    "whole",
                    null,
                    List.of("received"),
                    List.of(),
                    List.of(EXAMINED, new Queue.Exit("withdrawn", "withdrawn", false))),
            ItemTimeline.queue(
                    "intake",
                    "whole",
                    List.of("received"),
                    List.of(),
                    List.of(new Queue.Exit("accepted", "accepted", false))),
            ItemTimeline.queue("laboratory", "whole", List.of("accepted"), List.of(), List.of(EXAMINED)),
            ItemTimeline.queue("accepted_ones", null, List.of("accepted"), List.of(), List.of(EXAMINED)));

    private static ItemTimeline timeline(String events) {
        return ItemTimeline.of(QUEUES, events);
    }

    @Test
    void stagesFollowOneAnother() {
        ItemTimeline timeline = timeline("""
                2015-01-01 received
                2015-01-03 accepted
                2015-01-09 examined""");
        assertThat(timeline.spells())
                .containsExactly(
                        "whole 2015-01-01 2015-01-09 examined, served",
                        "intake 2015-01-01 2015-01-03 accepted",
                        "laboratory 2015-01-03 2015-01-09 examined, served",
                        "accepted_ones 2015-01-03 2015-01-09 examined, served");
        assertThat(timeline.irregularities()).isEmpty();
        assertThat(timeline.result().outOfOrder()).isEmpty();
    }

    @Test
    void itemOutOfOrderIsInNoStageAndStaysInTheWholeAndElsewhere() {
        ItemTimeline timeline = timeline("""
                2015-01-01 received
                2015-01-03 examined
                2015-01-09 accepted    # after it was examined""");
        assertThat(timeline.spells()).containsExactly("whole 2015-01-01 2015-01-03 examined, served");
        assertThat(timeline.irregularities())
                .containsExactlyInAnyOrder(
                        "intake DATES_OUT_OF_ORDER received 2015-01-01",
                        // a stage that excludes the item for a reason of its own reports only that reason
                        "laboratory CLOSED_BEFORE_RECEIVED examined 2015-01-03",
                        "accepted_ones CLOSED_BEFORE_RECEIVED examined 2015-01-03");
        assertThat(timeline.result().outOfOrder()).containsExactly(0);
        assertThat(timeline.excluded())
                .containsExactly(
                        "intake in 2015-01-01",
                        "intake out 2015-01-09",
                        "laboratory in 2015-01-09",
                        "accepted_ones in 2015-01-09");
    }

    @Test
    void anIrregularEventAloneIsNotOutOfOrder() {
        ItemTimeline timeline = timeline("""
                2015-01-01 received
                2015-01-02 received    # ignored in the whole and in its stage
                2015-01-03 accepted
                2015-01-09 examined""");
        assertThat(timeline.spells()).hasSize(4);
        assertThat(timeline.irregularities())
                .containsExactly(
                        "whole RECEIVED_TWICE received 2015-01-02", "intake RECEIVED_TWICE received 2015-01-02");
        assertThat(timeline.result().outOfOrder()).isEmpty();
        assertThat(timeline("""
                2015-01-01 received
                2015-01-02 accepted
                2015-01-03 accepted    # ignored in both stages""").result().outOfOrder()).isEmpty();
    }

    @Test
    void definitionsThatDoNotFitTogetherAreNotTheItemsFault() {
        ItemTimeline timeline = timeline("""
                2015-01-01 received
                2015-01-04 withdrawn   # leaves the whole, and the intake does not listen to it
                2015-04-01 examined    # waits for its day, which is nothing irregular""");
        assertThat(timeline.spells())
                .containsExactly("whole 2015-01-01 2015-01-04 withdrawn", "intake 2015-01-01 waits");
        assertThat(timeline.result().outOfOrder()).isEmpty();
        assertThat(timeline.excluded()).isEmpty();
    }

    @Test
    void anIrregularityOfTheWholeMakesAnItemThatDoesNotAddUpOutOfOrder() {
        ItemTimeline timeline = timeline("""
                2015-01-01 received
                2015-01-04 withdrawn
                2015-01-05 withdrawn   # ignored, yet irregular""");
        assertThat(timeline.spells()).containsExactly("whole 2015-01-01 2015-01-04 withdrawn");
        assertThat(timeline.irregularities())
                .containsExactlyInAnyOrder(
                        "whole CLOSED_TWICE withdrawn 2015-01-05", "intake DATES_OUT_OF_ORDER received 2015-01-01");
        assertThat(timeline.result().outOfOrder()).containsExactly(0);
        assertThat(timeline.excluded()).containsExactly("intake in 2015-01-01");
    }

    @Test
    void aRepeatedStatementDoesNotMakeAnItemOutOfOrder() {
        ItemTimeline timeline = timeline("""
                2015-01-01 received
                2015-01-01 received    # stated twice, which is no fault of the dates
                2015-01-04 withdrawn""");
        assertThat(timeline.result().outOfOrder()).isEmpty();
        assertThat(timeline.irregularities())
                .containsExactlyInAnyOrder(
                        "whole EVENT_REPEATED received 2015-01-01", "intake EVENT_REPEATED received 2015-01-01");
    }

    @Test
    void stagesOfOneDayAddUpWhateverTheirOrder() {
        ItemTimeline timeline = timeline("""
                2015-01-01 received
                2015-01-03 examined order=0
                2015-01-03 accepted order=1    # on the same day, so that on no day there is one too many""");
        assertThat(timeline.spells())
                .containsExactly(
                        "whole 2015-01-01 2015-01-03 examined, served", "intake 2015-01-01 2015-01-03 accepted");
        assertThat(timeline.irregularities())
                .containsExactly(
                        "laboratory CLOSED_BEFORE_RECEIVED examined 2015-01-03",
                        "accepted_ones CLOSED_BEFORE_RECEIVED examined 2015-01-03");
        assertThat(timeline.result().outOfOrder()).isEmpty();
        assertThat(timeline.excluded()).containsExactly("laboratory in 2015-01-03", "accepted_ones in 2015-01-03");
    }

    @Test
    void anItemThatComesBackOutOfOrderIsOutOfOrderFromItsBeginning() {
        ItemTimeline timeline = timeline("""
                2015-01-01 received
                2015-01-03 accepted
                2015-01-09 examined
                2015-02-01 accepted    # back in the stage, not in the whole""");
        assertThat(timeline.spells())
                .containsExactly(
                        "whole 2015-01-01 2015-01-09 examined, served",
                        "accepted_ones 2015-01-03 2015-01-09 examined, served",
                        "accepted_ones 2015-02-01 waits; received again, first 2015-01-03");
        assertThat(timeline.irregularities())
                .containsExactlyInAnyOrder(
                        "intake CLOSED_TWICE accepted 2015-02-01",
                        "intake DATES_OUT_OF_ORDER received 2015-01-01",
                        "laboratory RECEIVED_AGAIN accepted 2015-02-01",
                        "laboratory DATES_OUT_OF_ORDER accepted 2015-01-03",
                        "accepted_ones RECEIVED_AGAIN accepted 2015-02-01");
        assertThat(timeline.excluded())
                .containsExactly(
                        "intake in 2015-01-01",
                        "intake out 2015-01-03",
                        "laboratory in 2015-01-03",
                        "laboratory out 2015-01-09",
                        "laboratory in 2015-02-01");
    }
}

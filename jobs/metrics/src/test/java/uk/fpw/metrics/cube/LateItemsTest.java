package uk.fpw.metrics.cube;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import uk.fpw.metrics.series.ObservedSpell;
import uk.fpw.metrics.series.ObservedSpell.Measured;
import uk.fpw.metrics.series.ObservedSpell.Outcome;
import uk.fpw.metrics.series.QueueSpec;

/** An item that is late in a queue and in its stages counts once on each day. */
class LateItemsTest {

    private static final int QUEUE = 0;
    private static final int STAGE = 1;
    private static final int NEXT_STAGE = 2;
    private static final int STILL_WAITS = QueueSpec.NONE;

    private final LateItems items = new LateItems();

    /** A spell that is past its standards from these days. */
    private static ObservedSpell spell(int queue, int leftOn, int... dueOn) {
        List<Measured> standards = new ArrayList<>();
        for (int due : dueOn) {
            standards.add(new Measured(standards.size(), due, Outcome.FAILED));
        }
        return new ObservedSpell(
                queue,
                -1,
                true,
                true,
                1,
                1,
                leftOn,
                leftOn == STILL_WAITS ? -1 : 0,
                false,
                QueueSpec.NONE,
                1,
                leftOn == STILL_WAITS ? 99 : leftOn,
                1,
                false,
                false,
                standards);
    }

    private Map<Long, Integer> changes() {
        Map<Long, Integer> changes = new HashMap<>();
        items.changes.forEach(changes::put);
        return changes;
    }

    @Test
    void lateInTheQueueAndInAStageIsLateOnce() {
        items.count(List.of(spell(QUEUE, STILL_WAITS, 10), spell(STAGE, 12, 5)));
        assertThat(changes()).isEqualTo(Map.of(5L, 1));
    }

    @Test
    void lateFromOneStageToTheNextIsLateWithoutABreak() {
        items.count(List.of(spell(NEXT_STAGE, 20, 8), spell(STAGE, 8, 5)));
        assertThat(changes()).isEqualTo(Map.of(5L, 1, 20L, -1));
    }

    @Test
    void notLateBetweenTwoStagesIsNotLateThere() {
        items.count(List.of(spell(STAGE, 8, 5), spell(NEXT_STAGE, 12, 10)));
        items.count(List.of(spell(STAGE, STILL_WAITS, 10)));
        assertThat(changes()).isEqualTo(Map.of(5L, 1, 8L, -1, 10L, 2, 12L, -1));
    }

    @Test
    void pastAnyOfSeveralStandardsIsLate() {
        ObservedSpell spell = spell(QUEUE, STILL_WAITS, 30, 3);
        assertThat(spell.countingDueOn()).isEqualTo(30);
        assertThat(spell.earliestDueOn()).isEqualTo(3);
        assertThat(spell.isLate()).isTrue();
        assertThat(spell(QUEUE, 3, 30, 3).isLate()).isFalse();
        assertThat(spell(QUEUE, STILL_WAITS).isLate()).isFalse();
    }
}

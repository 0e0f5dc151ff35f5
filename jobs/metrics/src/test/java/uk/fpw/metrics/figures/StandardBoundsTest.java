package uk.fpw.metrics.figures;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import uk.fpw.metrics.cube.ContributorHash;
import uk.fpw.metrics.cube.SpellBlock;
import uk.fpw.metrics.series.ObservedSpell;
import uk.fpw.metrics.series.ObservedSpell.Outcome;
import uk.fpw.metrics.series.QueueSpec;
import uk.fpw.warehouse.force.queue.Service;

/**
 * Bounds of the share that met a standard, if it is unknown whether the standard applies to some items, compared with
 * every possibility.
 */
class StandardBoundsTest {

    private static final int ENTERED = (int) LocalDate.of(2015, 3, 5).toEpochDay();
    private static final int AS_OF = (int) LocalDate.of(2015, 6, 30).toEpochDay();

    /** Five met it, two failed, one left unseen, one is undecided; it may apply to the others. */
    private static final List<Outcome> OUTCOMES = List.of(
            Outcome.MET,
            Outcome.MET,
            Outcome.MET,
            Outcome.MET,
            Outcome.MET,
            Outcome.FAILED,
            Outcome.FAILED,
            Outcome.LEFT_UNSEEN,
            Outcome.UNKNOWN,
            Outcome.MET.perhaps(),
            Outcome.MET.perhaps(),
            Outcome.FAILED.perhaps(),
            Outcome.LEFT_UNSEEN.perhaps(),
            Outcome.UNKNOWN.perhaps(),
            Outcome.NOT_YET_DUE.perhaps());

    private static Map<String, Object> row(List<Outcome> outcomes) {
        QueueSpec queue = new QueueSpec(
                "waiting",
                1,
                "device",
                "devices",
                QueueSpec.Stages.NONE,
                ENTERED - 100,
                QueueSpec.NONE,
                ENTERED - 100,
                AS_OF,
                null,
                0,
                List.of(),
                List.of(),
                List.of("examined"),
                List.of(true),
                List.of(),
                List.of(0),
                List.of(new QueueSpec.Standard("in_a_week", QueueSpec.NONE, 7, Map.of())),
                Service.WORKING_DAYS,
                QueueSpec.Analysis.NONE);
        SpellBlock block = new SpellBlock(List.of(queue));
        for (int i = 0; i < outcomes.size(); i++) {
            block.add(
                    ContributorHash.of("case " + i),
                    new ObservedSpell(
                            0,
                            -1,
                            true,
                            true,
                            ENTERED,
                            ENTERED,
                            ENTERED + 1,
                            0,
                            true,
                            QueueSpec.NONE,
                            ENTERED,
                            ENTERED + 1,
                            1,
                            false,
                            false,
                            List.of(new ObservedSpell.Measured(0, ENTERED + 8, outcomes.get(i)))),
                    new String[0]);
        }
        return requireNonNull(TestMartRows.of(List.of(queue), AS_OF, List.of(block), Set.of("mart.wait_standard"))
                        .get("mart.wait_standard"))
                .get(0);
    }

    /** The lowest and the highest share over every possibility. */
    private static double[] bounds(List<Outcome> outcomes, int from, int met, int due) {
        if (from == outcomes.size()) {
            double share = (double) met / due;
            return new double[] {share, share};
        }
        double lowest = 1;
        double highest = 0;
        for (int[] way : ways(outcomes.get(from))) {
            double[] rest = bounds(outcomes, from + 1, met + way[0], due + way[1]);
            lowest = Math.min(lowest, rest[0]);
            highest = Math.max(highest, rest[1]);
        }
        return new double[] {lowest, highest};
    }

    /** The possibilities, each as what it adds to the items that met the standard and to those that are due. */
    private static List<int[]> ways(Outcome outcome) {
        return switch (outcome) {
            case MET -> List.of(new int[] {1, 1});
            case FAILED, LEFT_UNSEEN -> List.of(new int[] {0, 1});
            case UNKNOWN -> List.of(new int[] {1, 1}, new int[] {0, 1});
            case PERHAPS_MET -> List.of(new int[] {0, 0}, new int[] {1, 1});
            case PERHAPS_NOT_MET -> List.of(new int[] {0, 0}, new int[] {0, 1});
            case PERHAPS_UNKNOWN -> List.of(new int[] {0, 0}, new int[] {1, 1}, new int[] {0, 1});
            case NOT_YET_DUE, PERHAPS_NOT_YET_DUE -> List.of(new int[] {0, 0});
        };
    }

    @Test
    void boundsAreThoseOfEveryWayInWhichItMayBe() {
        Map<String, Object> row = row(OUTCOMES);
        double[] bounds = bounds(OUTCOMES, 0, 0, 0);

        assertThat(row)
                .containsEntry("due_count", 9L)
                .containsEntry("received_count", 9L)
                .containsEntry("perhaps_due_count", 5L)
                .containsEntry("perhaps_met_count", 3L)
                .containsEntry("perhaps_not_met_count", 3L)
                .containsEntry("share_low", bounds[0])
                .containsEntry("share_high", bounds[1]);
    }

    @Test
    void withoutAnItemToWhichItAppliesForCertainThereIsNoShare() {
        assertThat(row(OUTCOMES.subList(9, 15)))
                .containsEntry("due_count", 0L)
                .containsEntry("perhaps_due_count", 5L)
                .containsEntry("share_low", null)
                .containsEntry("share_high", null);
    }
}

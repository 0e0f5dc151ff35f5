package uk.fpw.metrics.account;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import uk.fpw.metrics.account.ItemRecord.Fault;
import uk.fpw.metrics.account.ItemRecord.Problem;
import uk.fpw.metrics.account.RowCounts.UndeclaredEvent;
import uk.fpw.metrics.grading.JudgementRules;

/** Counts of rows, in one task and merged from several. */
class RowCountsTest {

    private final RowCounts counts = new RowCounts(TestAccounts.NAMES);

    @Test
    void rowsAreCountedWhereTheyGo() {
        ItemRecord used = TestAccounts.item("D1", TestAccounts.EXHIBITS, TestAccounts.EXHIBITS, TestAccounts.CASES);
        ItemRecord excluded = TestAccounts.item("D2", TestAccounts.EXHIBITS);
        counts.used(used);
        counts.excluded(new Exclusions.Exclusion(excluded.rows().get(0), "NO_EVENT", "because"));
        RowCounts twice = new RowCounts(TestAccounts.NAMES);
        twice.add(counts);
        twice.add(counts);
        assertThat(counts.feed(TestAccounts.EXHIBITS).used).isEqualTo(2);
        assertThat(counts.feed(TestAccounts.EXHIBITS).excluded).isEqualTo(Map.of("NO_EVENT", 1L));
        assertThat(counts.feed(TestAccounts.CASES).used).isEqualTo(1);
        assertThat(twice.feed(TestAccounts.EXHIBITS).used).isEqualTo(4);
        assertThat(twice.feed(TestAccounts.EXHIBITS).excluded).isEqualTo(Map.of("NO_EVENT", 2L));
    }

    @Test
    void theExampleOfARuleIsTheFirstOfItsReasonsWhereverItWasFound() {
        counts.broken(TestAccounts.WARNS, "kind b");
        counts.broken(TestAccounts.WARNS, "kind c");
        RowCounts other = new RowCounts(TestAccounts.NAMES);
        other.broken(TestAccounts.WARNS, "kind a");
        counts.add(other);
        assertThat(counts.rule(TestAccounts.WARNS).broken).isEqualTo(3);
        assertThat(counts.rule(TestAccounts.WARNS).example).isEqualTo("kind a");
        assertThat(counts.rule(TestAccounts.EXCLUDES).example).isNull();
    }

    @Test
    void anItemOfNoRowIsCountedOnceForEachQueryThatYieldsIt() {
        ItemRecord record = TestAccounts.item("D1");
        record.faults().add(new Fault(1, Problem.MISSING_DATE));
        record.faults().add(new Fault(1, Problem.MISSING_DATE));
        counts.known(record);
        counts.known(TestAccounts.item("D2", TestAccounts.EXHIBITS));
        counts.known(new ItemRecord(null));
        assertThat(counts.staging(1).unknownItems).isEqualTo(1);
        assertThat(counts.staging(0).unknownItems).isZero();
    }

    @Test
    void aJudgementWithoutAnItemIsNoneOfTheOthersThatCannotBeUsed() {
        counts.unusable(0, JudgementRules.Problem.MISSING_ITEM);
        counts.unusable(0, JudgementRules.Problem.MISSING_DATE);
        assertThat(counts.grading(0).withoutItem).isEqualTo(1);
        assertThat(counts.grading(0).problems).isEqualTo(Map.of("MISSING_DATE", 1L));
    }

    @Test
    void undeclaredEventsAreNamedUpToANumberAndCountedWhole() {
        counts.undeclared(0, null);
        for (int i = 0; i < 2 * RowCounts.MAX_UNDECLARED; i++) {
            counts.undeclared(0, "word " + i);
            counts.undeclared(0, "word 0");
        }
        assertThat(counts.undeclared())
                .hasSize(RowCounts.MAX_UNDECLARED + 1)
                .containsEntry(new UndeclaredEvent(0, RowCounts.OTHERS), RowCounts.MAX_UNDECLARED + 1L)
                .containsEntry(new UndeclaredEvent(0, ""), 1L)
                .containsEntry(new UndeclaredEvent(0, "word 0"), 2L * RowCounts.MAX_UNDECLARED + 1);
    }
}

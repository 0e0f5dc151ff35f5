package uk.fpw.metrics.account;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import uk.fpw.metrics.account.ItemRecord.Break;
import uk.fpw.metrics.account.ItemRecord.Fault;
import uk.fpw.metrics.account.ItemRecord.Problem;

/** The kind of an item that no query sees, because a rule or a fault excludes it. */
class ExcludedItemsTest {

    private final ExcludedItems kinds = new ExcludedItems();

    private void hasEvents(String item, String kind, int feed) {
        ItemRecord record = TestAccounts.item(item, feed);
        kinds.hasEvents(record, Set.of(kind));
        kinds.item(TestAccounts.NAMES, record, true);
    }

    private void broken(String item, int rule, int... feeds) {
        ItemRecord record = TestAccounts.item(item, feeds);
        record.breaks().add(new Break(rule, item, "because"));
        kinds.item(TestAccounts.NAMES, record, false);
    }

    private void withoutEvent(String item, int feed) {
        ItemRecord record = TestAccounts.item(item, feed);
        kinds.excluded(new Exclusions.Exclusion(record.rows().get(0), "NO_EVENT", "because"));
        kinds.item(TestAccounts.NAMES, record, false);
    }

    private Map<String, Long> byKind() {
        return kinds.byKind(TestAccounts.NAMES);
    }

    @Test
    void anExcludedItemIsOfTheKindOfTheOthersInItsFeeds() {
        hasEvents("C1", "case", TestAccounts.CASES);
        broken("C2", TestAccounts.EXCLUDES_CASES, TestAccounts.CASES);
        assertThat(byKind()).isEqualTo(Map.of("case", 1L));
    }

    @Test
    void whereNoItemOfAFeedHasEventsItIsOfTheKindsThatQueriesMakeOfIt() {
        broken("C1", TestAccounts.EXCLUDES_CASES, TestAccounts.CASES);
        broken("C2", TestAccounts.EXCLUDES_CASES, TestAccounts.CASES);
        broken("R1", TestAccounts.EXCLUDES, TestAccounts.REPAIRS);
        assertThat(byKind()).isEqualTo(Map.of("case", 2L, "device", 3L));
    }

    @Test
    void anItemOfAFeedThatQueriesOnlyLookThingsUpInIsOfNoKind() {
        withoutEvent("P1", TestAccounts.PEOPLE);
        broken("P2", TestAccounts.EXCLUDES, TestAccounts.PEOPLE);
        assertThat(byKind()).isEmpty();
    }

    @Test
    void anItemIsCountedOnceForEachKindHoweverManyReasonsThereAre() {
        hasEvents("D1", "device", TestAccounts.EXHIBITS);
        ItemRecord record = TestAccounts.item("D2", TestAccounts.EXHIBITS, TestAccounts.EXHIBITS);
        record.breaks().add(new Break(TestAccounts.EXCLUDES, "D2", "because"));
        record.breaks().add(new Break(TestAccounts.EXCLUDES_TOO, "D2", "because"));
        record.faults().add(new Fault(0, Problem.MISSING_DATE));
        kinds.item(TestAccounts.NAMES, record, false);
        assertThat(byKind()).isEqualTo(Map.of("device", 1L));
    }

    @Test
    void aFaultOfAStagingRowSaysTheKindItself() {
        ItemRecord record = TestAccounts.item("D3", TestAccounts.PEOPLE);
        record.faults().add(new Fault(0, Problem.MISSING_DATE));
        kinds.item(TestAccounts.NAMES, record, true);
        assertThat(byKind()).isEqualTo(Map.of("device", 1L));
    }

    @Test
    void aRuleThatOnlyWarnsAndAnItemThatIsUsedAreNoneOfThese() {
        broken("D1", TestAccounts.WARNS, TestAccounts.EXHIBITS);
        ItemRecord used = TestAccounts.item("D2", TestAccounts.EXHIBITS);
        used.breaks().add(new Break(TestAccounts.EXCLUDES, "D2", "because"));
        kinds.item(TestAccounts.NAMES, used, true);
        assertThat(byKind()).isEmpty();
    }

    @Test
    void whatTwoTasksCountedAddsUp() {
        broken("C1", TestAccounts.EXCLUDES_CASES, TestAccounts.CASES);
        ExcludedItems other = new ExcludedItems();
        ItemRecord known = TestAccounts.item("C9", TestAccounts.CASES);
        other.hasEvents(known, Set.of("case"));
        ItemRecord record = TestAccounts.item("C2", TestAccounts.CASES);
        record.breaks().add(new Break(TestAccounts.EXCLUDES_CASES, "C2", "because"));
        other.item(TestAccounts.NAMES, record, false);
        kinds.add(other);
        assertThat(byKind()).isEqualTo(Map.of("case", 2L));
        assertThat(List.copyOf(byKind().keySet())).containsExactly("case");
    }
}

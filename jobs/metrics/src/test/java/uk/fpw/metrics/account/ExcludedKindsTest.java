package uk.fpw.metrics.account;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import uk.fpw.metrics.account.ItemRecord.Break;
import uk.fpw.metrics.account.ItemRecord.Fault;
import uk.fpw.metrics.account.ItemRecord.Problem;

/** Of what kind an item is that no query sees, because a rule or a fault excludes it. */
class ExcludedKindsTest {

    private final ExcludedKinds kinds = new ExcludedKinds();

    private void hasEvents(String item, String kind, int feed) {
        ItemRecord record = Accounts.item(item, feed);
        kinds.hasEvents(record, Set.of(kind));
        kinds.item(Accounts.NAMES, record, true);
    }

    private void broken(String item, int rule, int... feeds) {
        ItemRecord record = Accounts.item(item, feeds);
        record.breaks().add(new Break(rule, item, "because"));
        kinds.item(Accounts.NAMES, record, false);
    }

    private void withoutEvent(String item, int feed) {
        ItemRecord record = Accounts.item(item, feed);
        kinds.excluded(new Exclusions.Exclusion(record.rows().get(0), "NO_EVENT", "because"));
        kinds.item(Accounts.NAMES, record, false);
    }

    private Map<String, Long> byKind() {
        return kinds.byKind(Accounts.NAMES);
    }

    @Test
    void anExcludedItemIsOfTheKindOfTheOthersInItsFeeds() {
        hasEvents("C1", "case", Accounts.CASES);
        broken("C2", Accounts.EXCLUDES_CASES, Accounts.CASES);
        assertThat(byKind()).isEqualTo(Map.of("case", 1L));
    }

    @Test
    void whereNoItemOfAFeedHasEventsItIsOfTheKindsThatQueriesMakeOfIt() {
        broken("C1", Accounts.EXCLUDES_CASES, Accounts.CASES);
        broken("C2", Accounts.EXCLUDES_CASES, Accounts.CASES);
        broken("R1", Accounts.EXCLUDES, Accounts.REPAIRS);
        assertThat(byKind()).isEqualTo(Map.of("case", 2L, "device", 3L));
    }

    @Test
    void anItemOfAFeedThatQueriesOnlyLookThingsUpInIsOfNoKind() {
        withoutEvent("P1", Accounts.PEOPLE);
        broken("P2", Accounts.EXCLUDES, Accounts.PEOPLE);
        assertThat(byKind()).isEmpty();
    }

    @Test
    void anItemIsCountedOnceForEachKindHoweverManyReasonsThereAre() {
        hasEvents("D1", "device", Accounts.EXHIBITS);
        ItemRecord record = Accounts.item("D2", Accounts.EXHIBITS, Accounts.EXHIBITS);
        record.breaks().add(new Break(Accounts.EXCLUDES, "D2", "because"));
        record.breaks().add(new Break(Accounts.EXCLUDES_TOO, "D2", "because"));
        record.faults().add(new Fault(0, Problem.MISSING_DATE));
        kinds.item(Accounts.NAMES, record, false);
        assertThat(byKind()).isEqualTo(Map.of("device", 1L));
    }

    @Test
    void aFaultOfAStagingRowSaysTheKindItself() {
        ItemRecord record = Accounts.item("D3", Accounts.PEOPLE);
        record.faults().add(new Fault(0, Problem.MISSING_DATE));
        kinds.item(Accounts.NAMES, record, true);
        assertThat(byKind()).isEqualTo(Map.of("device", 1L));
    }

    @Test
    void aRuleThatOnlyWarnsAndAnItemThatIsUsedAreNoneOfThese() {
        broken("D1", Accounts.WARNS, Accounts.EXHIBITS);
        ItemRecord used = Accounts.item("D2", Accounts.EXHIBITS);
        used.breaks().add(new Break(Accounts.EXCLUDES, "D2", "because"));
        kinds.item(Accounts.NAMES, used, true);
        assertThat(byKind()).isEmpty();
    }

    @Test
    void whatTwoTasksCountedAddsUp() {
        broken("C1", Accounts.EXCLUDES_CASES, Accounts.CASES);
        ExcludedKinds other = new ExcludedKinds();
        ItemRecord known = Accounts.item("C9", Accounts.CASES);
        other.hasEvents(known, Set.of("case"));
        ItemRecord record = Accounts.item("C2", Accounts.CASES);
        record.breaks().add(new Break(Accounts.EXCLUDES_CASES, "C2", "because"));
        other.item(Accounts.NAMES, record, false);
        kinds.add(other);
        assertThat(byKind()).isEqualTo(Map.of("case", 2L));
        assertThat(List.copyOf(byKind().keySet())).containsExactly("case");
    }
}

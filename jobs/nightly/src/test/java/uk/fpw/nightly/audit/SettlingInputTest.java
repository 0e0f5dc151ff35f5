package uk.fpw.nightly.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import uk.fpw.layout.ReleaseId;
import uk.fpw.warehouse.store.ledger.ReleaseSteps.Step;

/** How far back the releases of a queue state its counts without a gap. */
@Tag("time-zone")
class SettlingInputTest {

    private final Map<ReleaseId, Step> steps = new HashMap<>();
    private final Map<ReleaseId, Set<String>> queues = new HashMap<>();

    @Test
    void datesGoBackToTheFirstReleaseAndARepeatedDateCountsOnce() {
        release("2016-01-01.1", null, null, "seized");
        release("2016-01-03.1", "2016-01-01.1", null, "seized");
        release("2016-01-03.2", "2016-01-03.1", null, "seized");

        assertThat(releasedOn("2016-01-03.2", "2016-01-04"))
                .containsExactly(entry("seized", List.of("2016-01-03", "2016-01-01")));
    }

    /** A release that was withdrawn while it was current is in no chain: the next one replaced the one before it. */
    @Test
    void datesEndWhereAReleaseWasNotComparedOrNoStepIsRecorded() {
        release("2016-01-01.1", null, null, "seized");
        release("2016-01-02.1", "2016-01-01.1", "it has lost core.spell", "seized");
        release("2016-01-03.1", "2016-01-02.1", null, "seized");
        release("2016-01-04.1", "2016-01-02.1", null, "seized");

        assertThat(releasedOn("2016-01-04.1", "2016-01-05"))
                .containsExactly(entry("seized", List.of("2016-01-04", "2016-01-02")));

        steps.remove(ReleaseId.of("2016-01-04.1"));
        assertThat(releasedOn("2016-01-04.1", "2016-01-05")).containsExactly(entry("seized", List.of("2016-01-04")));
    }

    @Test
    void queueCountsFromTheReleaseOnSinceWhichItIsInAll() {
        release("2016-01-01.1", null, null, "gone", "renewed", "seized");
        release("2016-01-02.1", "2016-01-01.1", null, "seized");
        release("2016-01-03.1", "2016-01-02.1", null, "renewed", "seized");

        assertThat(releasedOn("2016-01-03.1", "2016-01-04"))
                .containsExactly(
                        entry("renewed", List.of("2016-01-03")),
                        entry("seized", List.of("2016-01-03", "2016-01-02", "2016-01-01")));
    }

    @Test
    void releaseOfALaterDateEndsThem() {
        release("2016-01-05.1", null, null, "seized");
        release("2016-01-03.1", "2016-01-05.1", null, "seized");

        assertThat(releasedOn("2016-01-03.1", "2016-01-04")).containsExactly(entry("seized", List.of("2016-01-03")));
        assertThat(releasedOn("2016-01-03.1", "2016-01-02")).isEmpty();
    }

    private void release(String id, @Nullable String replaced, @Nullable String notCompared, String... names) {
        ReleaseId release = ReleaseId.of(id);
        steps.put(release, new Step(release, replaced == null ? null : ReleaseId.of(replaced), notCompared));
        queues.put(release, Set.of(names));
    }

    private SortedMap<String, List<String>> releasedOn(String current, String businessDate) {
        return SettlingInput.releasedOn(steps, queues, ReleaseId.of(current), LocalDate.parse(businessDate));
    }
}

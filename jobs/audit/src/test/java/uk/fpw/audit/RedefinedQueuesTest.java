package uk.fpw.audit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import uk.fpw.layout.ReleaseId;
import uk.fpw.warehouse.run.FigureChangeRequest;
import uk.fpw.warehouse.run.FigureChangeRequest.Carried;
import uk.fpw.warehouse.run.FigureChangeRequest.Differences;
import uk.fpw.warehouse.run.FigureChangeRequest.ReplacedRelease;

/** Which queues are redefined if one of several is: whole has the stages first and second, and other has none. */
class RedefinedQueuesTest {

    private static final String WHOLE = queue("whole", null);
    private static final String FIRST = queue("first", "whole");
    private static final String SECOND = queue("second", "whole");
    private static final String OTHER = queue("other", null);

    @Test
    void changedStageRedefinesItsParentAndTheStagesBesideIt() {
        assertThat(redefined(List.of(WHOLE, FIRST, SECOND, OTHER), List.of(WHOLE, FIRST, SECOND, OTHER), "second"))
                .containsExactly("first", "second", "whole");
    }

    @Test
    void stageThatIsNewOrGoneRedefinesTheOthers() {
        assertThat(redefined(List.of(WHOLE, FIRST, OTHER), List.of(WHOLE, FIRST, SECOND, OTHER)))
                .containsExactly("first", "second", "whole");
        assertThat(redefined(List.of(WHOLE, FIRST, SECOND, OTHER), List.of(WHOLE, FIRST, OTHER)))
                .containsExactly("first", "second", "whole");
    }

    @Test
    void queueWithoutStagesRedefinesNoOther() {
        assertThat(redefined(List.of(WHOLE, FIRST, OTHER), List.of(WHOLE, FIRST, OTHER), "other"))
                .containsExactly("other");
        assertThat(redefined(List.of(WHOLE, FIRST, OTHER), List.of(WHOLE, FIRST, OTHER)))
                .isEmpty();
    }

    /** Of two spells that changed from the same day on, the one whose cause stands first. */
    @Test
    void ofSeveralEarliestSpellsTheFirstCauseCounts() {
        try (AuditSession session = AuditSession.open("Europe/London")) {
            session.execute("create table different_basis (queue varchar)");
            session.execute("create table compared_figures as select 'other' as queue, date '2015-01-01' as "
                    + "replaced_first_day, date '2015-02-01' as new_first_day");
            session.execute("create table changed_spell as select 'other' as queue, date '2015-01-01' as first_on, "
                    + "unnest(['recorded late', 'deleted', 'corrected']) as cause union all "
                    + "select 'other', date '2015-01-02', 'definition'");

            RedefinedQueues.findRecounted(session, request(List.of(OTHER)));

            assertThat(session.rows("select queue || ' ' || cause from recounted_queue"))
                    .containsExactly(List.of("other deleted"));
        }
    }

    private static List<String> redefined(List<String> before, List<String> after, String... changed) {
        try (AuditSession session = AuditSession.open("Europe/London")) {
            session.define(Map.of("queue_definition", after.toString()));
            FigureChangeRequest request = request(before, changed);
            ReplacedTables.show(session, request.replaced());
            RedefinedQueues.find(session, request);
            return session.rows("select queue from redefined_queue order by queue").stream()
                    .map(row -> new QueryRow(row).text(0))
                    .toList();
        }
    }

    private static FigureChangeRequest request(List<String> before, String... changed) {
        return new FigureChangeRequest(
                new ReplacedRelease(
                        ReleaseId.of("2016-01-10.1"),
                        "2016-01-10",
                        Map.of("queue_definition", before.toString()),
                        List.of()),
                null,
                new Differences(
                        false, false, Stream.of(changed).collect(Collectors.toList()), List.of(), Map.of(), Map.of()),
                List.of(),
                Carried.none("2013-11-10"),
                "unused");
    }

    private static String queue(String name, @Nullable String parent) {
        return "{\"queue\": \"" + name + "\", \"parent_queue\": " + (parent == null ? null : "\"" + parent + "\"")
                + ", \"earliest_entry\": \"2000-01-01\", \"data_as_at\": \"2016-01-10\", \"slices\": []}";
    }
}

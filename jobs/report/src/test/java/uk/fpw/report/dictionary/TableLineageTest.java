package uk.fpw.report.dictionary;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import uk.fpw.model.Model;

/** What tables are made from. */
class TableLineageTest {

    @Test
    void queueTableIsMadeOfTheFeedsOfItsQueuesThroughEventsSpellsAndItsDefinitions() {
        Lineage lineage = lineage("mart.queue_exit");

        assertThat(edges(lineage))
                .contains(
                        "FEED devices -> QUERY device_events",
                        "QUERY device_events -> CORE core.event",
                        "CORE core.event -> CORE core.spell",
                        "CORE core.spell -> DEFINITION queue_exit",
                        "DEFINITION queue_exit -> MART mart.queue_exit",
                        "MART mart.queue_exit -> READY how_they_left")
                .noneMatch(edge -> edge.contains("audits") || edge.contains("call") || edge.contains("core.grading"));
        Map<String, Integer> columns = lineage.columns();
        assertThat(columns)
                .containsEntry("FEED devices", 0)
                .containsEntry("QUERY device_events", 1)
                .containsEntry("CORE core.event", 2)
                .containsEntry("CORE core.spell", 3)
                .containsEntry("DEFINITION queue_exit", 4)
                .containsEntry("MART mart.queue_exit", 5)
                .containsEntry("READY how_they_left", 6);
    }

    @Test
    void gradesAreMadeOfJudgements() {
        assertThat(edges(lineage("mart.grading_share")))
                .contains(
                        "FEED audits -> QUERY case_audits",
                        "QUERY case_audits -> CORE core.grading",
                        "CORE core.grading -> DEFINITION grades_given",
                        "DEFINITION grades_given -> MART mart.grading_share",
                        "MART mart.grading_share -> VIEW bi_detail.grades_by_quarter")
                .noneMatch(edge -> edge.contains("devices"));
    }

    @Test
    void capacityIsMadeOfSpellsAndStaff() {
        assertThat(edges(lineage("mart.capacity_monthly")))
                .contains(
                        "QUERY unit_staff -> CORE core.staffing",
                        "CORE core.staffing -> DEFINITION capacity_monthly",
                        "CORE core.spell -> DEFINITION capacity_monthly");
    }

    @Test
    void viewIsMadeOfItsTablesAndTheirs() {
        assertThat(edges(lineage("bi.waiting_now")))
                .contains(
                        "MART mart.queue_daily -> VIEW bi.waiting_now",
                        "VIEW bi_detail.queue -> VIEW bi.waiting_now",
                        "MART mart.dim_queue -> VIEW bi_detail.queue",
                        "DEFINITION queue_daily -> MART mart.queue_daily",
                        "FEED devices -> QUERY device_events");
    }

    @Test
    void eventsAreMadeOfEveryStagingQuery() {
        assertThat(edges(lineage("core.event")))
                .contains("QUERY device_events -> CORE core.event", "QUERY call_events -> CORE core.event");
    }

    @Test
    void everyTableAndViewHasAWayWithoutCircle() {
        assertThat(TablePages.all()).hasSizeGreaterThan(50).allSatisfy(model -> {
            Lineage lineage = new TableLineage(TestFolder.input()).of(model);
            assertThat(lineage.nodes()).hasSizeGreaterThan(1);
            Map<String, Integer> columns = lineage.columns();
            assertThat(lineage.edges())
                    .allSatisfy(edge ->
                            assertThat(columns.get(edge.from())).isNotNull().isLessThan(columns.get(edge.to())));
        });
    }

    private static Lineage lineage(String table) {
        return new TableLineage(TestFolder.input()).of(model(table));
    }

    private static Model model(String table) {
        return TablePages.all().stream()
                .filter(model -> model.table().equals(table))
                .findFirst()
                .orElseThrow();
    }

    private static List<String> edges(Lineage lineage) {
        return lineage.edges().stream()
                .map(edge -> edge.from() + " -> " + edge.to())
                .toList();
    }
}

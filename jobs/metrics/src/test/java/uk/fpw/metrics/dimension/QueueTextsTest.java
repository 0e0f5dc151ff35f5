package uk.fpw.metrics.dimension;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import uk.fpw.metrics.table.TableRows;
import uk.fpw.metrics.table.TextRows;
import uk.fpw.model.Models;
import uk.fpw.warehouse.force.queue.Queue;
import uk.fpw.warehouse.force.queue.Service;
import uk.fpw.warehouse.testing.SchemaDefaults;

@Tag("time-zone")
class QueueTextsTest {

    private static Queue queue(@Nullable String parent, @Nullable String variantOf, List<Queue.ReEntry> reEnters) {
        return queue(parent, variantOf, reEnters, List.of("received", "returned"));
    }

    private static Queue queue(
            @Nullable String parent, @Nullable String variantOf, List<Queue.ReEntry> reEnters, List<String> enters) {
        return new Queue(
                "waiting",
                1,
                "Waiting",
                "Waits.",
                "device",
                "devices",
                enters,
                reEnters,
                List.of(new Queue.Exit("examined", "examined", true), new Queue.Exit("collected", "withdrawn", false)),
                List.of(),
                List.of(),
                null,
                LocalDate.of(1990, 1, 1),
                0,
                List.of(30),
                parent,
                variantOf,
                true,
                Service.WORKING_DAYS,
                null,
                null,
                0.05,
                List.of(),
                List.of(),
                SchemaDefaults.noQueueLimits());
    }

    private static String texts(Queue queue, String columns) {
        TextRows rows = new TextRows();
        TableRows.Row row = new TableRows(
                        Models.find("mart.dim_queue").orElseThrow(), values -> rows.accept("mart.dim_queue", values))
                .row();
        QueueTexts.fill(row, queue, null, Map.of())
                .set("force", "testshire")
                .set("pack", null)
                .set("data_as_at", LocalDate.of(2015, 1, 1))
                .set("release_id", "r")
                .end();
        return rows.of("mart.dim_queue", columns).get(0);
    }

    @Test
    void eventsAreListedWithReasonsAndAStarWhereTheWorkWasDone() {
        assertThat(texts(queue(null, null, List.of()), "entered_by, re_entered_by, left_by"))
                .isEqualTo("received, returned|-|examined as examined*, collected as withdrawn");
    }

    @Test
    void moreEventsThanTheColumnHoldsAreCounted() {
        List<String> events = Stream.generate(() -> "e".repeat(98)).limit(50).toList();
        assertThat(texts(queue(null, null, List.of(), events), "entered_by"))
                .hasSize(39 * 100 - 2 + " and 11 more".length())
                .endsWith("ee, " + "e".repeat(98) + " and 11 more");
    }

    @Test
    void reEntriesByEventsThatAlsoEnterComeFirst() {
        assertThat(texts(
                        queue(
                                null,
                                null,
                                List.of(
                                        new Queue.ReEntry("reopened", "further work"),
                                        new Queue.ReEntry("returned", "returned unexamined"))),
                        "re_entered_by"))
                .isEqualTo("returned (returned unexamined), reopened (further work)");
    }

    @Test
    void queueIsAStageOrAVariantOrAWhole() {
        assertThat(texts(queue("all", null, List.of()), "queue_role, parent_queue, variant_of"))
                .isEqualTo("stage|all|null");
        assertThat(texts(queue(null, "other", List.of()), "queue_role, parent_queue, variant_of"))
                .isEqualTo("variant|null|other");
        assertThat(texts(queue(null, null, List.of()), "queue_role, parent_queue, variant_of"))
                .isEqualTo("whole|null|null");
    }

    @Test
    void standardSaysToWhichItemsItApplies() {
        assertThat(QueueTexts.conditions(new Queue.Standard("s", "S", 24, null, Map.of())))
                .isEmpty();
        assertThat(QueueTexts.conditions(
                        new Queue.Standard("s", "S", null, 2, Map.of("priority", List.of("high", "urgent")))))
                .containsExactly("priority high or urgent");
    }
}

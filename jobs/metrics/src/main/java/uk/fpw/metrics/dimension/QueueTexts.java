package uk.fpw.metrics.dimension;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import uk.fpw.metrics.table.TableRows;
import uk.fpw.text.NameList;
import uk.fpw.warehouse.force.queue.Queue;
import uk.fpw.warehouse.message.PresentationChange;
import uk.fpw.warehouse.message.VersionChange;

/** Describes a queue definition in the texts of {@code mart.dim_queue} and {@code mart.dim_standard}. */
final class QueueTexts {

    private static final String NONE = "-";
    private static final int LONGEST_CONDITION = 1000;

    private QueueTexts() {}

    /**
     * Sets the columns that describe the definition of a queue.
     *
     * @param change since when its version counts; null if that has always been so
     * @param presentations by field, since when it is charted and judged as it is
     */
    static TableRows.Row fill(
            TableRows.Row row,
            Queue queue,
            @Nullable VersionChange change,
            Map<String, PresentationChange> presentations) {
        PresentationChange service = presentations.get("service");
        return row.set("queue", queue.name())
                .set("queue_version", queue.version())
                .set("version_since_on", change == null ? null : change.since())
                .set("previous_version", change == null ? null : change.previousVersion())
                .set("service", queue.service().declared())
                .set("service_since_on", service == null ? null : service.since())
                .set("previous_service", service == null ? null : service.before())
                .set("title", queue.title())
                .set("description", queue.description())
                .set("item_kind", queue.itemKind())
                .set("item_unit", queue.itemUnit())
                .set("parent_queue", queue.parent())
                .set("variant_of", queue.variantOf())
                .set("queue_role", role(queue))
                .setNames("entered_by", queue.enters(), NONE)
                .setNames("re_entered_by", reEntries(queue), NONE)
                .setNames(
                        "left_by", queue.leaves().stream().map(QueueTexts::exit).toList(), NONE)
                .set("observed_from", queue.observedFrom());
    }

    /** Such as {@code priority high or urgent} and {@code kind phone}; empty if the standard applies to every item. */
    static List<String> conditions(Queue.Standard standard) {
        return standard.when().entrySet().stream()
                .map(condition ->
                        condition.getKey() + " " + NameList.fitting(LONGEST_CONDITION, " or ", condition.getValue()))
                .toList();
    }

    private static String role(Queue queue) {
        if (queue.parent() != null) {
            return "stage";
        }
        return queue.variantOf() == null ? "whole" : "variant";
    }

    /** Events that also enter come first, in the order of the entries. */
    private static List<String> reEntries(Queue queue) {
        List<Queue.ReEntry> again = queue.reEnters();
        return Stream.concat(
                        queue.enters().stream().flatMap(event -> again.stream()
                                .filter(one -> one.event().equals(event))
                                .limit(1)),
                        again.stream().filter(one -> !queue.enters().contains(one.event())))
                .map(one -> one.event() + " (" + one.reason() + ")")
                .toList();
    }

    /** A star marks exits that count as served. */
    private static String exit(Queue.Exit exit) {
        return exit.event() + " as " + exit.as() + (exit.served() ? "*" : "");
    }
}

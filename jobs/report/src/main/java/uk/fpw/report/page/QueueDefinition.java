package uk.fpw.report.page;

import java.util.ArrayList;
import java.util.List;
import uk.fpw.model.FigureDefinition;
import uk.fpw.report.data.Row;
import uk.fpw.report.text.English;

/** The part of a queue's page that says how it is defined, in words and in SQL. */
final class QueueDefinition {

    private QueueDefinition() {}

    static List<Block> of(QueueData data, Row queue) {
        List<String> words = new ArrayList<>();
        words.add("Counts " + data.units() + ". Definition version " + queue.count("queue_version")
                + (queue.dateOrNull("version_since_on") == null
                        ? ""
                        : ", used since the figures of " + English.day(queue.date("version_since_on")))
                + ".");
        served(data, queue, words);
        words.add("An item enters by: " + queue.text("entered_by") + ".");
        words.add("It enters again by: " + queue.text("re_entered_by") + ".");
        words.add("It leaves by: " + queue.text("left_by") + ". An asterisk marks that the work was done.");
        words.add(
                queue.dateOrNull("observed_from") == null
                        ? "Counted from the first event."
                        : "Counted from " + English.day(queue.date("observed_from"))
                                + ", the first day from which the source is complete.");
        frozen(data)
                .forEach(row -> words.add("Figures of periods that began before " + English.day(row.date("frozen_to"))
                        + " are frozen, not recomputable: items that had left before "
                        + English.day(row.date("retained_from"))
                        + " have been removed, and every release copies these figures from the one before. Items that "
                        + "entered before that are in no curve, summary or comparison of waits any more."));
        if (queue.textOrNull("variant_of") != null) {
            words.add("A variant of " + queue.text("variant_of") + ": never add both.");
        }
        if (queue.textOrNull("parent_queue") != null) {
            words.add("A stage of " + queue.text("parent_queue") + ": never add both.");
        }
        String sql = FigureDefinition.of("mart.queue_daily").stream()
                .map(FigureDefinition::sql)
                .findFirst()
                .orElse("");
        return List.of(new Block(
                "definition",
                "How this queue is defined",
                words,
                List.of(),
                List.of(),
                List.of("What waits, comes in and leaves, day by day, is counted a second time by this definition "
                        + "before it is released. Of the other tables, the dictionary says which counts are."),
                sql));
    }

    private static void served(QueueData data, Row queue, List<String> words) {
        if (data.has("mart.dim_queue", "service") && queue.textOrNull("service") != null) {
            words.add("Served " + servedOn(queue.text("service"))
                    + ": monthly flows are divided by these days, whereas waits and standards are in elapsed time.");
        }
    }

    private static String servedOn(String service) {
        return switch (service) {
            case "working_days" -> "on working days";
            case "every_day" -> "every day";
            default -> "on the days of the calendar " + service;
        };
    }

    /** One row if figures of the queue are copied; none otherwise, and in a release without definitions. */
    private static List<Row> frozen(QueueData data) {
        return data.site().release().manifest().definitions().isEmpty()
                ? List.of()
                : data.rows("select frozen_to, retained_from from queue_definition "
                        + "where queue = :queue and frozen_to is not null");
    }
}

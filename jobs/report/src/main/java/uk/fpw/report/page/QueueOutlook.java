package uk.fpw.report.page;

import java.util.ArrayList;
import java.util.List;
import uk.fpw.report.data.Row;
import uk.fpw.report.text.English;
import uk.fpw.report.text.SignalWords;

/** The part of a queue's page that says what would wait if the flows stayed as they are, and what would clear it. */
final class QueueOutlook {

    private QueueOutlook() {}

    static List<Block> of(QueueData data) {
        if (!data.has("mart.queue_outlook", "independent_count", "served_per_week_needed")) {
            return List.of();
        }
        List<Row> rows =
                data.rows("select * from mart.queue_outlook where queue = :queue order by queue, horizon_weeks");
        if (rows.isEmpty()) {
            return List.of();
        }
        Row first = rows.get(0);
        List<String> words = new ArrayList<>();
        words.add(pace(data, first));
        if (first.numberOrNull("best_served_per_week") != null) {
            words.add("The most that was ever served in 13 weeks in a row: "
                    + English.figure(first.numberOrNull("best_served_per_week")) + " a week, from "
                    + English.day(first.date("best_from_on")) + " to " + English.day(first.date("best_to_on")) + ".");
        }
        Long late = first.countOrNull("past_standard_count");
        if (late != null) {
            words.add(
                    late == 0
                            ? "None is past its standard."
                            : English.of(late, data.unit())
                                    + " past their standard. The last column is what would have "
                                    + "to be served a week to clear them by that day, the oldest always next; what "
                                    + "becomes late meanwhile is not counted.");
        }
        return List.of(Block.ofTable(
                        "outlook",
                        "If the flows stay as they are",
                        "",
                        new Block.DataTable(
                                "What would wait, and what would clear it",
                                List.of(
                                        "On",
                                        "Would wait",
                                        "95 % interval",
                                        "Such intervals held",
                                        "Why not",
                                        "To clear what is late, a week"),
                                rows.stream().map(QueueOutlook::line).toList()),
                        "Arithmetic with the flows that there were, no forecast. Of the earlier projections, "
                                + "only those "
                                + "that share no week are counted, and the interval in brackets is of the share that "
                                + "held: 95 % would be right, and few windows say little. Nothing here can say what "
                                + "more staff would do.")
                .saying(words));
    }

    private static String pace(QueueData data, Row row) {
        String at =
                English.of(row.count("waiting_count"), data.unit()) + " waited on " + English.day(row.date("from_on"));
        if (row.numberOrNull("weekly_net_change") == null) {
            return at + ". There are fewer than 26 whole weeks to tell the pace from.";
        }
        return at + ", the last day of which no late records are expected. In the 26 weeks before, "
                + English.figure(row.numberOrNull("inflow_per_week")) + " a week came in, "
                + English.figure(row.numberOrNull("served_per_week")) + " were served and "
                + English.figure(row.numberOrNull("left_unserved_per_week")) + " left otherwise.";
    }

    private static List<Block.Cell> line(Row row) {
        String reason = row.textOrNull("closing_reason");
        return List.of(
                Block.Cell.of(English.shortDay(row.date("horizon_on")) + " (" + row.count("horizon_weeks") + " weeks)"),
                Block.Cell.of(reason == null ? whole(row, "closing_if_flows_unchanged") : ""),
                Block.Cell.of(reason == null ? whole(row, "closing_low") + " to " + whole(row, "closing_high") : ""),
                Block.Cell.of(held(row)),
                Block.Cell.of(reason == null ? "" : SignalWords.ofWeeks(reason)),
                Block.Cell.of(
                        row.countOrNull("past_standard_count") == null || row.count("past_standard_count") == 0
                                ? ""
                                : English.number(row.numberOrNull("served_per_week_needed"))));
    }

    private static String held(Row row) {
        Long count = row.countOrNull("independent_count");
        return count == null || count == 0
                ? ""
                : row.count("independent_covered_count") + " of " + count + " ("
                        + percent(row.number("covered_share_low")) + " to "
                        + percent(row.number("covered_share_high")) + " %)";
    }

    private static String percent(double share) {
        return English.count(Math.round(100 * share));
    }

    private static String whole(Row row, String column) {
        Double value = row.numberOrNull(column);
        return value == null ? English.UNKNOWN : English.count(Math.round(value));
    }
}

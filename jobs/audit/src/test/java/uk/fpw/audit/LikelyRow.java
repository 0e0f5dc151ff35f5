package uk.fpw.audit;

import java.util.stream.Collectors;
import uk.fpw.model.Models;

/** A query that returns a plausible row of a table: texts are x, other values are likely ones. */
final class LikelyRow {

    private LikelyRow() {}

    static String of(String table) {
        return Models.find(table).orElseThrow().columns().stream()
                .map(column -> switch (column.name()) {
                            case "item_key" -> "'town:1'";
                            case "occurred_on" -> "date '2015-01-01'";
                            case "occurred_at" -> "timestamptz '2015-01-01 10:00:00+00'";
                            case "attributes" -> "map(['kind', 'priority'], ['phone', 'high'])";
                            default ->
                                switch (column.type()) {
                                    case TEXT -> "'x'";
                                    case BOOLEAN -> "true";
                                    case BIGINT, INT -> "7";
                                    case MAP -> "map(['kind'], ['phone'])";
                                    case DATE -> "cast(null as date)";
                                    case TIMESTAMP -> "cast(null as timestamptz)";
                                    case DOUBLE -> "cast(null as double)";
                                };
                        }
                        + " as " + column.name())
                .collect(Collectors.joining(", ", "select ", ""));
    }
}

package uk.fpw.audit;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import uk.fpw.model.DuckSql;
import uk.fpw.model.Model;

/**
 * Spells of one queue, one per line: {@code item | entered on | left on | left as | priority}. The last three may be
 * missing; text after them says why the line is there.
 */
public final class SpellRows {

    private SpellRows() {}

    /** A query that returns them; item and day of entry are unique. */
    public static String of(String queue, String spells) {
        return spells.lines()
                .map(line -> row(
                        queue,
                        Arrays.stream(line.split("\\|", -1)).map(String::strip).toList()))
                .collect(Collectors.joining("\nunion all\n"));
    }

    private static String row(String queue, List<String> fields) {
        String item = fields.get(0);
        String enteredOn = fields.get(1);
        String leftOn = field(fields, 2);
        String priority = field(fields, 4);
        return SpellPairs.SPELL.columns().stream()
                .map(column -> switch (column.name()) {
                            case "spell_id" -> DuckSql.text(queue + " " + item + " " + enteredOn);
                            case "queue" -> DuckSql.text(queue);
                            case "item_key" -> DuckSql.text("town:" + item);
                            case "entered_on" -> "date " + DuckSql.text(enteredOn);
                            case "left_on" -> leftOn.isEmpty() ? "cast(null as date)" : "date " + DuckSql.text(leftOn);
                            case "left_as" ->
                                leftOn.isEmpty() ? "cast(null as varchar)" : DuckSql.text(field(fields, 3));
                            case "is_age_known" -> String.valueOf(!enteredOn.startsWith("1900"));
                            case "slices" ->
                                "map(['kind', 'priority'], ['phone', "
                                        + DuckSql.text(priority.isEmpty() ? "high" : priority) + "])";
                            default -> likely(column);
                        }
                        + " as " + column.name())
                .collect(Collectors.joining(", ", "select ", ""));
    }

    private static String field(List<String> fields, int place) {
        return place < fields.size() ? fields.get(place) : "";
    }

    private static String likely(Model.Column column) {
        return switch (column.type()) {
            case TEXT -> "'x'";
            case BOOLEAN -> "false";
            case BIGINT, INT -> "1";
            case DOUBLE -> "1.0";
            case DATE -> "date '2015-01-01'";
            case TIMESTAMP -> "cast(null as timestamptz)";
            case MAP -> "map(['kind'], ['phone'])";
        };
    }
}

package uk.fpw.warehouse.force.example;

import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An example of what a force folder makes of rows: {@code examples/<name>.yml}.
 *
 * @param file file with the expected rows: path relative to the force folder, or of a pack
 * @param asOf business date; every feed counts as complete up to it
 * @param rows by feed; feeds without rows are left out
 * @param expected expected results; lists missing from the file are left out
 * @param definitions queues and grading schemes whose rows are compared, of a pack; empty for all
 */
public record Example(
        String name,
        String file,
        String description,
        LocalDate asOf,
        Map<String, List<InputRow>> rows,
        Map<Kind, List<ExpectedRow>> expected,
        List<String> definitions) {

    /** The kind of expected rows. */
    public enum Kind {
        EVENTS,
        SPELLS,
        GRADINGS,
        EXCLUDED;

        /** Name of the list in the file. */
        public String field() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * A row of a feed.
     *
     * @param values by column, without empty values: String, Long, BigDecimal, Boolean, LocalDate or Instant, according
     *     to the column's type
     */
    public record InputRow(int line, Map<String, Object> values) {}

    /**
     * An expected row.
     *
     * @param values by column, in the form of {@link ExampleColumns}; null if there must be no value
     */
    public record ExpectedRow(int line, Map<String, @Nullable String> values) {}

    /** Number of input rows. */
    public int rowCount() {
        return rows.values().stream().mapToInt(List::size).sum();
    }
}

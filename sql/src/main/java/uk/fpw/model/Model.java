package uk.fpw.model;

import java.util.List;
import java.util.Locale;

/**
 * One table of {@code core} or {@code mart}, as described by its YAML file. Everything else is generated from it:
 * tables and views of the relational database with comments and grants, the Iceberg schema, the description in the
 * export, and the documentation.
 *
 * @param table qualified name, such as {@code mart.queue_daily}
 * @param owner who is responsible for the meaning of the rows
 * @param description the grain and what may surprise a reader
 * @param access who may read the rows, besides the nightly run and analysts
 * @param availableTo SQL over the columns that yields the last day a row covers. If the feeds behind the row are not
 *     known that far, its measures are null. Empty if figures are as at the last known day, which is in
 *     {@code data_as_at}, or depend on no feed. The class that computes a row provides that day; the audit checks it
 *     for queues
 * @param lastValue measure whose value on the last known day is quoted in the reason of an unavailable row; empty for
 *     none
 * @param grain columns that together identify a row within a release
 * @param columns all columns in order
 * @param tests tests of the rows, in addition to the grain and the not-null columns
 * @param sql query of a view; empty for a table
 * @param countedBy how the rows are computed
 * @param isHistory whether a release shows the rows of earlier releases as well as its own; each run appends rows and
 *     rewrites none
 */
public record Model(
        String table,
        String owner,
        String description,
        Access access,
        String availableTo,
        String lastValue,
        List<String> grain,
        List<Column> columns,
        List<Test> tests,
        String sql,
        Family countedBy,
        boolean isHistory) {

    /** {@code core} or {@code mart}; of a view for BI tools {@code bi} or {@code bi_detail}. */
    public String schema() {
        return table.substring(0, table.indexOf('.'));
    }

    /** Name without the schema. */
    public String name() {
        return table.substring(table.indexOf('.') + 1);
    }

    /** Whether the table is published rather than internal. */
    public boolean isMart() {
        return schema().equals("mart");
    }

    /** Whether BI tools may read the rows. */
    public boolean isOpen() {
        return access == Access.OPEN;
    }

    /**
     * Whether rows are about single cases, items, people or judgements, so that each read is recorded: because access
     * is restricted, or because a column identifies one.
     */
    public boolean isAboutSingleCases() {
        return access == Access.RESTRICTED || columns.stream().anyMatch(Column::identifies);
    }

    /** Names of the columns in order. */
    public List<String> columnNames() {
        return columns.stream().map(Column::name).toList();
    }

    /** Whether there is a column of that name. */
    public boolean hasColumn(String name) {
        return columns.stream().anyMatch(column -> column.name().equals(name));
    }

    /** Whether values of a column identify a single case, item or person. */
    public boolean identifies(String name) {
        return columns.stream().anyMatch(column -> column.name().equals(name) && column.identifies());
    }

    /** The columns whose changes are explained in that way, in order. */
    public List<String> explained(Explained how) {
        return columns.stream()
                .filter(column -> column.explained() == how)
                .map(Column::name)
                .toList();
    }

    /** Whether measures of this table may be null because a feed was not loaded far enough. */
    public boolean mayBeUnavailable() {
        return !availableTo.isEmpty();
    }

    /** Whether the column is null in unavailable rows. */
    public boolean isMasked(Column column) {
        return mayBeUnavailable() && column.add() != Add.NOT_A_MEASURE;
    }

    /** Whether the column may be null, even if only in unavailable rows. */
    public boolean mayBeNull(Column column) {
        return column.nullable() || isMasked(column);
    }

    /**
     * One column.
     *
     * @param length maximum number of characters of a text in a mart; 0 for all other columns
     * @param unit unit of the number; empty for keys
     * @param add how a BI tool may aggregate it
     * @param nullable whether null may occur in an available row; the description says what it means
     * @param identifies whether a value identifies a single case, item or person, even if only by a pseudonym
     * @param explained how a release explains that the number differs from the release before; {@code NOT} too where
     *     it is no figure
     */
    public record Column(
            String name,
            ColumnType type,
            int length,
            String unit,
            Add add,
            boolean nullable,
            boolean identifies,
            Explained explained,
            String description) {

        /** The same column under another name. */
        Column renamed(String other) {
            return new Column(other, type, length, unit, add, nullable, identifies, explained, description);
        }

        /** Description with unit and aggregation, for column comments. */
        public String comment() {
            return description
                    + (unit.isEmpty() ? "" : " Unit: " + unit + ".")
                    + (add == Add.NOT_A_MEASURE ? "" : " " + add.words() + ".");
        }
    }

    /** Who may read the rows of a mart. */
    public enum Access {
        /** BI tools as well. */
        OPEN,
        /**
         * Analysts only, since the rows are about single cases or people: not exported, and not granted to the roles of
         * BI tools.
         */
        RESTRICTED
    }

    /** How values of a column may be aggregated over rows of one slice. */
    public enum Add {
        NOT_A_MEASURE(""),
        ADDITIVE("Additive over time within one slice value"),
        LAST_VALUE_ONLY("Last value only: add over slice values of one day, never over time"),
        NEVER("Never add");

        private final String words;

        Add(String words) {
            this.words = words;
        }

        /** The text printed in column comments. */
        public String words() {
            return words;
        }

        /**
         * The name in YAML files and column tables, such as {@code last value only}; empty if the column is not a
         * measure.
         */
        public String word() {
            return this == NOT_A_MEASURE ? "" : name().toLowerCase(Locale.ROOT).replace('_', ' ');
        }
    }

    /**
     * One test.
     *
     * @param severity {@code stop} (no release) or {@code warning}
     * @param expression DuckDB SQL, true for valid rows; empty if {@code query} is given
     * @param query DuckDB SQL that returns the invalid rows; empty if {@code expression} is given
     */
    public record Test(String code, String severity, String expression, String query, String message) {}
}

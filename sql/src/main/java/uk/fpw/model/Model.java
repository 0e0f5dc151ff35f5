package uk.fpw.model;

import java.util.List;
import java.util.Locale;

/**
 * One table of {@code core} or {@code mart}, as its YAML file states it. Everything else about the table is
 * generated from it: the tables and views of the relational database with their comments and grants, the Iceberg
 * schema, the export's description and the documents.
 *
 * @param table qualified name, such as {@code mart.queue_daily}
 * @param owner who is responsible for the meaning of the rows
 * @param description what a row is and what surprises
 * @param access who may read the rows besides the nightly run and the analysts
 * @param availableTo SQL over the columns: the last day that a row covers. Where the feeds behind it are not known
 *     that far, its measures are null. Empty where figures are as at the last day that is known, which
 *     {@code data_as_at} says, or depend on no feed. The class that computes a row provides that day; the audit
 *     checks it for queues
 * @param lastValue measure whose value on the last known day is in the reason of a row that is not
 *     available; empty for none
 * @param grain columns that together identify a row of a release
 * @param columns every column in order
 * @param tests what must hold of the rows beside the grain and the columns that are never null
 * @param sql text of the query of a view; empty for a table
 * @param countedBy how the rows are computed
 * @param isHistory whether a release shows its own rows and those of the releases before it: a run adds its rows, and
 *     none is written again
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

    /** {@code core} or {@code mart}. */
    public String schema() {
        return table.substring(0, table.indexOf('.'));
    }

    /** Name without the schema. */
    public String name() {
        return table.substring(table.indexOf('.') + 1);
    }

    /** Whether the table is published, and not a step on the way. */
    public boolean isMart() {
        return schema().equals("mart");
    }

    /** Whether BI tools may read the rows. */
    public boolean isOpen() {
        return access == Access.OPEN;
    }

    /** Names of the columns in order. */
    public List<String> columnNames() {
        return columns.stream().map(Column::name).toList();
    }

    /** Whether there is a column of that name. */
    public boolean hasColumn(String name) {
        return columns.stream().anyMatch(column -> column.name().equals(name));
    }

    /** Whether values of a column identify single cases, items or people. */
    public boolean identifies(String name) {
        return columns.stream().anyMatch(column -> column.name().equals(name) && column.identifies());
    }

    /** Whether a row of this table may have no figures because a feed behind it has not been loaded far enough. */
    public boolean mayBeUnavailable() {
        return !availableTo.isEmpty();
    }

    /** Whether the column is null on a row that is not available. */
    public boolean isMasked(Column column) {
        return mayBeUnavailable() && column.add() != Add.NOT_A_MEASURE;
    }

    /** Whether null may occur in the column, be it only on rows that are not available. */
    public boolean mayBeNull(Column column) {
        return column.nullable() || isMasked(column);
    }

    /**
     * One column.
     *
     * @param length characters that a text of a mart may have; 0 for every other column
     * @param unit what the number counts or measures; empty for keys
     * @param add how a BI tool may aggregate it
     * @param nullable whether null may occur on a row that is available; the description explains its meaning
     * @param identifies whether a value identifies a single case, item or person, if only by a pseudonym
     */
    public record Column(
            String name,
            ColumnType type,
            int length,
            String unit,
            Add add,
            boolean nullable,
            boolean identifies,
            String description) {

        /** Description with the unit and the way to aggregate, for column comments. */
        public String comment() {
            return description
                    + (unit.isEmpty() ? "" : " Unit: " + unit + ".")
                    + (add == Add.NOT_A_MEASURE ? "" : " " + add.words() + ".");
        }
    }

    /** Who may read the rows of a mart. */
    public enum Access {
        /** BI tools too. */
        OPEN,
        /** Rows about single cases or people: analysts only. Not exported, and not granted to the roles of BI tools. */
        RESTRICTED
    }

    /** How values of a column may be added up over rows of one slice. */
    public enum Add {
        NOT_A_MEASURE(""),
        ADDITIVE("Additive over time within one slice value"),
        LAST_VALUE_ONLY("Last value only: add over slice values of one day, never over time"),
        NEVER("Never add");

        private final String words;

        Add(String words) {
            this.words = words;
        }

        /** As printed in column comments. */
        public String words() {
            return words;
        }

        /**
         * As the YAML files and the column tables have it, such as {@code last value only}; empty where the column is
         * no measure.
         */
        public String word() {
            return this == NOT_A_MEASURE ? "" : name().toLowerCase(Locale.ROOT).replace('_', ' ');
        }
    }

    /**
     * One test.
     *
     * @param severity {@code stop} (no release) or {@code warning}
     * @param expression SQL of DuckDB, true for good rows; empty where {@code query} is given
     * @param query DuckDB SQL that returns the invalid rows; empty if {@code expression} is given
     */
    public record Test(String code, String severity, String expression, String query, String message) {}
}

package uk.fpw.model;

import java.util.List;

/**
 * A table with definitions of a force, such as which events lead into which queue. Figure definitions and model tests
 * read it.
 *
 * @param columns columns and their DuckDB types, as a JSON object
 */
public record ForceTable(String name, String columns) {

    /** All such tables. */
    public static List<ForceTable> all() {
        return Own.TABLES;
    }

    /**
     * The DuckDB statement that creates the table.
     *
     * @param rows JSON array of objects
     */
    public String create(String rows) {
        return "create table " + name + " as select unnest(from_json(" + DuckSql.text(rows) + ", "
                + DuckSql.text("[" + columns + "]") + "), max_depth := 2)";
    }

    private static final class Own {
        private static final List<ForceTable> TABLES = new FigureDefinitionReader(ModelFiles.own()).forceTables();
    }
}

package uk.fpw.model;

import java.util.List;

/**
 * A table of what a force defines, such as which events lead into which queue: the definitions and the tests of the
 * models read it.
 *
 * @param columns columns with their types in DuckDB, as a JSON object
 */
public record ForceTable(String name, String columns) {

    /** Every such table. */
    public static List<ForceTable> all() {
        return Own.TABLES;
    }

    /**
     * The statement by which DuckDB makes the table.
     *
     * @param rows a JSON list of objects
     */
    public String create(String rows) {
        return "create table " + name + " as select unnest(from_json(" + DuckSql.text(rows) + ", "
                + DuckSql.text("[" + columns + "]") + "), max_depth := 2)";
    }

    private static final class Own {
        private static final List<ForceTable> TABLES = new FigureDefinitionReader(ModelFiles.own()).forceTables();
    }
}

package uk.fpw.warehouse.store.schema;

import uk.fpw.model.Model;

/** Pieces of SQL that H2 and PostgreSQL both understand. */
final class PortableSql {

    private PortableSql() {}

    /** A name, quoted: some are keywords of a database. */
    static String name(String name) {
        return '"' + name.replace("\"", "\"\"") + '"';
    }

    /** A schema and a name in it. */
    static String qualified(String name) {
        int dot = name.indexOf('.');
        return name(name.substring(0, dot)) + "." + name(name.substring(dot + 1));
    }

    /** A text. */
    static String text(String text) {
        return "'" + text.replace("'", "''") + "'";
    }

    /** The type of a column as {@code information_schema} names it, without a length. */
    static String typeName(Model.Column column) {
        return switch (column.type()) {
            case TEXT -> "character varying";
            case BIGINT -> "bigint";
            case INT -> "integer";
            case DOUBLE -> "double precision";
            case BOOLEAN -> "boolean";
            case DATE -> "date";
            case TIMESTAMP -> "timestamp with time zone";
            case MAP ->
                throw new IllegalArgumentException("a relational database cannot store a map: " + column.name());
        };
    }

    /** The type of a column as DDL names it. */
    static String type(Model.Column column) {
        return typeName(column) + (column.length() > 0 ? "(" + column.length() + ")" : "");
    }
}

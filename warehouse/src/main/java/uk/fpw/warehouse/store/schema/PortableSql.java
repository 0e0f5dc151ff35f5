package uk.fpw.warehouse.store.schema;

import uk.fpw.model.Model;

/** SQL fragments understood by both H2 and PostgreSQL. */
final class PortableSql {

    private PortableSql() {}

    /** A quoted name, since some names are keywords. */
    static String name(String name) {
        return '"' + name.replace("\"", "\"\"") + '"';
    }

    /** A quoted schema and name. */
    static String qualified(String name) {
        int dot = name.indexOf('.');
        return name(name.substring(0, dot)) + "." + name(name.substring(dot + 1));
    }

    /** A quoted text. */
    static String text(String text) {
        return "'" + text.replace("'", "''") + "'";
    }

    /** The type of a column as named in {@code information_schema}, without length. */
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

    /** The type of a column in DDL. */
    static String type(Model.Column column) {
        return typeName(column) + (column.length() > 0 ? "(" + column.length() + ")" : "");
    }
}

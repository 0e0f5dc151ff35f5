package uk.fpw.ingest.source;

import org.jspecify.annotations.Nullable;
import uk.fpw.warehouse.force.feed.Feed;

/** The type of a column in a typed source (a database or a typed file), as far as feeds distinguish types. */
public enum ColumnKind {
    TEXT,
    WHOLE,
    /** Numbers of any scale. */
    NUMBER,
    /** Numbers with a fixed number of decimals. */
    DECIMAL,
    SINGLE,
    DOUBLE,
    BOOLEAN,
    DATE,
    /** Date and time without zone. */
    LOCAL_TIME,
    /** Point in time. */
    INSTANT,
    OTHER;

    /** The type that a feed would declare; null for texts, whose values decide, and for what no feed can read. */
    public Feed.@Nullable Type declaredType() {
        return switch (this) {
            case WHOLE -> Feed.Type.WHOLE;
            case NUMBER, DECIMAL, SINGLE, DOUBLE -> Feed.Type.DECIMAL;
            case BOOLEAN -> Feed.Type.BOOLEAN;
            case DATE -> Feed.Type.DATE;
            case LOCAL_TIME -> Feed.Type.LOCAL_TIME;
            case INSTANT -> Feed.Type.INSTANT;
            case TEXT, OTHER -> null;
        };
    }

    /** Whether its values can be converted to the type of the feed's column, or can be refused one by one. */
    public boolean fits(Feed.Column column) {
        if (!column.patterns().isEmpty()) {
            return this == TEXT;
        }
        return switch (column.type()) {
            case TEXT -> this == TEXT || this == WHOLE || this == NUMBER || this == DECIMAL;
            case WHOLE -> this == WHOLE || this == NUMBER;
            case DECIMAL -> this == WHOLE || this == NUMBER || this == DECIMAL || this == SINGLE || this == DOUBLE;
            case BOOLEAN -> this == BOOLEAN || this == WHOLE || this == TEXT;
            case DATE -> this == DATE;
            case INSTANT -> this == INSTANT;
            case LOCAL_TIME -> this == LOCAL_TIME;
        };
    }

    /** Whether its values can be used unchanged for the feed's column; otherwise they are read as text. */
    public boolean isOfType(Feed.Column column) {
        return column.patterns().isEmpty()
                && column.transforms().isEmpty()
                && switch (this) {
                    case WHOLE -> column.type() == Feed.Type.WHOLE;
                    case NUMBER, DECIMAL -> column.type() == Feed.Type.DECIMAL;
                    case BOOLEAN -> column.type() == Feed.Type.BOOLEAN;
                    case DATE -> column.type() == Feed.Type.DATE;
                    case LOCAL_TIME -> column.type() == Feed.Type.LOCAL_TIME;
                    case INSTANT -> column.type() == Feed.Type.INSTANT;
                    case TEXT, SINGLE, DOUBLE, OTHER -> false;
                };
    }

    /**
     * The fix for a column that does not fit.
     *
     * @param holder source of the column, such as {@code the database}
     * @param change how to change its type in the source
     */
    public String remedy(Feed.Column column, String holder, String change) {
        if (!column.patterns().isEmpty()) {
            return this == DATE || this == LOCAL_TIME || this == INSTANT
                    ? "remove the pattern, which is for dates and times that " + holder + " stores as text"
                    : change;
        }
        return switch (this) {
            case TEXT ->
                column.type() == Feed.Type.WHOLE || column.type() == Feed.Type.DECIMAL
                        ? "declare the type text, or " + change
                        : "give the pattern in which the text is written, or " + change;
            case LOCAL_TIME -> "declare the type local_time with its zone, or " + change;
            case INSTANT -> "declare the type instant, or " + change;
            case DATE -> "declare the type date, or " + change;
            case BOOLEAN -> "declare the type boolean, or " + change;
            case WHOLE -> "declare the type whole, or " + change;
            case NUMBER, DECIMAL, SINGLE, DOUBLE -> "declare the type decimal, or " + change;
            case OTHER -> change + ", or leave the column out";
        };
    }
}

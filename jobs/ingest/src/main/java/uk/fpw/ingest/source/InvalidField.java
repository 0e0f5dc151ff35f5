package uk.fpw.ingest.source;

/**
 * A field of a row that cannot be a value of its column, such as a cell with {@code #REF!}. The row is refused with the
 * reason.
 *
 * @param problem continues a sentence that starts with the column's name; never contains the value
 * @param text the displayed value, of which messages show only the shape
 */
public record InvalidField(String problem, String text) {

    @Override
    public String toString() {
        return text;
    }
}

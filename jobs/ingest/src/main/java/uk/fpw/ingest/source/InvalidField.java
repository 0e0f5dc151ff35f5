package uk.fpw.ingest.source;

/**
 * A field of a row that cannot be a value of its column for what it is in the source, such as a cell that holds
 * {@code #REF!}. The row is refused with the reason.
 *
 * @param problem continues a sentence that begins with the column's name; never holds the value
 * @param text the value as a person would see it, of which only the shape is shown
 */
public record InvalidField(String problem, String text) {

    @Override
    public String toString() {
        return text;
    }
}

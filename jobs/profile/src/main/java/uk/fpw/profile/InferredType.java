package uk.fpw.profile;

import java.util.List;
import uk.fpw.warehouse.force.feed.Feed;

/**
 * The type of a column, as its values show it.
 *
 * @param patterns for dates and times: how they are written, most frequent first; empty for the ISO form
 * @param isAmbiguous whether day and month could be exchanged in every date
 * @param misfits values that are not of the type; a feed refuses their rows
 * @param isMixed whether cells of a workbook are of several kinds, so that those of another kind than the type are
 *     to be stored as empty
 * @param notes what a person should know, without values but dates that may stand for none
 */
record InferredType(
        Feed.Type type, List<String> patterns, boolean isAmbiguous, long misfits, boolean isMixed, List<String> notes) {

    InferredType(Feed.Type type, List<String> patterns, boolean isAmbiguous, long misfits, List<String> notes) {
        this(type, patterns, isAmbiguous, misfits, false, notes);
    }

    /** Whether it is a date or a time. */
    boolean isTime() {
        return type == Feed.Type.DATE || type == Feed.Type.LOCAL_TIME || type == Feed.Type.INSTANT;
    }

    /** The notes that ask for a decision. */
    List<String> decisions() {
        return notes.stream().filter(note -> note.startsWith("DECIDE")).toList();
    }

    static InferredType text(List<String> notes) {
        return new InferredType(Feed.Type.TEXT, List.of(), false, 0, notes);
    }
}

package uk.fpw.profile;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a person says of a list that becomes a force folder. Columns are named as the list's header or the draft of its
 * feed names them.
 *
 * @param entered the date on which an item begins to wait; null to propose one
 * @param left the dates that end its wait, of which the first counts; empty to propose them
 * @param item the column that identifies an item; null to propose one
 * @param slices the columns by which figures are sliced; null to propose them
 */
public record ListOptions(
        @Nullable String entered,
        List<String> left,
        @Nullable String item,
        @Nullable List<String> slices) {

    /** Everything is proposed. */
    public static final ListOptions NONE = new ListOptions(null, List.of(), null, null);
}

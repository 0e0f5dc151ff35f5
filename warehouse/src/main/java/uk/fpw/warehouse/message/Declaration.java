package uk.fpw.warehouse.message;

import java.io.Serializable;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * Since when a comparison has been declared, by the releases of the warehouse: business dates, and not what the force
 * folder says of itself.
 *
 * @param firstSeenOn date of the first release with the declaration that counts: the last one made before anything
 *     could be seen of what it compares; the date of the release being made if no earlier one has it
 * @param changedOn date of the first release with the present declaration if it is another one; null if it is not
 * @param changedFields names of the fields that differ, in alphabetical order, separated by commas; null with
 *     {@code changedOn}
 * @param absentOn date of the last release before all of them, which could have had it and did not; null if there is
 *     none
 */
public record Declaration(
        LocalDate firstSeenOn,
        @Nullable LocalDate changedOn,
        @Nullable String changedFields,
        @Nullable LocalDate absentOn)
        implements Serializable {}

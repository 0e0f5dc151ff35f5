package uk.fpw.warehouse.message;

import java.io.Serializable;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * Since when a comparison has been declared. Derived from the business dates of releases, not from dates that the force
 * folder states.
 *
 * @param firstSeenOn date of the first release with the declaration that counts, which is the last one made before any
 *     data it compares could be seen; the date of the release being made if no earlier release has it
 * @param changedOn date of the first release with the present declaration if that differs from the one that counts;
 *     otherwise null
 * @param changedFields names of the fields that differ, in alphabetical order, separated by commas; null if
 *     {@code changedOn} is
 * @param absentOn date of the last earlier release without the declaration, although it could have had it; null if
 *     there is none
 */
public record Declaration(
        LocalDate firstSeenOn,
        @Nullable LocalDate changedOn,
        @Nullable String changedFields,
        @Nullable LocalDate absentOn)
        implements Serializable {}

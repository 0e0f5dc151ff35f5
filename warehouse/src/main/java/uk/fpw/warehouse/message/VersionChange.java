package uk.fpw.warehouse.message;

import java.time.LocalDate;

/**
 * A queue that earlier releases counted by another version of its definition.
 *
 * @param since business date of the first release by the present version, without a break since
 * @param previousVersion version of the release before that one
 */
public record VersionChange(LocalDate since, int previousVersion) {}

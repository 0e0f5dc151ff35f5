package uk.fpw.warehouse.message;

import java.time.LocalDate;

/**
 * A queue whose definition had another version in earlier releases.
 *
 * @param since business date of the first release with the present version, without interruption since
 * @param previousVersion version in the release before that one
 */
public record VersionChange(LocalDate since, int previousVersion) {}

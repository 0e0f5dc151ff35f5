package uk.fpw.publish;

import org.jspecify.annotations.Nullable;

/**
 * One load of one feed.
 *
 * @param isOfDate whether it read what the source holds of the business date, and not the changes of an earlier one
 * @param received rows in the file; null if they could not be counted
 * @param accounted rows loaded, unchanged or refused; null if one of these could not be counted
 */
record Load(
        String feed,
        boolean isOfDate,
        @Nullable Long received,
        @Nullable Long accounted) {}

package uk.fpw.publish;

import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * One load of one feed.
 *
 * @param sourceDate date whose file, or state of the source, it read: the business date, or an earlier one
 * @param received rows in the file; null if they could not be counted
 * @param accounted rows loaded, unchanged, repeated or refused; null if one of these could not be counted
 */
record Load(
        String feed,
        LocalDate sourceDate,
        @Nullable Long received,
        @Nullable Long accounted) {}

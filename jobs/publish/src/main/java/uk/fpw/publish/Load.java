package uk.fpw.publish;

import org.jspecify.annotations.Nullable;

/**
 * One load of one feed.
 *
 * @param received rows in the file; null if they could not be counted
 * @param accounted rows loaded, unchanged or refused; null if one of these could not be counted
 */
record Load(String feed, @Nullable Long received, @Nullable Long accounted) {}

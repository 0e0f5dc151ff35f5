package uk.fpw.ingest.source;

/**
 * A row and where the feed's cursor is in it.
 *
 * @param key canonical key
 * @param cursor value of the cursor, in ISO format
 */
public record CursorRow(String key, String cursor) {}

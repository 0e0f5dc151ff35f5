package uk.fpw.ingest;

import uk.fpw.ingest.row.RepeatedKeys;

/**
 * What a first reading of a whole file found.
 *
 * @param rows rows after the header
 * @param digest SHA-256 (hex) of the file
 * @param repeated keys that the file holds more than once
 */
record Inspection(long rows, String digest, RepeatedKeys repeated) {}

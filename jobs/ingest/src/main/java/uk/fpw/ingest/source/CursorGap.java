package uk.fpw.ingest.source;

/**
 * A gap between two values of a cursor of whole numbers, over which its watermark does not rise.
 *
 * @param after the value below it
 * @param first the lowest value above it
 * @param rows rows above it, which are read in every run
 */
public record CursorGap(long after, long first, long rows) {}

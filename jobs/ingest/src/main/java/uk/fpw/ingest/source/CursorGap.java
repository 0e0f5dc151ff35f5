package uk.fpw.ingest.source;

/**
 * A gap in the whole numbers of a cursor that its watermark does not pass.
 *
 * @param after value below the gap
 * @param first lowest value above the gap
 * @param rows number of rows above the gap, which are read in every run
 */
public record CursorGap(long after, long first, long rows) {}

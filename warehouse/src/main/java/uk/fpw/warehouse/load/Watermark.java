package uk.fpw.warehouse.load;

/**
 * Up to where the changes of a source are known.
 *
 * @param column column of the feed by which changes are found
 * @param value its highest value in any load so far, in ISO form
 */
public record Watermark(String column, String value) {}

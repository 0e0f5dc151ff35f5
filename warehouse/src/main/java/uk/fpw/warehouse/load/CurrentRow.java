package uk.fpw.warehouse.load;

/**
 * What a load needs to know of a row that is current.
 *
 * @param key canonical key
 * @param item item that the row speaks of
 * @param rowHash hash of its values
 * @param place where it is in the files of the {@link CurrentRows} that told of it
 */
public record CurrentRow(String key, String item, String rowHash, long place) {}

package uk.fpw.warehouse.store.load.current;

/**
 * What a load needs to know of a row that is current.
 *
 * @param key canonical key
 * @param item item that the row describes
 * @param rowHash hash of its values
 * @param place its position in the files of {@link CurrentRows}
 */
public record CurrentRow(String key, String item, String rowHash, long place) {}

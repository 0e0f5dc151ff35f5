package uk.fpw.warehouse.store.load.current;

/**
 * What a load needs to know about a current row.
 *
 * @param key canonical key
 * @param item item that the row describes
 * @param rowHash hash of the values
 * @param place position in the files of {@link CurrentRows}
 */
public record CurrentRow(String key, String item, String rowHash, long place) {}

package uk.fpw.warehouse.store.rewrite;

import java.util.HashMap;
import java.util.Map;
import org.apache.iceberg.data.Record;
import uk.fpw.warehouse.store.load.key.KeyMapping;

/** Replaces keys in all texts of a row, including those in maps. */
record KeyedTexts(KeyMapping keys) implements RowChange {

    @Override
    public boolean change(Record row) {
        boolean isChanged = false;
        for (int place = 0; place < row.size(); place++) {
            Object value = row.get(place);
            Object now = value instanceof String text
                    ? keys.text(text)
                    : value instanceof Map<?, ?> map ? changed(map) : value;
            if (now != value) {
                row.set(place, now);
                isChanged = true;
            }
        }
        return isChanged;
    }

    /** Returns the same map if it contains no key. */
    private Map<?, ?> changed(Map<?, ?> map) {
        Map<Object, Object> changed = new HashMap<>(map);
        boolean isChanged = false;
        for (Map.Entry<Object, Object> entry : changed.entrySet()) {
            if (entry.getValue() instanceof String text) {
                String now = keys.text(text);
                isChanged |= !now.equals(text);
                entry.setValue(now);
            }
        }
        return isChanged ? changed : map;
    }
}

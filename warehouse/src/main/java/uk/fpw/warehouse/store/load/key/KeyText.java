package uk.fpw.warehouse.store.load.key;

import java.math.BigDecimal;
import java.util.List;

/**
 * Canonical text of keys and items: parts joined by {@code |}, with {@code |} and {@code \} within a part escaped by
 * {@code \}.
 */
public final class KeyText {

    private KeyText() {}

    /** The key with these parts, in the order of the feed's key columns. */
    public static String of(List<?> parts) {
        if (parts.size() == 1) {
            return part(parts.get(0));
        }
        StringBuilder key = new StringBuilder();
        for (int index = 0; index < parts.size(); index++) {
            key.append(index == 0 ? "" : "|")
                    .append(part(parts.get(index)).replace("\\", "\\\\").replace("|", "\\|"));
        }
        return key.toString();
    }

    /** One value as text: numbers without redundant zeros, dates and instants in ISO format. */
    public static String part(Object value) {
        return value instanceof BigDecimal number
                ? (number.signum() == 0 ? "0" : number.stripTrailingZeros().toPlainString())
                : value.toString();
    }
}

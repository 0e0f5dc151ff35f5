package uk.fpw.publish.export;

import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Names of the sheets of a workbook: at most 31 characters, unique ignoring case. */
final class SheetNames {

    private static final int MAX_LENGTH = 31;

    private final Set<String> used;

    SheetNames(List<String> taken) {
        this.used = new HashSet<>(taken);
        used.add("history"); // Excel keeps it for itself
    }

    /** The name of a table, if it fits and is free; otherwise its beginning and a number: {@code change_compari~2}. */
    String of(String table) {
        String name = table.length() <= MAX_LENGTH ? table : numbered(table, 1);
        for (int number = 2; !used.add(name.toLowerCase(Locale.ROOT)); number++) {
            name = numbered(table, number);
        }
        return name;
    }

    private static String numbered(String table, int number) {
        String end = "~" + number;
        return table.substring(0, Math.min(table.length(), MAX_LENGTH - end.length())) + end;
    }
}

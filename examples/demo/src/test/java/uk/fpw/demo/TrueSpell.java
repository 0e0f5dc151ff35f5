package uk.fpw.demo;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** One spell in a queue, from the generator's true figures. */
record TrueSpell(
        String queue,
        String item,
        String contributor,
        String deviceType,
        LocalDate firstEnteredOn,
        LocalDate enteredOn,
        @Nullable LocalDate leftOn,
        String leftAs,
        boolean isReentry) {

    static List<TrueSpell> read(Path truth) throws IOException {
        List<TrueSpell> spells = new ArrayList<>();
        for (Map<String, String> row : rows(truth.resolve("spells.csv"))) {
            String left = value(row, "left_on");
            spells.add(new TrueSpell(
                    value(row, "queue"),
                    value(row, "item"),
                    value(row, "contributor"),
                    value(row, "device_type"),
                    LocalDate.parse(value(row, "first_entered_on")),
                    LocalDate.parse(value(row, "entered_on")),
                    left.isEmpty() ? null : LocalDate.parse(left),
                    value(row, "left_as"),
                    Boolean.parseBoolean(value(row, "is_reentry"))));
        }
        return spells;
    }

    /** The items that the rules exclude. */
    static Set<String> excluded(Path truth) throws IOException {
        return rows(truth.resolve("exclusions.csv")).stream()
                .map(row -> value(row, "item"))
                .collect(Collectors.toSet());
    }

    boolean waitsAtTheEndOf(LocalDate day) {
        return !enteredOn.isAfter(day) && (leftOn == null || leftOn.isAfter(day));
    }

    /** Its state at the end of a day. */
    TrueSpell upTo(LocalDate day) {
        return leftOn == null || !leftOn.isAfter(day)
                ? this
                : new TrueSpell(queue, item, contributor, deviceType, firstEnteredOn, enteredOn, null, "", isReentry);
    }

    private static String value(Map<String, String> row, String column) {
        return row.getOrDefault(column, "");
    }

    private static List<Map<String, String>> rows(Path file) throws IOException {
        List<String> lines = Files.readAllLines(file);
        String[] header = lines.get(0).split(",", -1);
        List<Map<String, String>> rows = new ArrayList<>();
        for (String line : lines.subList(1, lines.size())) {
            String[] fields = line.split(",", -1);
            Map<String, String> row = new HashMap<>();
            for (int i = 0; i < header.length; i++) {
                row.put(header[i], fields[i]);
            }
            rows.add(row);
        }
        return rows;
    }
}

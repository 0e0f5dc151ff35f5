package uk.fpw.statistics.wait;

import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.SoftAssertions;
import org.jspecify.annotations.Nullable;

/** The reference figures under {@code golden/km}, made with R 4.5 and survival 3.8-3, and how to compare with them. */
public final class Golden {

    private Golden() {}

    /** Rows of a CSV file by column. */
    public static List<Map<String, String>> csv(String name) {
        List<String> lines = text(name).lines().toList();
        String[] header = lines.get(0).split(",", -1);
        List<Map<String, String>> rows = new ArrayList<>();
        for (String line : lines.subList(1, lines.size())) {
            String[] fields = line.split(",", -1);
            Map<String, String> row = new LinkedHashMap<>();
            for (int i = 0; i < header.length; i++) {
                row.put(header[i], fields[i]);
            }
            rows.add(row);
        }
        return rows;
    }

    public static JsonNode json(String name) {
        try {
            return new ObjectMapper().readTree(text(name));
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /** Names of the cases of a JSON file, in its order. */
    public static List<String> cases(String name) {
        List<String> names = new ArrayList<>();
        Iterator<String> all = json(name).fieldNames();
        all.forEachRemaining(names::add);
        return names;
    }

    /** Right-censored rows: {@code time, status}; observed from entry on. */
    public static LifeTable rightCensored(List<Map<String, String>> rows) {
        return Observation.table(rows.stream()
                .map(row -> new Observation(-1, number(row, "time"), reason(field(row, "status")), 1))
                .toList());
    }

    public static @Nullable String reason(String status) {
        return status.equals("0") ? null : status;
    }

    public static double number(Map<String, String> row, String column) {
        return Double.parseDouble(field(row, column));
    }

    public static String field(Map<String, String> row, String column) {
        String value = row.get(column);
        if (value == null) {
            throw new IllegalArgumentException("no column " + column + " in " + row.keySet());
        }
        return value;
    }

    public static @Nullable Double numberOrNull(JsonNode node) {
        return node.isNull() || node.isMissingNode() ? null : node.doubleValue();
    }

    public static @Nullable Double numberOrNull(String field) {
        return field.equals("NA") || field.isEmpty() ? null : Double.valueOf(field);
    }

    /** Equal to 1e-9 relative, null where the reference has none. Below 1e-12 the reference itself is rounding. */
    public static void same(SoftAssertions softly, String what, @Nullable Double expected, @Nullable Double actual) {
        if (expected == null) {
            softly.assertThat(actual).as(what).isNull();
        } else {
            softly.assertThat(actual).as(what).isNotNull();
            if (actual != null) {
                softly.assertThat(actual).as(what).isCloseTo(expected, within(1e-9 * Math.abs(expected) + 1e-12));
            }
        }
    }

    private static String text(String name) {
        // in a jar ".." is a name like any other
        String path = URI.create("/golden/km/" + name).normalize().getPath();
        try (InputStream in = Golden.class.getResourceAsStream(path)) {
            if (in == null) {
                throw new IllegalStateException("no test resource " + path);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}

package uk.fpw.warehouse.testing;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/**
 * Results of a benchmark, each beside a peer measured in the same run. Printed as a table and, on request, written as
 * JSON.
 */
public final class BenchTable {

    private static final double NANOS = 1e9;

    private final String title;
    private final Map<String, Double> seconds = new LinkedHashMap<>();

    /** Work that may fail. */
    @FunctionalInterface
    public interface Work {
        /** Does the work. */
        void run() throws Exception;
    }

    /** An empty table; the title states the amount of data. */
    public BenchTable(String title) {
        this.title = title;
    }

    /** Measures some work. */
    public void time(String work, Work toDo) throws Exception {
        long started = System.nanoTime();
        toDo.run();
        seconds.put(work, (System.nanoTime() - started) / NANOS);
    }

    /**
     * Prints the table.
     *
     * @param peer name of the work that others are divided by
     * @param arguments arguments of the benchmark; {@code --json} is followed by the file to write
     */
    public void print(String peer, List<String> arguments) throws IOException {
        double one = Objects.requireNonNull(seconds.get(peer), peer);
        List<Map<String, Object>> rows = new ArrayList<>();
        seconds.forEach((work, took) -> {
            System.out.printf(Locale.ROOT, "%s: %-60s %8.2f s %7.2f x%n", title, work, took, took / one);
            rows.add(Map.of("over", title, "work", work, "seconds", took, "ratio", took / one));
        });
        int json = arguments.indexOf("--json");
        if (json >= 0) {
            new ObjectMapper().writeValue(Path.of(arguments.get(json + 1)).toFile(), rows);
        }
    }
}

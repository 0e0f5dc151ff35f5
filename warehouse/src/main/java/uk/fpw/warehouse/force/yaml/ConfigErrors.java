package uk.fpw.warehouse.force.yaml;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Collects errors, so that all are reported at once. */
public final class ConfigErrors {

    private static final Comparator<ConfigError> ORDER = Comparator.comparing(ConfigError::file)
            .thenComparingInt(ConfigError::line)
            .thenComparing(ConfigError::field);

    private final List<ConfigError> found = new ArrayList<>();

    /** Adds an error that concerns a whole file. */
    public void add(String file, String problem, String remedy) {
        add(file, 0, "", problem, remedy);
    }

    public void add(String file, int line, String field, String problem, String remedy) {
        found.add(new ConfigError(file, line, field, problem, remedy));
    }

    /** All errors without duplicates, by file and line. */
    public List<ConfigError> sorted() {
        return found.stream().distinct().sorted(ORDER).toList();
    }

    public int count() {
        return found.size();
    }
}

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What one test class did without mutants.
 *
 * @param processorSeconds of the JVM of the tests, without processes that it starts
 * @param mutants ids of those whose method it calls, itself or by a process that it starts
 */
record Reached(String name, double seconds, double processorSeconds, boolean isFailed, Set<String> mutants) {
    /** Those of a file, which need not exist, by name in its order. */
    static Map<String, Reached> read(Path file) throws IOException {
        Map<String, Reached> classes = new LinkedHashMap<>();
        for (String line : Files.exists(file) ? Files.readAllLines(file) : List.<String>of()) {
            String[] is = line.split("\t", -1);
            classes.put(
                    is[0],
                    new Reached(
                            is[0],
                            Double.parseDouble(is[1]),
                            Double.parseDouble(is[2]),
                            !is[3].equals("passed"),
                            Set.of(is[4].split(" "))));
        }
        return classes;
    }

    String packageName() {
        return name.substring(0, name.lastIndexOf('.'));
    }
}

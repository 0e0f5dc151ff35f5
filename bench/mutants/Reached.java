import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A run of one test class without mutants.
 *
 * @param processorSeconds processor time of the tests' JVM, without processes that it starts
 * @param mutants ids of the mutants whose method it calls, directly or in a process that it starts
 */
record Reached(String name, double seconds, double processorSeconds, boolean isFailed, Set<String> mutants) {
    /** The runs in a file, which need not exist, by name in the file's order. */
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

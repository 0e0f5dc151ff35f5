import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The lines of a file of results, which grows by one whenever a suite has finished with a mutant. */
record Results(Path file, List<String[]> rows) {
    private static final String HEADER = "mutant\tsuite\toutcome\ttier\ttest\tprocessor seconds";

    static Results read(Path file) throws IOException {
        if (!Files.exists(file)) {
            Files.writeString(file, HEADER + "\n");
        }
        return new Results(
                file,
                Files.readAllLines(file).stream()
                        .skip(1)
                        .map(line -> line.split("\t", -1))
                        .toList());
    }

    boolean has(String mutant, String suite) {
        return rows.stream().anyMatch(row -> row[0].equals(mutant) && row[1].equals(suite));
    }

    boolean isFound(String mutant, String tier) {
        return rows.stream().anyMatch(row -> row[0].equals(mutant) && row[3].equals(tier));
    }

    boolean isLeftByUnitTests(String mutant) {
        return rows.stream()
                .anyMatch(row -> row[0].equals(mutant)
                        && row[1].startsWith("unit ")
                        && !row[3].equals("quick")
                        && !row[2].equals("gone"));
    }

    void add(Mutant mutant, String suite, String outcome, String tier, String test, double seconds)
            throws IOException {
        String row = String.join("\t", mutant.id(), suite, outcome, tier, test, "%.1f".formatted(seconds));
        Files.writeString(file, row + "\n", StandardOpenOption.APPEND);
        System.out.println(row);
    }

    /** Prints, for each module, how many mutants were found by which tier and kind of tests. */
    void summarise() {
        System.out.println(
                "module\tmutants\tunit quick\tunit thorough\tintegration quick\tintegration thorough\tnot found"
                        + "\tgone");
        Map<String, int[]> sums = new TreeMap<>();
        Map<String, List<String[]>> byMutant = rows.stream().collect(Collectors.groupingBy(row -> row[0]));
        byMutant.forEach((mutant, of) -> {
            int column = 6;
            for (String[] row : of) {
                boolean isByUnitTests = row[1].startsWith("unit");
                if (row[2].equals("gone")) {
                    column = 7;
                } else if (row[3].equals("quick")) {
                    column = isByUnitTests ? 2 : 4;
                } else if (row[3].equals("thorough") && column == 6) {
                    column = isByUnitTests ? 3 : 5;
                }
            }
            for (String name : List.of(mutant.substring(0, mutant.lastIndexOf('-')), "total")) {
                int[] sum = sums.computeIfAbsent(name, key -> new int[8]);
                sum[1]++;
                sum[column]++;
            }
        });
        sums.forEach((name, sum) -> System.out.println(name + "\t"
                + Arrays.stream(sum).skip(1).mapToObj(Integer::toString).collect(Collectors.joining("\t"))));
    }
}

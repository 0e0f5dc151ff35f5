import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Draws mutants of the main classes and determines which of them the tests find; {@code README.md} describes how. */
final class Mutants {
    static final List<String> MODULES =
            List.of("jobs/metrics", "jobs/statistics", "jobs/ingest", "jobs/publish", "warehouse");

    private Mutants() {}

    public static void main(String... words) throws Exception {
        switch (words[0]) {
            case "draw" -> Draw.draw(Path.of(words[1]), Long.parseLong(words[2]), words[3], Path.of(words[4]));
            case "reach" -> new Suite(Path.of(words[1]), words[2], words[3]).reach(drawn(Path.of(words[4])));
            case "kill" ->
                new Suite(Path.of(words[1]), words[2], words[3]).kill(drawn(Path.of(words[4])), Path.of(words[5]));
            case "summary" -> Results.read(Path.of(words[1])).summarise();
            default -> throw new IllegalArgumentException("draw, reach, kill or summary, not " + words[0]);
        }
    }

    static List<Mutant> drawn(Path list) throws IOException {
        return Files.readAllLines(list).stream()
                .filter(line -> !line.startsWith("#") && !line.equals(Mutant.HEADER))
                .map(Mutant::parse)
                .toList();
    }
}

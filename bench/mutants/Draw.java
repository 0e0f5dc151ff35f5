import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.pitest.mutationtest.engine.MutationDetails;

final class Draw {
    static final int EACH = 25;

    static void draw(Path root, long seed, String commit, Path list) throws IOException {
        List<String> lines = new ArrayList<>();
        lines.add("# drawn from the classes of commit " + commit + " with seed " + seed);
        List<String> rows = new ArrayList<>();
        for (String module : Mutants.MODULES) {
            Engine engine = new Engine(root, module);
            List<MutationDetails> all = engine.all();
            lines.add("# " + module + ": " + EACH + " of " + all.size());
            Collections.shuffle(all, new Random(seed));
            for (int number = 1; number <= EACH; number++) {
                String id = "%s-%02d".formatted(module.substring(module.lastIndexOf('/') + 1), number);
                rows.add(engine.mutant(id, all.get(number - 1)).row());
            }
        }
        lines.add(Mutant.HEADER);
        lines.addAll(rows);
        Files.write(list, lines);
    }
}

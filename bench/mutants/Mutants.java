import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.pitest.bytecode.analysis.ClassTree;
import org.pitest.classinfo.ClassByteArraySource;
import org.pitest.classinfo.ClassName;
import org.pitest.mutationtest.EngineArguments;
import org.pitest.mutationtest.build.MutationInterceptor;
import org.pitest.mutationtest.config.PluginServices;
import org.pitest.mutationtest.config.ReportOptions;
import org.pitest.mutationtest.config.SettingsFactory;
import org.pitest.mutationtest.engine.Mutater;
import org.pitest.mutationtest.engine.MutationDetails;
import org.pitest.mutationtest.engine.gregor.config.GregorEngineFactory;

/** Draws mutants of the main classes and finds out which of them the tests find; {@code README.md} says how. */
final class Mutants {
    static final List<String> MODULES = List.of("jobs/metrics", "jobs/ingest", "jobs/publish", "warehouse");

    private Mutants() {}

    public static void main(String... arguments) throws Exception {
        switch (arguments[0]) {
            case "draw" -> Draw.draw(Path.of(arguments[1]), Long.parseLong(arguments[2]), arguments[3], Path.of(arguments[4]));
            default -> throw new IllegalArgumentException(arguments[0]);
        }
    }

    /**
     * One line of {@code mutants.tsv}.
     *
     * @param index of the mutated instruction in its method, as pitest counts
     * @param mutator of pitest, without its package
     * @param source the line of the source as it was when the mutant was drawn
     */
    record Mutant(
            String id, String module, String className, String method, String descriptor, int index, String mutator,
            int line, String description, String source) {
        static final String HEADER = "id\tmodule\tclass\tmethod\tdescriptor\tindex\tmutator\tline\tdescription\tsource";

        String row() {
            return String.join("\t", id, module, className, method, descriptor, Integer.toString(index), mutator,
                    Integer.toString(line), description, source);
        }
    }

    /** The mutations of pitest's default operators in the main classes of a module, without those that pitest filters. */
    static final class Engine {
        private final Path root;
        private final String module;
        private final Mutater mutater;
        private final ClassByteArraySource bytes;
        private final MutationInterceptor filters;

        Engine(Path root, String module) {
            this.root = root;
            this.module = module;
            Path classes = root.resolve(module).resolve("target/classes");
            bytes = name -> read(classes.resolve(name.replace('.', '/') + ".class"));
            mutater = new GregorEngineFactory().createEngine(EngineArguments.arguments()).createMutator(bytes);
            ReportOptions options = new ReportOptions();
            options.setCodePaths(List.of(classes.toString()));
            options.setClassPathElements(List.of(classes.toString()));
            options.setTargetClasses(List.of("uk.fpw.*"));
            SettingsFactory settings = new SettingsFactory(options, PluginServices.makeForContextLoader());
            var code = settings.createCodeSource(options.getMutationClassPaths());
            filters = settings.getInterceptor().createInterceptor(options, null, bytes, null, code);
            filters.initialise(code);
        }

        List<MutationDetails> all() throws IOException {
            Path classes = root.resolve(module).resolve("target/classes");
            List<MutationDetails> found = new ArrayList<>();
            try (Stream<Path> files = Files.walk(classes)) {
                for (Path file : files.filter(each -> each.toString().endsWith(".class")).sorted().toList()) {
                    String name = classes.relativize(file).toString().replace(".class", "").replace('/', '.');
                    found.addAll(in(name));
                }
            }
            found.sort(Comparator.comparing(MutationDetails::getId));
            return found;
        }

        Collection<MutationDetails> in(String className) {
            List<MutationDetails> found = mutater.findMutations(ClassName.fromString(className));
            if (found.isEmpty()) {
                return found;
            }
            filters.begin(ClassTree.fromBytes(bytes.getBytes(className).orElseThrow()));
            Collection<MutationDetails> left = filters.intercept(found, mutater);
            filters.end();
            return left;
        }

        byte[] mutated(MutationDetails mutation) {
            return mutater.getMutation(mutation.getId()).getBytes();
        }

        Mutant mutant(String id, MutationDetails mutation) throws IOException {
            var at = mutation.getId().getLocation();
            String className = at.getClassName().asJavaName();
            String folder = className.substring(0, className.lastIndexOf('.')).replace('.', '/');
            List<String> lines = Files.readAllLines(
                    root.resolve(module).resolve("src/main/java").resolve(folder).resolve(mutation.getFilename()));
            String mutator = mutation.getMutator();
            return new Mutant(id, module, className, at.getMethodName(), at.getMethodDesc(), mutation.getFirstIndex(),
                    mutator.substring(mutator.lastIndexOf('.') + 1), mutation.getLineNumber(),
                    mutation.getDescription(), lines.get(mutation.getLineNumber() - 1).strip().replace('\t', ' '));
        }

        private static Optional<byte[]> read(Path file) {
            try {
                return Files.exists(file) ? Optional.of(Files.readAllBytes(file)) : Optional.empty();
            } catch (IOException e) {
                throw new java.io.UncheckedIOException(e);
            }
        }
    }

    static final class Draw {
        static final int EACH = 25;

        static void draw(Path root, long seed, String commit, Path list) throws IOException {
            List<String> lines = new ArrayList<>();
            lines.add("# drawn from the classes of commit " + commit + " with seed " + seed);
            List<String> rows = new ArrayList<>();
            for (String module : MODULES) {
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
}

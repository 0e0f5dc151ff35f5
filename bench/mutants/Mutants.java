import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.platform.engine.CancellationToken;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.engine.support.descriptor.MethodSource;
import org.junit.platform.launcher.Launcher;
import org.junit.platform.launcher.TagFilter;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherExecutionRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
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
import org.pitest.reloc.asm.ClassReader;
import org.pitest.reloc.asm.ClassVisitor;
import org.pitest.reloc.asm.ClassWriter;
import org.pitest.reloc.asm.MethodVisitor;
import org.pitest.reloc.asm.Opcodes;

/** Draws mutants of the main classes and finds out which of them the tests find; {@code README.md} says how. */
final class Mutants {
    static final List<String> MODULES = List.of("jobs/metrics", "jobs/ingest", "jobs/publish", "warehouse");

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

    /**
     * One line of {@code mutants.tsv}.
     *
     * @param index of the mutated instruction in its method, as pitest counts
     * @param mutator of pitest, without its package
     * @param source the line of the source as it was when the mutant was drawn
     */
    record Mutant(
            String id,
            String module,
            String className,
            String method,
            String descriptor,
            int index,
            String mutator,
            int line,
            String description,
            String source) {
        static final String HEADER = "id\tmodule\tclass\tmethod\tdescriptor\tindex\tmutator\tline\tdescription\tsource";

        static Mutant parse(String row) {
            String[] is = row.split("\t", -1);
            return new Mutant(
                    is[0],
                    is[1],
                    is[2],
                    is[3],
                    is[4],
                    Integer.parseInt(is[5]),
                    is[6],
                    Integer.parseInt(is[7]),
                    is[8],
                    is[9]);
        }

        /** Whether the other, drawn from another build, changes the same code in the same way. */
        boolean isSame(Mutant other) {
            return className.equals(other.className)
                    && method.equals(other.method)
                    && descriptor.equals(other.descriptor)
                    && index == other.index
                    && mutator.equals(other.mutator)
                    && description.equals(other.description)
                    && source.equals(other.source);
        }

        String packageName() {
            return className.substring(0, className.lastIndexOf('.'));
        }

        /** Its place among the mutants of its module. */
        int number() {
            return Integer.parseInt(id.substring(id.lastIndexOf('-') + 1));
        }

        String row() {
            return String.join(
                    "\t",
                    id,
                    module,
                    className,
                    method,
                    descriptor,
                    Integer.toString(index),
                    mutator,
                    Integer.toString(line),
                    description,
                    source);
        }
    }

    /** The mutations of pitest's default operators in the main classes of a module, without those that it filters. */
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
            ClassLoader others = new URLClassLoader(libraries(root, module), ClassLoader.getPlatformClassLoader());
            bytes = name -> read(classes, others, name.replace('.', '/') + ".class");
            mutater = new GregorEngineFactory()
                    .createEngine(EngineArguments.arguments())
                    .createMutator(bytes);
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
                for (Path file : files.filter(each -> each.toString().endsWith(".class"))
                        .sorted()
                        .toList()) {
                    String name = classes.relativize(file)
                            .toString()
                            .replace(".class", "")
                            .replace('/', '.');
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

        /** The bytes of the class with the mutation; empty if this build has no such code. */
        Optional<byte[]> mutated(Mutant mutant) throws IOException {
            boolean isThere = Files.exists(root.resolve(module)
                    .resolve("target/classes")
                    .resolve(mutant.className().replace('.', '/') + ".class"));
            for (MutationDetails mutation : isThere ? in(mutant.className()) : List.<MutationDetails>of()) {
                if (mutant(mutant.id(), mutation).isSame(mutant)) {
                    return Optional.of(mutater.getMutation(mutation.getId()).getBytes());
                }
            }
            return Optional.empty();
        }

        /** The bytes of a class whose methods of these mutants create a file with the mutant's id when called. */
        byte[] probed(String className, List<Mutant> mutants, Path folder) {
            ClassWriter writer = new ClassWriter(ClassWriter.COMPUTE_MAXS);
            new ClassReader(bytes.getBytes(className).orElseThrow())
                    .accept(
                            new ClassVisitor(Opcodes.ASM9, writer) {
                                @Override
                                public MethodVisitor visitMethod(
                                        int access, String name, String descriptor, String generic, String[] thrown) {
                                    MethodVisitor method = super.visitMethod(access, name, descriptor, generic, thrown);
                                    return new MethodVisitor(Opcodes.ASM9, method) {
                                        @Override
                                        public void visitCode() {
                                            super.visitCode();
                                            for (Mutant mutant : mutants) {
                                                if (mutant.method().equals(name)
                                                        && mutant.descriptor().equals(descriptor)) {
                                                    visitTypeInsn(Opcodes.NEW, "java/io/File");
                                                    visitInsn(Opcodes.DUP);
                                                    visitLdcInsn(folder.resolve(mutant.id())
                                                            .toString());
                                                    visitMethodInsn(
                                                            Opcodes.INVOKESPECIAL,
                                                            "java/io/File",
                                                            "<init>",
                                                            "(Ljava/lang/String;)V",
                                                            false);
                                                    visitMethodInsn(
                                                            Opcodes.INVOKEVIRTUAL,
                                                            "java/io/File",
                                                            "createNewFile",
                                                            "()Z",
                                                            false);
                                                    visitInsn(Opcodes.POP);
                                                }
                                            }
                                        }
                                    };
                                }
                            },
                            0);
            return writer.toByteArray();
        }

        Mutant mutant(String id, MutationDetails mutation) throws IOException {
            var at = mutation.getId().getLocation();
            String className = at.getClassName().asJavaName();
            String folder = className.substring(0, className.lastIndexOf('.')).replace('.', '/');
            List<String> lines = Files.readAllLines(root.resolve(module)
                    .resolve("src/main/java")
                    .resolve(folder)
                    .resolve(mutation.getFilename()));
            String mutator = mutation.getMutator();
            return new Mutant(
                    id,
                    module,
                    className,
                    at.getMethodName(),
                    at.getMethodDesc(),
                    mutation.getFirstIndex(),
                    mutator.substring(mutator.lastIndexOf('.') + 1),
                    mutation.getLineNumber(),
                    mutation.getDescription(),
                    lines.get(mutation.getLineNumber() - 1).strip().replace('\t', ' '));
        }

        /** What the module is compiled with: pitest looks for the common superclasses of what its code names. */
        private static URL[] libraries(Path root, String module) {
            try {
                List<URL> urls = new ArrayList<>();
                for (String entry : new Suite(root, "unit", module).classPath()) {
                    urls.add(Path.of(entry).toUri().toURL());
                }
                return urls.toArray(URL[]::new);
            } catch (IOException failed) {
                throw new UncheckedIOException(failed);
            }
        }

        private static Optional<byte[]> read(Path classes, ClassLoader others, String file) {
            try (InputStream in = Files.exists(classes.resolve(file))
                    ? Files.newInputStream(classes.resolve(file))
                    : others.getResourceAsStream(file)) {
                return in == null ? Optional.empty() : Optional.of(in.readAllBytes());
            } catch (IOException failed) {
                throw new UncheckedIOException(failed);
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

    /** The tests of one kind ({@code unit} or {@code integration}) of a module, run as Maven runs them. */
    static final class Suite {
        private static final int MOST_INTEGRATION = 40;

        /** After so many seconds a command stops, to go on when it is called again. */
        private static final long TURN_SECONDS = Long.getLong("mutants.seconds", Long.MAX_VALUE / 1_000_000_000);

        /** Of a command that has to be called again. */
        private static final int LEFT = 3;

        private final Path root;
        private final String kind;
        private final String module;
        private final Path folder;
        private final Path work;
        private final Path reached;

        Suite(Path root, String kind, String module) throws IOException {
            if (!List.of("unit", "integration").contains(kind)) {
                throw new IllegalArgumentException("unit or integration, not " + kind);
            }
            this.root = root.toRealPath();
            this.kind = kind;
            this.module = module;
            this.folder = this.root.resolve(module);
            this.work = Files.createDirectories(this.root.resolve("target/mutants"));
            this.reached = work.resolve("reached-" + kind + "-" + module.replace('/', '-') + ".tsv");
        }

        /** Runs every test class once without mutants and notes which mutated methods it calls. */
        void reach(List<Mutant> drawn) throws IOException, InterruptedException {
            Path probes = work.resolve("probes");
            Map<String, byte[]> classes = new HashMap<>();
            for (String each : MODULES) {
                Engine engine = new Engine(root, each);
                List<Mutant> there = new ArrayList<>();
                for (Mutant mutant : drawn) {
                    if (mutant.module().equals(each) && engine.mutated(mutant).isPresent()) {
                        there.add(mutant);
                    }
                }
                there.stream()
                        .collect(Collectors.groupingBy(Mutant::className))
                        .forEach((name, mutants) -> classes.put(name, engine.probed(name, mutants, probes)));
            }
            install(classes);
            boolean isLeft;
            try {
                Map<String, Reached> done = reached();
                List<String> left = testClasses().stream()
                        .filter(name -> !done.containsKey(name))
                        .toList();
                if (left.isEmpty()) {
                    return;
                }
                Files.createDirectories(probes);
                Run run = start(List.of("reach", reached.toString(), probes.toString(), "" + TURN_SECONDS), left);
                run.await(Duration.ofHours(1), Duration.ofHours(1));
                int more = reached().size() - done.size();
                if (more == 0) {
                    throw new IllegalStateException("no test class ended; see " + run.log);
                }
                reached().values().stream()
                        .filter(each -> each.isFailed && left.contains(each.name))
                        .forEach(each -> System.out.println(each.name + " fails without a mutant: it is left out"));
                isLeft = more < left.size();
            } finally {
                install(Map.of());
            }
            endTurn(isLeft);
        }

        /** Runs, for each mutant that no quick test has found, the test classes that reach it, to the first failure. */
        void kill(List<Mutant> drawn, Path file) throws IOException, InterruptedException {
            Map<String, Reached> reaching = reached();
            boolean isComplete = reaching.keySet().containsAll(testClasses());
            Engines engines = new Engines(root);
            String suite = kind + " " + module;
            long since = System.nanoTime();
            for (Mutant mutant : candidates(drawn, Results.read(file))) {
                Results results = Results.read(file);
                if (results.has(mutant.id(), suite) || results.isFound(mutant.id(), "quick")) {
                    continue;
                }
                endTurn(System.nanoTime() - since > TURN_SECONDS * 1_000_000_000);
                Optional<byte[]> mutated = engines.of(mutant.module()).mutated(mutant);
                List<String> tests = reaching.values().stream()
                        .filter(each -> !each.isFailed && each.mutants.contains(mutant.id()))
                        .sorted(Comparator.comparing(
                                        (Reached each) -> !each.packageName().equals(mutant.packageName()))
                                .thenComparing(each -> each.seconds))
                        .map(each -> each.name)
                        .toList();
                if (mutated.isEmpty()) {
                    results.add(mutant, suite, "gone", "", "", 0);
                } else if (tests.isEmpty() && isComplete) {
                    results.add(mutant, suite, "unreached", "", "", 0);
                } else if (!tests.isEmpty()) {
                    double seconds = tests.stream()
                            .mapToDouble(each -> reaching.get(each).seconds)
                            .sum();
                    double processor = tests.stream()
                            .mapToDouble(each -> reaching.get(each).processorSeconds)
                            .sum();
                    run(mutant, suite, mutated.get(), tests, seconds, processor, results, isComplete);
                }
            }
        }

        private static void endTurn(boolean isLeft) {
            if (isLeft) {
                System.out.println("more is left: call it again");
                System.exit(LEFT);
            }
        }

        private List<Mutant> candidates(List<Mutant> drawn, Results results) {
            if (kind.equals("unit")) {
                return drawn.stream()
                        .filter(each -> each.module().equals(module))
                        .toList();
            }
            return drawn.stream()
                    .filter(each -> results.isLeftByUnitTests(each.id()))
                    .sorted(Comparator.comparing(Mutant::number))
                    .limit(MOST_INTEGRATION)
                    .filter(each ->
                            !Boolean.getBoolean("mutants.own") || each.module().equals(module))
                    .toList();
        }

        private void run(
                Mutant mutant,
                String suite,
                byte[] mutated,
                List<String> tests,
                double seconds,
                double processor,
                Results results,
                boolean isComplete)
                throws IOException, InterruptedException {
            install(Map.of(mutant.className(), mutated));
            try {
                Path verdict = work.resolve("verdict");
                Files.deleteIfExists(verdict);
                // what thorough tests have found may still be found by quick ones of another suite
                String tiers = results.isFound(mutant.id(), "thorough") ? "quick" : "quick thorough";
                Run run = start(List.of("kill", verdict.toString(), tiers), tests);
                // four times the normal time; a busy machine may take longer by the clock
                boolean isEnded = run.await(
                        Duration.ofMillis((long) (4000 * processor) + 20_000),
                        Duration.ofMillis((long) (8000 * seconds) + 120_000));
                String[] words = Files.exists(verdict)
                        ? Files.readString(verdict).strip().split("\t")
                        : new String[] {"none"};
                switch (words[0]) {
                    case "survived" -> {
                        if (isComplete) {
                            results.add(mutant, suite, "survived", "", "", run.processorSeconds());
                        } else {
                            System.out.println(mutant.id() + " is not found by the classes so far");
                        }
                    }
                    case "failed" -> results.add(mutant, suite, "killed", words[1], words[2], run.processorSeconds());
                    default -> {
                        String last = run.lastClass();
                        if (last.isEmpty()) {
                            throw new IllegalStateException("no test class began; see " + run.log);
                        }
                        // a JVM that ends on its own was ended by the mutant
                        results.add(
                                mutant,
                                suite,
                                isEnded ? "killed" : "timeout",
                                run.lastTier(),
                                last,
                                run.processorSeconds());
                    }
                }
            } finally {
                install(Map.of());
            }
        }

        private List<String> testClasses() throws IOException {
            Path classes = folder.resolve("target/test-classes");
            String end = kind.equals("unit") ? "Test.class" : "IT.class";
            try (Stream<Path> files = Files.walk(classes)) {
                return files.map(each -> classes.relativize(each).toString())
                        .filter(name -> name.endsWith(end) && !name.contains("$"))
                        .map(name -> name.replace(".class", "").replace('/', '.'))
                        .sorted(Comparator.comparing(this::reportedSeconds).thenComparing(Comparator.naturalOrder()))
                        .toList();
            }
        }

        /** How long a test class took when Maven ran it. */
        private double reportedSeconds(String name) {
            try {
                Path report = reports().resolve("TEST-" + name + ".xml");
                Matcher matcher = Pattern.compile("<testsuite [^>]*\\btime=\"([0-9.]+)\"")
                        .matcher(Files.exists(report) ? Files.readString(report) : "");
                return matcher.find() ? Double.parseDouble(matcher.group(1)) : 0;
            } catch (IOException failed) {
                throw new UncheckedIOException(failed);
            }
        }

        private Path reports() {
            Path quick = folder.resolve("target").resolve("quick-" + kind + "-reports");
            if (Files.exists(quick)) {
                return quick;
            }
            // of a build before there were tiers
            return folder.resolve("target").resolve(kind.equals("unit") ? "surefire-reports" : "failsafe-reports");
        }

        /** Puts changed classes in front of the class path and into the jars of the build, in place of the previous. */
        private void install(Map<String, byte[]> classes) throws IOException {
            Path front = work.resolve("front");
            Path originals = Files.createDirectories(work.resolve("jars"));
            if (Files.exists(front)) {
                try (Stream<Path> files = Files.walk(front)) {
                    for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                        Files.delete(file);
                    }
                }
            }
            Files.createDirectories(front);
            try (Stream<Path> kept = Files.list(originals)) {
                for (Path original : kept.toList()) {
                    Files.copy(
                            original,
                            root.resolve(original.getFileName().toString().replace('!', '/')),
                            StandardCopyOption.REPLACE_EXISTING,
                            StandardCopyOption.COPY_ATTRIBUTES);
                    Files.delete(original);
                }
            }
            for (var each : classes.entrySet()) {
                Path file = front.resolve(each.getKey().replace('.', '/') + ".class");
                Files.createDirectories(file.getParent());
                Files.write(file, each.getValue());
            }
            if (kind.equals("unit") || classes.isEmpty()) {
                return;
            }
            for (Path jar : jars()) {
                List<String> names = new ArrayList<>();
                try (FileSystem content = FileSystems.newFileSystem(jar)) {
                    for (String name : classes.keySet()) {
                        if (Files.exists(content.getPath(name.replace('.', '/') + ".class"))) {
                            names.add(name);
                        }
                    }
                }
                if (names.isEmpty()) {
                    continue;
                }
                Files.copy(
                        jar,
                        originals.resolve(root.relativize(jar).toString().replace('/', '!')),
                        StandardCopyOption.REPLACE_EXISTING,
                        StandardCopyOption.COPY_ATTRIBUTES);
                try (FileSystem content = FileSystems.newFileSystem(jar)) {
                    for (String name : names) {
                        Files.write(content.getPath(name.replace('.', '/') + ".class"), classes.get(name));
                    }
                }
            }
        }

        private List<Path> jars() throws IOException {
            List<Path> jars = new ArrayList<>();
            try (Stream<Path> installed = Files.walk(root.resolve("target/dist/lib"))) {
                installed
                        .filter(each -> each.getFileName().toString().matches("fpw-.*\\.jar"))
                        .forEach(jars::add);
            }
            for (String each : MODULES) {
                try (Stream<Path> built = Files.list(root.resolve(each).resolve("target"))) {
                    built.filter(file -> file.getFileName().toString().matches("fpw-.*\\.jar"))
                            .forEach(jars::add);
                }
            }
            return jars;
        }

        private Run start(List<String> words, List<String> tests) throws IOException {
            Path list = Files.write(work.resolve("tests"), tests);
            Path begun = work.resolve("begun");
            Files.deleteIfExists(begun);
            String via = System.getenv().getOrDefault("MUTANTS_VIA", "");
            List<String> command = new ArrayList<>(
                    via.isBlank() ? List.of() : List.of(via.strip().split("\\s+")));
            command.add(Path.of(System.getProperty("java.home"), "bin/java").toString());
            command.addAll(List.of(property("${fpw.argLine}").strip().split("\\s+")));
            command.addAll(
                    List.of("-Dbasedir=" + folder, "-Dfpw.root=" + root, "-Dfpw.dist=" + root.resolve("target/dist")));
            command.addAll(List.of(
                    "-cp",
                    String.join(":", testPath()),
                    FirstFailure.class.getName(),
                    begun.toString(),
                    list.toString()));
            command.addAll(words);
            Path log = work.resolve("log");
            return new Run(
                    new ProcessBuilder(command)
                            .directory(folder.toFile())
                            .redirectErrorStream(true)
                            .redirectOutput(log.toFile())
                            .start(),
                    begun,
                    log);
        }

        /** The class path of the last run by Maven, from its reports. */
        List<String> classPath() throws IOException {
            String report;
            try (Stream<Path> files = Files.list(reports())) {
                report = Files.readString(files.filter(each -> each.toString().endsWith(".xml")
                                && each.getFileName().toString().startsWith("TEST-"))
                        .sorted()
                        .findFirst()
                        .orElseThrow());
            }
            String base = reported(report, "basedir");
            String before = base.substring(0, base.length() - module.length() - 1);
            String repository = reported(report, "localRepository");
            List<String> entries = new ArrayList<>();
            for (String entry : reported(report, "surefire.test.class.path").split(":")) {
                if (entry.startsWith(before + "/")) {
                    entries.add(root + entry.substring(before.length()));
                } else if (entry.startsWith(repository)) {
                    entries.add(entry);
                }
            }
            return entries;
        }

        private List<String> testPath() throws IOException {
            List<String> entries = new ArrayList<>(List.of(work.resolve("front").toString()));
            entries.addAll(classPath());
            entries.add(System.getProperty("mutants.launcher"));
            return entries;
        }

        private static String reported(String report, String name) {
            Matcher matcher = Pattern.compile("<property name=\"" + Pattern.quote(name) + "\" value=\"([^\"]*)\"")
                    .matcher(report);
            if (!matcher.find()) {
                throw new IllegalStateException("a report without " + name);
            }
            return matcher.group(1);
        }

        /** A text with the properties of the module's pom and of the root's in it. */
        private String property(String text) throws IOException {
            Map<String, String> values = new HashMap<>();
            for (Path pom : List.of(root.resolve("pom.xml"), folder.resolve("pom.xml"))) {
                String xml = Files.readString(pom);
                Matcher matcher =
                        Pattern.compile("<(fpw[\\w.-]*)>([^<]*)</\\1>").matcher(xml);
                while (matcher.find()) {
                    values.put(matcher.group(1), matcher.group(2));
                }
                Matcher line = Pattern.compile("<argLine>([^<]*)</argLine>").matcher(xml);
                if (line.find()) {
                    values.put("fpw.argLine", line.group(1));
                }
            }
            values.put("project.build.directory", folder.resolve("target").toString());
            values.put("maven.multiModuleProjectDirectory", root.toString());
            String resolved = text;
            while (resolved.contains("${")) {
                resolved = Pattern.compile("\\$\\{([^}]*)}")
                        .matcher(resolved)
                        .replaceAll(match -> Matcher.quoteReplacement(values.getOrDefault(match.group(1), "")));
            }
            return resolved;
        }

        private Map<String, Reached> reached() throws IOException {
            Map<String, Reached> classes = new LinkedHashMap<>();
            if (Files.exists(reached)) {
                for (String line : Files.readAllLines(reached)) {
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
            }
            return classes;
        }
    }

    /**
     * What one test class did without mutants.
     *
     * @param processorSeconds of the JVM of the tests, without processes that it starts
     * @param mutants ids of those whose method it calls, itself or by a process that it starts
     */
    record Reached(String name, double seconds, double processorSeconds, boolean isFailed, Set<String> mutants) {
        String packageName() {
            return name.substring(0, name.lastIndexOf('.'));
        }
    }

    /** The engines of the modules, made when they are needed. */
    record Engines(Path root, Map<String, Engine> made) {
        Engines(Path root) {
            this(root, new HashMap<>());
        }

        Engine of(String module) {
            return made.computeIfAbsent(module, name -> new Engine(root, name));
        }
    }

    /** A JVM with tests. */
    static final class Run {
        private final Process process;
        private final Path begun;
        private final Path log;
        private Duration processor = Duration.ZERO;

        Run(Process process, Path begun, Path log) {
            this.process = process;
            this.begun = begun;
            this.log = log;
        }

        /** Waits for its end; after the given processor time, or time since it began, it is ended: false. */
        boolean await(Duration mostProcessor, Duration most) throws IOException, InterruptedException {
            Instant since = null;
            while (!process.waitFor(300, TimeUnit.MILLISECONDS)) {
                // the command may wait for its turn before
                if (since == null && Files.exists(begun)) {
                    since = Instant.now();
                }
                if (since == null) {
                    continue;
                }
                processor = Stream.concat(Stream.of(process.toHandle()), process.descendants())
                        .map(each -> each.info().totalCpuDuration().orElse(Duration.ZERO))
                        .reduce(Duration.ZERO, Duration::plus);
                if (processor.compareTo(mostProcessor) > 0
                        || Duration.between(since, Instant.now()).compareTo(most) > 0) {
                    List<ProcessHandle> all = process.descendants().toList();
                    process.destroyForcibly();
                    all.forEach(ProcessHandle::destroyForcibly);
                    process.waitFor();
                    return false;
                }
            }
            return true;
        }

        double processorSeconds() {
            return processor.toMillis() / 1000.0;
        }

        String lastClass() throws IOException {
            return last()[1];
        }

        String lastTier() throws IOException {
            return last()[0];
        }

        private String[] last() throws IOException {
            List<String> lines = Files.exists(begun) ? Files.readAllLines(begun) : List.of();
            return lines.isEmpty()
                    ? new String[] {"", ""}
                    : lines.get(lines.size() - 1).split("\t", -1);
        }
    }

    /** The lines of a file of results, which grows by a line whenever a suite is done with a mutant. */
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

    /** Started in the JVM of the tests: runs test classes in their order. */
    static final class FirstFailure {
        private final Path begun;
        private final Launcher launcher = LauncherFactory.create();

        private FirstFailure(Path begun) {
            this.begun = begun;
        }

        public static void main(String... words) throws Exception {
            FirstFailure tests = new FirstFailure(Path.of(words[0]));
            List<String> classes = Files.readAllLines(Path.of(words[1]));
            if (words[2].equals("reach")) {
                tests.reach(
                        classes, Path.of(words[3]), Path.of(words[4]), Duration.ofSeconds(Long.parseLong(words[5])));
            } else {
                tests.kill(classes, Path.of(words[3]), words[4].split(" "));
            }
            System.exit(0);
        }

        private void reach(List<String> classes, Path reached, Path probes, Duration most) throws IOException {
            var system = (com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
            long since = System.nanoTime();
            for (String name : classes) {
                if (System.nanoTime() - since > most.toNanos()) {
                    return;
                }
                long processor = system.getProcessCpuTime();
                long started = System.nanoTime();
                String failed = run(name, "all");
                List<String> called = new ArrayList<>();
                try (Stream<Path> files = Files.list(probes)) {
                    for (Path file : files.sorted().toList()) {
                        called.add(file.getFileName().toString());
                        Files.delete(file);
                    }
                }
                String row = String.join(
                        "\t",
                        name,
                        "%.2f".formatted((System.nanoTime() - started) / 1e9),
                        "%.2f".formatted((system.getProcessCpuTime() - processor) / 1e9),
                        failed == null ? "passed" : "failed: " + failed,
                        String.join(" ", called));
                Files.writeString(reached, row + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
            }
        }

        /** The quick tests of all classes first: what they find, README's command finds. */
        private void kill(List<String> classes, Path verdict, String... tiers) throws IOException {
            for (String tier : tiers) {
                for (String name : classes) {
                    String failed = run(name, tier);
                    if (failed != null) {
                        Files.writeString(verdict, "failed\t" + tier + "\t" + failed);
                        return;
                    }
                }
            }
            Files.writeString(verdict, "survived");
        }

        /** Returns what failed first, or null. */
        private String run(String name, String tier) throws IOException {
            Files.writeString(begun, tier + "\t" + name + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
            List<String> failed = Collections.synchronizedList(new ArrayList<>());
            CancellationToken stop = CancellationToken.create();
            LauncherDiscoveryRequestBuilder request =
                    LauncherDiscoveryRequestBuilder.request().selectors(DiscoverySelectors.selectClass(name));
            if (!tier.equals("all")) {
                request.filters(
                        tier.equals("quick") ? TagFilter.excludeTags("thorough") : TagFilter.includeTags("thorough"));
            }
            launcher.execute(LauncherExecutionRequestBuilder.request(request.build())
                    .cancellationToken(stop)
                    .listeners(new TestExecutionListener() {
                        @Override
                        public void executionFinished(TestIdentifier test, TestExecutionResult result) {
                            if (result.getStatus() == TestExecutionResult.Status.FAILED) {
                                String method = test.getSource().orElse(null) instanceof MethodSource source
                                        ? "#" + source.getMethodName()
                                        : "";
                                failed.add(name + method);
                                result.getThrowable().ifPresent(Throwable::printStackTrace);
                                if (!tier.equals("all")) {
                                    stop.cancel();
                                }
                            }
                        }
                    })
                    .build());
            return failed.isEmpty() ? null : failed.get(0);
        }
    }
}

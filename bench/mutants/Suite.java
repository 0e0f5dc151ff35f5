import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The tests of one kind ({@code unit} or {@code integration}) of a module, run as Maven runs them. */
final class Suite {
    private static final int MOST_INTEGRATION = 40;

    /** A command stops after this many seconds, and continues when it is called again. */
    private static final long TURN_SECONDS = Long.getLong("mutants.seconds", Long.MAX_VALUE / 1_000_000_000);

    /** Exit code of a command that has to be called again. */
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

    /** Runs every test class once without mutants and records which mutated methods it calls. */
    void reach(List<Mutant> drawn) throws IOException, InterruptedException {
        Path probes = work.resolve("probes");
        Map<String, byte[]> classes = new HashMap<>();
        for (String each : Mutants.MODULES) {
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
            Map<String, Reached> done = Reached.read(reached);
            List<String> left = testClasses().stream()
                    .filter(name -> !done.containsKey(name))
                    .toList();
            if (left.isEmpty()) {
                return;
            }
            Files.createDirectories(probes);
            Run run = start(List.of("reach", reached.toString(), probes.toString(), "" + TURN_SECONDS), left);
            run.await(Duration.ofHours(1), Duration.ofHours(1));
            int more = Reached.read(reached).size() - done.size();
            if (more == 0) {
                throw new IllegalStateException("no test class ended; see " + run.log);
            }
            Reached.read(reached).values().stream()
                    .filter(each -> each.isFailed() && left.contains(each.name()))
                    .forEach(each -> System.out.println(each.name() + " fails without a mutant: it is left out"));
            isLeft = more < left.size();
        } finally {
            install(Map.of());
        }
        endTurn(isLeft);
    }

    /** For each mutant that no quick test has found, runs the test classes that reach it until one fails. */
    void kill(List<Mutant> drawn, Path file) throws IOException, InterruptedException {
        Map<String, Reached> reaching = Reached.read(reached);
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
                    .filter(each -> !each.isFailed() && each.mutants().contains(mutant.id()))
                    .sorted(Comparator.comparing(
                                    (Reached each) -> !each.packageName().equals(mutant.packageName()))
                            .thenComparing(each -> each.seconds()))
                    .map(each -> each.name())
                    .toList();
            if (mutated.isEmpty()) {
                results.add(mutant, suite, "gone", "", "", 0);
            } else if (tests.isEmpty() && isComplete) {
                results.add(mutant, suite, "unreached", "", "", 0);
            } else if (!tests.isEmpty()) {
                double seconds = tests.stream()
                        .mapToDouble(each -> reaching.get(each).seconds())
                        .sum();
                double processor = tests.stream()
                        .mapToDouble(each -> reaching.get(each).processorSeconds())
                        .sum();
                run(mutant, mutated.get(), new Tests(suite, tests, seconds, processor), results, isComplete);
            }
        }
    }

    private static void endTurn(boolean isLeft) {
        if (isLeft) {
            System.out.println("not finished: call it again");
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

    /** Test classes that reach a mutant, and how long they take without it. */
    private record Tests(String suite, List<String> classes, double seconds, double processorSeconds) {}

    private void run(Mutant mutant, byte[] mutated, Tests tests, Results results, boolean isComplete)
            throws IOException, InterruptedException {
        install(Map.of(mutant.className(), mutated));
        try {
            Path verdict = work.resolve("verdict");
            Files.deleteIfExists(verdict);
            // a mutant found by thorough tests may still be found by quick ones of another suite
            String tiers = results.isFound(mutant.id(), "thorough") ? "quick" : "quick thorough";
            Run run = start(List.of("kill", verdict.toString(), tiers), tests.classes);
            // four times the normal time; on a busy machine the elapsed time may be longer
            boolean isEnded = run.await(
                    Duration.ofMillis((long) (4000 * tests.processorSeconds) + 20_000),
                    Duration.ofMillis((long) (8000 * tests.seconds) + 120_000));
            String[] words = Files.exists(verdict)
                    ? Files.readString(verdict).strip().split("\t")
                    : new String[] {"none"};
            switch (words[0]) {
                case "survived" -> {
                    if (isComplete) {
                        results.add(mutant, tests.suite, "survived", "", "", run.processorSeconds());
                    } else {
                        System.out.println(mutant.id() + " is not found by the classes so far");
                    }
                }
                case "failed" -> results.add(mutant, tests.suite, "killed", words[1], words[2], run.processorSeconds());
                default -> {
                    String last = run.lastClass();
                    if (last.isEmpty()) {
                        throw new IllegalStateException("no test class began; see " + run.log);
                    }
                    // a JVM that ended by itself was ended by the mutant
                    results.add(
                            mutant,
                            tests.suite,
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
        // from a build before tests had tiers
        return folder.resolve("target").resolve(kind.equals("unit") ? "surefire-reports" : "failsafe-reports");
    }

    /** Puts changed classes first on the class path and into the jars of the build, replacing the previous ones. */
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
        for (String each : Mutants.MODULES) {
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

    /** The class path of Maven's last test run, from its reports. */
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

    /** A text with the properties of the module's and the root's pom resolved. */
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
}

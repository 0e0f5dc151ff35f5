package uk.fpw.nightly.spark;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import uk.fpw.warehouse.failure.FpwException;

/**
 * A Spark installation ({@code SPARK_HOME}) beside the Spark folder of ours. Each library of which it has any version
 * is used in that version, since a process can have only one.
 */
final class SparkHome {

    private static final String SPARK = "spark-core_2.13";
    private static final Pattern JAR = Pattern.compile("(.+?)-([0-9].*)[.]jar");

    private final Path home;
    private final Path ours;

    /**
     * Reads nothing yet.
     *
     * @param home the Spark installation
     * @param ours folder of our installation with its Spark
     */
    SparkHome(Path home, Path ours) {
        this.home = home;
        this.ours = ours;
    }

    /** The program that starts ours. */
    Path submit() {
        return home.resolve("bin/spark-submit");
    }

    /** Our jar with the program. */
    Path program() throws IOException {
        return jars(ours)
                .filter(jar -> artifact(jar).equals("fpw-metrics"))
                .findFirst()
                .orElseThrow(() -> FpwException.configuration(
                        ours + " contains no fpw-metrics jar; the installation is incomplete"));
    }

    /** Our jars of which it has no version, without the program. */
    List<Path> missing() throws IOException {
        Set<String> provided =
                jars(home.resolve("jars")).map(SparkHome::artifact).collect(Collectors.toSet());
        Path program = program();
        return jars(ours)
                .filter(jar -> !jar.equals(program) && !provided.contains(artifact(jar)))
                .toList();
    }

    /**
     * What an operator should know about it: its version beside the one that was tried, which is ours, and the
     * libraries that it has in another version.
     *
     * @throws FpwException with {@code CONFIGURATION} if it cannot be read
     */
    List<String> describe() {
        try {
            Map<String, Set<String>> own = versions(ours);
            Map<String, Set<String>> its = versions(home.resolve("jars"));
            String version = only(its.getOrDefault(SPARK, Set.of("unknown")));
            String tried = only(own.getOrDefault(SPARK, Set.of("unknown")));
            List<String> lines = new ArrayList<>();
            lines.add("SPARK_HOME has Spark " + version + "; " + tried + " was tried"
                    + (version.equals(tried)
                            ? ""
                            : ", no other version: compare a release of both before you rely on it"));
            Map<String, List<String>> replaced = new TreeMap<>();
            own.forEach((artifact, versions) -> {
                Set<String> others = its.getOrDefault(artifact, versions);
                if (!others.equals(versions)) {
                    replaced.computeIfAbsent(
                                    family(artifact) + " " + only(others) + " for " + only(versions),
                                    first -> new ArrayList<>())
                            .add(artifact);
                }
            });
            if (!replaced.isEmpty()) {
                lines.add("it replaces libraries of ours by other versions, which may lack security fixes: "
                        + replaced.entrySet().stream()
                                .map(one -> one.getValue().size() == 1
                                        ? one.getKey()
                                                .replaceFirst(
                                                        "^[^ ]+", one.getValue().get(0))
                                        : one.getKey() + " (" + one.getValue().size() + " libraries)")
                                .collect(Collectors.joining(", ")));
            }
            return lines;
        } catch (IOException unreadable) {
            throw FpwException.configuration(
                    home.resolve("jars") + " cannot be read; set " + SparkCommand.SPARK_HOME_VARIABLE
                            + " to a Spark installation that this user can read",
                    unreadable);
        }
    }

    /** What libraries that are released together have in common: {@code netty} of {@code netty-buffer}. */
    private static String family(String artifact) {
        return artifact.replaceFirst("-.*", "");
    }

    private static String only(Set<String> versions) {
        return String.join(" and ", versions);
    }

    private static Map<String, Set<String>> versions(Path folder) throws IOException {
        Map<String, Set<String>> versions = new TreeMap<>();
        jars(folder).forEach(jar -> {
            Matcher name = JAR.matcher(name(jar));
            if (name.matches()) {
                // the same library for several kinds of machines
                String version = name.group(2).replaceFirst("-(linux|osx|windows)-.*", "");
                versions.computeIfAbsent(name.group(1), first -> new TreeSet<>())
                        .add(version);
            }
        });
        return versions;
    }

    /** The jars of a folder, by name. */
    static Stream<Path> jars(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> name(file).endsWith(".jar")).sorted().toList().stream();
        }
    }

    /** The name of a jar without its version. */
    static String artifact(Path jar) {
        Matcher name = JAR.matcher(name(jar));
        return name.matches() ? name.group(1) : name(jar);
    }

    private static String name(Path file) {
        return Objects.requireNonNull(file.getFileName()).toString();
    }
}

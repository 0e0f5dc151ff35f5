package uk.fpw.generator;

import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Writes the systems of a synthetic force from the command line, for benchmarks:
 * {@code --seed 2015 --scale 1 --known-on 2015-12-29 --folder var/fenmarch-systems} for H2 files, or
 * {@code --url jdbc:postgresql://... --user fenmarch --drop DIR} (password in {@code FPW_GENERATOR_PASSWORD}) for one
 * database; {@code --truth DIR} also writes the true figures.
 */
public final class GeneratorMain {

    private static final Set<String> OPTIONS =
            Set.of("--seed", "--scale", "--known-on", "--folder", "--url", "--user", "--reader", "--drop", "--truth");

    private GeneratorMain() {}

    public static void main(String[] arguments) {
        Map<String, String> options = new TreeMap<>();
        for (int i = 0; i < arguments.length; i += 2) {
            if (!OPTIONS.contains(arguments[i]) || i + 1 == arguments.length) {
                throw new IllegalArgumentException("'" + arguments[i] + "' is not a valid option; the options are "
                        + String.join(", ", new TreeSet<>(OPTIONS)));
            }
            options.put(arguments[i], arguments[i + 1]);
        }
        LocalDate knownOn = LocalDate.parse(required(options, "--known-on"));
        SyntheticForce force = new SyntheticForce(
                Long.parseLong(options.getOrDefault("--seed", Long.toString(SyntheticForce.DEMO_SEED))),
                Integer.parseInt(options.getOrDefault("--scale", "1")),
                systems(options));
        long started = System.nanoTime();
        force.writeUpTo(knownOn);
        if (options.containsKey("--truth")) {
            force.truth(knownOn, Path.of(required(options, "--truth")));
        }
        System.out.printf("%s written up to %s in %.1f s%n", force, knownOn, (System.nanoTime() - started) / 1e9);
    }

    private static Systems systems(Map<String, String> options) {
        if (options.containsKey("--folder")) {
            return Systems.embedded(Path.of(required(options, "--folder")));
        }
        TargetDatabase database = new TargetDatabase(
                required(options, "--url"),
                required(options, "--user"),
                System.getenv("FPW_GENERATOR_PASSWORD"),
                options.get("--reader"));
        return new Systems(database, database, database, Path.of(required(options, "--drop")));
    }

    private static String required(Map<String, String> options, String name) {
        String value = options.get(name);
        if (value == null) {
            throw new IllegalArgumentException(name + " is missing");
        }
        return value;
    }
}

package uk.fpw.demo;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import uk.fpw.generator.SyntheticForce;
import uk.fpw.generator.Systems;
import uk.fpw.nightly.acceptance.Installation;

/**
 * One run of the demo, for every test of its output or its files. It is the run of {@code ./fpw demo} in this checkout
 * if the system property {@code fpw.demo.output} names the folder with its output, the files {@code out} and
 * {@code err}; otherwise a run of its own in this JVM.
 */
final class DemoRun {

    /** The nights that each end with a release. */
    static final List<LocalDate> NIGHTS =
            List.of(LocalDate.of(2015, 12, 29), LocalDate.of(2015, 12, 30), LocalDate.of(2015, 12, 31));

    private final Path folder;
    private final Installation fpw;
    private final Path force;
    private final Installation.Outcome outcome;
    private final SyntheticForce generator;
    private final Map<LocalDate, Path> truths = new HashMap<>();

    private DemoRun() {
        try {
            folder = Files.createTempDirectory(Path.of("target").toAbsolutePath(), "demo-");
            fpw = Installation.here(folder);
            generator = new SyntheticForce(SyntheticForce.DEMO_SEED, 1, Systems.embedded(folder.resolve("unused")));
            String output = System.getProperty("fpw.demo.output");
            if (output == null) {
                force = fpw.withExample("fenmarch");
                outcome = fpw.succeed("demo");
            } else {
                force = Path.of(System.getProperty("fpw.root"), "examples", "fenmarch");
                outcome = outcome(Path.of(output));
                // trusted by the user who ran the demo, but not in the state folder of this JVM
                fpw.succeed("trust", "--force", force.toString());
            }
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private static Installation.Outcome outcome(Path output) throws IOException {
        return new Installation.Outcome(
                0, Files.readString(output.resolve("out")), Files.readString(output.resolve("err")), Duration.ZERO);
    }

    private static final class Holder {
        static final DemoRun RUN = new DemoRun();
    }

    /** Runs it when first called. */
    static DemoRun run() {
        return Holder.RUN;
    }

    Installation fpw() {
        return fpw;
    }

    Path force() {
        return force;
    }

    /** A file of the test with the given content. */
    Path file(String name, String content) throws IOException {
        return Files.writeString(folder.resolve(name), content);
    }

    Installation.Outcome outcome() {
        return outcome;
    }

    /** The true figures as known at the end of a day, as CSV files, independent of the warehouse. */
    Path truth(LocalDate knownOn) {
        return truths.computeIfAbsent(knownOn, day -> {
            Path truth = folder.resolve("truth-" + day);
            generator.truth(day, truth);
            return truth;
        });
    }

    /** Another generator with the same seed; it writes no system. */
    SyntheticForce generator() {
        return generator;
    }
}

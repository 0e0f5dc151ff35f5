package uk.fpw.demo;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import uk.fpw.generator.SyntheticForce;
import uk.fpw.generator.Systems;
import uk.fpw.nightly.acceptance.Installation;

/** One run of the demo, for every test that looks at what it says or leaves. */
final class DemoRun {

    /** The nights that end with a release each. */
    static final List<LocalDate> NIGHTS =
            List.of(LocalDate.of(2015, 12, 29), LocalDate.of(2015, 12, 30), LocalDate.of(2015, 12, 31));

    private final Path folder;
    private final Installation fpw;
    private final Path force;
    private final Installation.Outcome outcome;

    private DemoRun() {
        try {
            folder = Files.createTempDirectory(Path.of("target").toAbsolutePath(), "demo-");
            fpw = Installation.here(folder);
            force = fpw.withExample("fenmarch");
            outcome = fpw.succeed("demo");
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
        System.out.println("the demo took " + outcome.took().toSeconds() + " s");
    }

    private static final class Holder {
        static final DemoRun RUN = new DemoRun();
    }

    /** Runs it, the first time. */
    static DemoRun run() {
        return Holder.RUN;
    }

    Installation fpw() {
        return fpw;
    }

    Path force() {
        return force;
    }

    Installation.Outcome outcome() {
        return outcome;
    }

    /** The truth as known at the end of a day, as CSV files: it knows nothing of the warehouse. */
    Path truth(LocalDate knownOn) {
        Path truth = folder.resolve("truth-" + knownOn);
        generator().truth(knownOn, truth);
        return truth;
    }

    /** The generator once more, of the same seed; it writes no system. */
    SyntheticForce generator() {
        return new SyntheticForce(SyntheticForce.DEMO_SEED, 1, Systems.embedded(folder.resolve("unused")));
    }
}

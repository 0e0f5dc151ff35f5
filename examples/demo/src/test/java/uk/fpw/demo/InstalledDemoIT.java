package uk.fpw.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import uk.fpw.nightly.acceptance.Installation;

/** The launcher finds the demonstration in the installation; what it shows is in {@link DemoIT}. */
class InstalledDemoIT {

    @Test
    void launcherStartsTheDemonstrationWhichMissesItsExample(@TempDir Path folder) {
        Installation.Outcome outcome = Installation.in(folder).run("demo");

        assertThat(outcome.exitCode()).as(outcome.toString()).isEqualTo(2);
        assertThat(outcome.err())
                .startsWith("fpw: the example is not available: ")
                .endsWith("/examples/fenmarch is missing; run the demo from a source checkout\n");
    }
}

package uk.fpw.nightly;

import com.zaxxer.hikari.HikariDataSource;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import uk.fpw.nightly.night.Assignment;
import uk.fpw.nightly.night.Database;
import uk.fpw.nightly.night.LogFormat;
import uk.fpw.nightly.night.NightOutcome;
import uk.fpw.nightly.night.NightSummary;
import uk.fpw.warehouse.force.Force;
import uk.fpw.warehouse.force.ForceFolder;
import uk.fpw.warehouse.run.ExitCode;
import uk.fpw.warehouse.run.NightFailure;

@Command(
        name = "demo",
        description = {
            "Runs a night over real open data (the City of Boston's service requests of 2015, in examples/boston-311) and tells what an analyst finds in it.",
            "Takes a minute or two. Writes to var/boston-311 only; delete that folder to start afresh."
        },
        mixinStandardHelpOptions = true,
        usageHelpAutoWidth = true)
final class DemoCommand implements Callable<Integer> {

    /** The day of the snapshot that the city published. */
    private static final LocalDate SNAPSHOT = LocalDate.of(2016, 1, 12);

    private final Surroundings surroundings;

    DemoCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() {
        Path folder = surroundings.home().resolve("examples").resolve("boston-311");
        if (!Files.isDirectory(folder)) {
            throw new NightFailure(
                    ExitCode.CONFIGURATION,
                    "the example is not here: " + folder + " is missing; run the demo from a checkout of the sources");
        }
        Force force = ForceFolder.read(folder);
        surroundings.out().println("Night of " + SNAPSHOT + ": " + force.name() + " (" + force.code() + ")");
        NightOutcome outcome = RunOptions.run(surroundings, force, Assignment.night(SNAPSHOT), LogFormat.text, null);
        new NightSummary(surroundings.out(), surroundings.launcher(), surroundings::shown).print(outcome);
        String password = Database.password(force.storage(), surroundings.environment());
        try (HikariDataSource dataSource = Database.openExisting(force.storage(), password)) {
            new DemoFindings(dataSource, surroundings).tell(outcome);
        }
        return 0;
    }
}

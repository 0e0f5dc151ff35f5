package uk.fpw.demo;

import com.zaxxer.hikari.HikariDataSource;
import java.nio.file.Path;
import java.time.LocalDate;
import uk.fpw.nightly.Surroundings;
import uk.fpw.nightly.night.Assignment;
import uk.fpw.nightly.night.Database;
import uk.fpw.nightly.night.LogFormat;
import uk.fpw.nightly.night.NightOutcome;
import uk.fpw.nightly.night.NightSummary;
import uk.fpw.warehouse.force.Force;
import uk.fpw.warehouse.force.ForceFolder;

/** A night over real open data. */
final class BostonDemo {

    /** The day of the snapshot that the city published. */
    private static final LocalDate SNAPSHOT = LocalDate.of(2016, 1, 12);

    private final Surroundings surroundings;
    private final Path folder;

    BostonDemo(Surroundings surroundings, Path folder) {
        this.surroundings = surroundings;
        this.folder = folder;
    }

    void run() {
        Force force = ForceFolder.read(folder);
        surroundings.out().println("Night of " + SNAPSHOT + ": " + force.name() + " (" + force.code() + ")");
        NightOutcome outcome = surroundings.nightRunner().run(force, Assignment.night(SNAPSHOT), LogFormat.text);
        new NightSummary(surroundings.out(), surroundings.launcher(), surroundings::shown).print(outcome);
        String password = Database.password(force.storage(), surroundings.environment());
        try (HikariDataSource dataSource = Database.openExisting(force.storage(), password)) {
            new BostonFindings(dataSource, surroundings).print(outcome);
        }
    }
}

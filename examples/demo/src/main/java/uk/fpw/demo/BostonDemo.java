package uk.fpw.demo;

import com.zaxxer.hikari.HikariDataSource;
import java.nio.file.Path;
import java.time.LocalDate;
import uk.fpw.nightly.cli.option.CliContext;
import uk.fpw.nightly.program.LogFormat;
import uk.fpw.nightly.run.RunRequest;
import uk.fpw.nightly.run.RunResult;
import uk.fpw.nightly.run.RunSummary;
import uk.fpw.nightly.run.database.WarehouseDatabase;
import uk.fpw.warehouse.force.Force;
import uk.fpw.warehouse.force.ForceFolder;

/** A run over real open data. */
record BostonDemo(CliContext context, Path folder) {

    /** The day of the snapshot that the city published. */
    private static final LocalDate SNAPSHOT = LocalDate.of(2016, 1, 12);

    void run() {
        Force force = ForceFolder.read(folder);
        context.out().println("Nightly run of " + SNAPSHOT + ": " + force.name() + " (" + force.code() + ")");
        RunResult result = context.runExecutor().run(force, RunRequest.nightly(SNAPSHOT), LogFormat.text);
        new RunSummary(context.out(), context.launcher(), context::shown).print(result);
        String password = WarehouseDatabase.password(force.storage(), context.environment());
        try (HikariDataSource dataSource = WarehouseDatabase.openExisting(force.storage(), password)) {
            new BostonFindings(dataSource, context).print(result);
        }
    }
}

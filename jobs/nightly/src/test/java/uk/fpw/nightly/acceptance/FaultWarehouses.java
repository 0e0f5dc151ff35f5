package uk.fpw.nightly.acceptance;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import uk.fpw.nightly.fault.CallSite;
import uk.fpw.warehouse.privacy.TrustedDatabases;
import uk.fpw.warehouse.testing.PostgresServer;
import uk.fpw.warehouse.testing.TestDatabase;

/** Warehouses just before a load of a second night, and just before its release, which makes pages. */
final class FaultWarehouses {

    private static final LocalDate SECOND = KeptNights.FIRST.plusDays(1);

    private final Installation fpw;
    private final TrialForce force;
    private final Predicate<CallSite> isTried;
    private final Runnable beforeLoad;
    private final Runnable beforeRelease;

    /**
     * Loads and computes the second night, to which the warehouse can be restored from then on.
     *
     * @param kept makes a named copy of the warehouse as it is, and returns what restores it
     */
    private FaultWarehouses(Installation fpw, TrialForce force, Predicate<CallSite> isTried, Keeper kept)
            throws IOException {
        this.fpw = fpw;
        this.force = force;
        this.isTried = isTried;
        KilledRun.drop(force, SECOND);
        beforeLoad = kept.keep("before-the-load");
        for (List<String> part :
                List.of(List.of("ingest", "devices"), List.of("ingest", "exits"), List.of("metrics"))) {
            fpw.succeed(command(part).toArray(String[]::new));
        }
        beforeRelease = kept.keep("before-the-release");
    }

    @FunctionalInterface
    private interface Keeper {
        Runnable keep(String name) throws IOException;
    }

    /**
     * With the embedded database; calls on files fail, including its own.
     *
     * @param hasPages whether releases make pages, which take as long as everything else
     */
    static FaultWarehouses embedded(Installation fpw, Path folder, boolean hasPages) throws IOException {
        TrialForce force = KeptNights.first(fpw, folder);
        if (hasPages) {
            withPages(force);
        }
        Path database = force.warehouse().resolve("fpw.mv.db");
        return new FaultWarehouses(fpw, force, site -> !site.target().equals(CallSite.DATABASE), name -> {
            Path kept = folder.toRealPath().resolve(name);
            copy(force.warehouse(), kept);
            return () -> {
                copy(kept, force.warehouse());
                TrustedDatabases.ofThisUser().recordReplacing(database); // otherwise a copy counts as another file
            };
        });
    }

    /** With PostgreSQL; calls to it fail. */
    static FaultWarehouses onPostgres(Installation fpw, Path folder) throws IOException {
        TestDatabase database = TestDatabase.postgres().migrated();
        TrialForce force = withPages(TrialForce.in(Files.createDirectories(folder.resolve("postgres"))))
                .with(database)
                .drop(KeptNights.FIRST);
        fpw.succeed("nightly", "--force", force.folder().toString(), "--date", KeptNights.FIRST.toString());
        return new FaultWarehouses(fpw, force, site -> site.target().equals(CallSite.DATABASE), name -> {
            Path kept = force.folder().resolveSibling(name);
            copy(force.warehouse(), kept);
            TestDatabase copy = PostgresServer.running().copyOf(database);
            return () -> {
                copy(kept, force.warehouse());
                PostgresServer.running().copy(copy, database);
                forgetId(database);
            };
        });
    }

    private static TrialForce withPages(TrialForce force) {
        return force.edit("force.yml", "  made: false", "  made: true");
    }

    /** To the product a copy is another database, unless its id is unknown. */
    private static void forgetId(TestDatabase database) {
        try {
            database.execute("update ops.warehouse set database_id = ''");
        } catch (SQLException failed) {
            throw new IllegalStateException(failed);
        }
    }

    FaultTrial load() {
        return new FaultTrial(fpw, force, beforeLoad, command(List.of("ingest", "devices")), isTried);
    }

    FaultTrial release() {
        return new FaultTrial(fpw, force, beforeRelease, command(List.of("release")), isTried);
    }

    private List<String> command(List<String> words) {
        List<String> command = new ArrayList<>(words);
        command.addAll(List.of("--force", force.folder().toString(), "--date", SECOND.toString()));
        return command;
    }

    /** Replaces a folder with a copy of another, including permissions. */
    private static void copy(Path source, Path target) {
        shell("rm", "-rf", target.toString());
        shell("cp", "-a", source.toString(), target.toString());
    }

    private static void shell(String... words) {
        try {
            int code = new ProcessBuilder(words).inheritIO().start().waitFor();
            if (code != 0) {
                throw new IllegalStateException(String.join(" ", words) + " ended with code " + code);
            }
        } catch (IOException failed) {
            throw new IllegalStateException(failed);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        }
    }
}

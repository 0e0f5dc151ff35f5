package uk.fpw.nightly.cli.keep;

import com.zaxxer.hikari.HikariDataSource;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import uk.fpw.nightly.bi.SupersetFile;
import uk.fpw.nightly.cli.option.AdoptFolderOption;
import uk.fpw.nightly.cli.option.CliContext;
import uk.fpw.nightly.cli.option.ForceOption;
import uk.fpw.nightly.run.database.WarehouseDatabase;
import uk.fpw.nightly.run.database.WarehouseOwnership;
import uk.fpw.warehouse.failure.FpwException;
import uk.fpw.warehouse.force.Force;
import uk.fpw.warehouse.force.ForceFolder;
import uk.fpw.warehouse.store.identity.IdentityCheck;
import uk.fpw.warehouse.store.lock.WarehouseLock;
import uk.fpw.warehouse.store.schema.OldViewNames;

/** Implements {@code fpw bi}. */
@Command(
        name = "bi",
        description = {
            "Lists the views of schema bi that have the name of an earlier version; they are in bi_detail now.",
            "The next version no longer has the old names. A new warehouse has none.",
            "With --superset: writes a file that Superset imports, with a dataset of each view of schema bi, whose "
                    + "metrics are right or empty at every grain, and a dashboard per kind of item. It reads the force "
                    + "folder only."
        })
public final class BiCommand implements Callable<Integer> {

    @Option(
            names = "--drop-old",
            description =
                    "Drops the old names, once no dashboard reads them any more. The views of bi_detail stay, and "
                            + "nothing brings the old names back.")
    private boolean dropsOld;

    @Option(
            names = "--superset",
            paramLabel = "FILE.zip",
            description = "Writes what Superset imports to this file, which must not exist yet. It has no password: "
                    + "Superset asks for that of its user, superset.")
    private @Nullable Path superset;

    @Mixin
    private final ForceOption force = new ForceOption();

    @Mixin
    private final AdoptFolderOption adopt = new AdoptFolderOption();

    private final CliContext context;

    /** Creates the command with the environment, clock and streams of a context. */
    public BiCommand(CliContext context) {
        this.context = context;
    }

    @Override
    public Integer call() throws IOException {
        if (superset != null) {
            writeForSuperset(context.workingFolder().resolve(superset));
            return 0;
        }
        Force.Identity read = force.readIdentity(context);
        String password = WarehouseDatabase.password(read.storage(), context.environment());
        try (HikariDataSource dataSource = WarehouseDatabase.openExisting(read.storage(), password, 4)) {
            IdentityCheck identity =
                    WarehouseOwnership.of(read, force.find(context), dataSource, context.environment());
            identity.compare(adopt.isGiven());
            OldViewNames names = new OldViewNames(dataSource);
            if (!dropsOld) {
                print(names.existing(), "Old names, which the next version no longer has (to drop them: --drop-old):");
                return 0;
            }
            try (WarehouseLock lock =
                    WarehouseLock.acquire(dataSource::getConnection, "dropping of old views", read.zone())) {
                identity.confirm(adopt.isGiven());
                lock.check();
                print(names.drop(), "Dropped, and still in bi_detail under the same names:");
            }
        }
        return 0;
    }

    private void writeForSuperset(Path file) throws IOException {
        Force read = ForceFolder.read(force.find(context));
        if (!SupersetFile.isPossible(read)) {
            throw FpwException.configuration("Superset reads a warehouse on PostgreSQL, and storage.database of this "
                    + "force is embedded; see docs/postgresql.md");
        }
        if (Files.exists(file)) {
            throw FpwException.configuration(file + " exists; give --superset another name, or delete it");
        }
        try (OutputStream out = Files.newOutputStream(file, StandardOpenOption.CREATE_NEW)) {
            new SupersetFile(read).write(out);
        }
        context.out().println("Written: " + file + "; import it in Superset under Dashboards.");
    }

    private void print(List<String> names, String heading) {
        if (names.isEmpty()) {
            context.out().println("Schema bi has no name of an earlier version.");
        } else {
            context.out().println(heading);
            names.forEach(name -> context.out().println("  " + name));
        }
    }
}

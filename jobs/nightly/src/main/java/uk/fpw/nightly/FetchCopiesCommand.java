package uk.fpw.nightly;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import uk.fpw.layout.RealPath;
import uk.fpw.layout.ReleaseId;
import uk.fpw.layout.WarehouseIdentity;
import uk.fpw.nightly.cli.option.CliContext;
import uk.fpw.warehouse.failure.ExitCode;
import uk.fpw.warehouse.failure.FpwException;
import uk.fpw.warehouse.store.files.ObjectStores;
import uk.fpw.warehouse.store.identity.IdentityFile;
import uk.fpw.warehouse.store.release.ReleaseFiles;

/**
 * Fetches copies of the files of a release that are missing here, from the object store. Opens no database. Hidden from
 * the help, because {@code fpw query} and {@code fpw shell} call it, which know no object store.
 */
@Command(
        name = "fetch-copies",
        hidden = true,
        description = "Fetches missing copies of the files of a release from the object store.")
final class FetchCopiesCommand implements Callable<Integer> {

    private final CliContext context;

    @Option(names = "--warehouse", required = true, paramLabel = "DIR", description = "Warehouse folder.")
    @SuppressWarnings("NullAway.Init")
    private Path warehouse;

    @Parameters(paramLabel = "RELEASE", description = "Id of the release.")
    @SuppressWarnings("NullAway.Init")
    private String release;

    FetchCopiesCommand(CliContext context) {
        this.context = context;
    }

    @Override
    public Integer call() {
        Path folder = RealPath.of(context.workingFolder().resolve(warehouse));
        ReleaseId id = ReleaseId.parse(release);
        WarehouseIdentity identity = IdentityFile.read(folder);
        if (id == null || identity == null || identity.tables() == null) {
            throw FpwException.configuration(
                    "there is no release '" + release + "' with tables in an object store in " + folder);
        }
        if (!identity.path().equals(folder)) {
            throw FpwException.configuration(
                    "the warehouse " + folder + " is a copy of " + identity.path() + ", or was moved from there");
        }
        ReleaseFiles.renewCopies(ObjectStores.storage(identity), folder, id);
        return ExitCode.DONE.code();
    }
}

package uk.fpw.query;

import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import uk.fpw.layout.WithdrawalFile;

/** Selects the release to query: the force or warehouse, and one of its releases. */
public final class ReleaseOptions {

    @Option(
            names = "--force",
            paramLabel = "DIR",
            description = "Force folder. Default: the variable FPW_FORCE, or the current folder.")
    private @Nullable Path force;

    @Option(names = "--warehouse", paramLabel = "DIR", description = "Warehouse folder, instead of a force folder.")
    private @Nullable Path warehouse;

    @Option(
            names = "--release",
            paramLabel = "RELEASE",
            description = "Release to query, by its id or its pinned name. Default: the current release.")
    private @Nullable String release;

    /** Rejects options that contradict each other. */
    public void check() {
        if (force != null && warehouse != null) {
            throw QueryException.wrong("--force and --warehouse both select a warehouse; use one of them");
        }
    }

    /**
     * The releases of the selected warehouse. Prints a note if the warehouse is a copy.
     *
     * @param here folder against which relative paths are resolved
     * @param name name of the command, which begins the line
     */
    public AvailableReleases releases(Map<String, String> environment, Path here, String name, PrintWriter err) {
        Path folder = warehouseFolder(environment, here);
        WarehouseFinder.requireErasures(folder);
        String note = WarehouseFinder.note(folder);
        if (note != null) {
            err.println(name + ": " + note);
        }
        return new AvailableReleases(folder);
    }

    /** The selected release. Prints a warning if it was withdrawn. */
    public ReleaseManifest choose(AvailableReleases releases, String name, PrintWriter err) {
        ReleaseManifest chosen = releases.read(release);
        WithdrawalFile withdrawn = chosen.withdrawn();
        if (withdrawn != null) {
            err.println(name + ": release " + chosen.id() + " was withdrawn " + withdrawn.describe()
                    + ". Do not use its figures");
            err.flush();
        }
        return chosen;
    }

    /** The folders of the force and of its warehouse, into which the program writes nothing. */
    public List<Path> folders(Map<String, String> environment, Path here) {
        Path folder = warehouseFolder(environment, here);
        return warehouse == null ? List.of(forceFolder(environment, here), folder) : List.of(folder);
    }

    private Path warehouseFolder(Map<String, String> environment, Path here) {
        if (warehouse != null) {
            Path folder = here.resolve(warehouse).normalize();
            if (!Files.isDirectory(folder)) {
                throw QueryException.wrong("--warehouse " + warehouse + ": there is no such folder");
            }
            return folder;
        }
        String source =
                force != null ? "--force" : variable(environment).isBlank() ? "the current folder" : "FPW_FORCE";
        return WarehouseFinder.ofForce(forceFolder(environment, here), source);
    }

    private Path forceFolder(Map<String, String> environment, Path here) {
        if (force != null) {
            return here.resolve(force).normalize();
        }
        String variable = variable(environment);
        return variable.isBlank() ? here : here.resolve(variable).normalize();
    }

    private static String variable(Map<String, String> environment) {
        return environment.getOrDefault("FPW_FORCE", "");
    }
}

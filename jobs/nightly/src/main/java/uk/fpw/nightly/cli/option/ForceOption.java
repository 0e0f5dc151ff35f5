package uk.fpw.nightly.cli.option;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import uk.fpw.warehouse.failure.FpwException;
import uk.fpw.warehouse.force.Force;
import uk.fpw.warehouse.force.ForceFolder;
import uk.fpw.warehouse.force.connection.H2Sources;
import uk.fpw.warehouse.force.yaml.ConfigError;
import uk.fpw.warehouse.force.yaml.ForceFolderException;

/** Which force a command is about. */
public final class ForceOption {

    /** Environment variable that names the force folder. */
    static final String VARIABLE = "FPW_FORCE";

    private static final String FILE = "force.yml";

    @Option(
            names = {"-f", "--force"},
            paramLabel = "DIR",
            description = "Force folder. Default: $FPW_FORCE, else the current folder if it contains a force.yml.")
    private @Nullable Path folder;

    /** Whether a force folder is named, or the current folder is one. */
    public boolean isGiven(CliContext context) {
        return folder != null
                || !context.environment().getOrDefault(VARIABLE, "").isBlank()
                || Files.isRegularFile(context.workingFolder().resolve(FILE));
    }

    /** Reads the folder; throws with all errors at once, including those that depend on this installation. */
    public Force read(CliContext context) {
        Force force = ForceFolder.read(find(context));
        H2Sources allowed = H2Sources.of(context.environment());
        List<ConfigError> refused = force.databases().stream()
                .map(allowed::refusal)
                .filter(Objects::nonNull)
                .toList();
        if (!refused.isEmpty()) {
            throw new ForceFolderException(refused);
        }
        return force;
    }

    /**
     * Reads only the identity of the force and the location of its warehouse: an error elsewhere in the folder must not
     * hide existing releases.
     */
    public Force.Identity readIdentity(CliContext context) {
        return ForceFolder.readIdentity(find(context));
    }

    /** Absolute path of the force folder. */
    public Path find(CliContext context) {
        if (folder != null) {
            return require(context.workingFolder().resolve(folder), "--force " + folder);
        }
        String variable = context.environment().get(VARIABLE);
        if (variable != null && !variable.isBlank()) {
            return require(context.workingFolder().resolve(variable), VARIABLE + "=" + variable);
        }
        if (Files.isRegularFile(context.workingFolder().resolve(FILE))) {
            return context.workingFolder();
        }
        throw FpwException.configuration("which force? " + context.workingFolder() + " holds no " + FILE
                + "; specify its folder with --force DIR, or set " + VARIABLE + " to it");
    }

    /**
     * Absolute path of a force folder; throws {@link FpwException} if there is none.
     *
     * @param given how the user named it, for the message
     */
    public static Path require(Path path, String given) {
        Path folder = path.toAbsolutePath().normalize();
        if (Files.isRegularFile(folder)) {
            throw FpwException.configuration(
                    given + ": " + folder + " is a file; use the folder that contains " + FILE);
        }
        if (!Files.isDirectory(folder)) {
            throw FpwException.configuration(
                    given + ": there is no folder " + folder + "; use the folder that contains " + FILE);
        }
        if (!Files.isRegularFile(folder.resolve(FILE))) {
            throw FpwException.configuration(given + ": " + folder + " is not a force folder, it contains no " + FILE
                    + "; use the folder that does");
        }
        return folder;
    }
}

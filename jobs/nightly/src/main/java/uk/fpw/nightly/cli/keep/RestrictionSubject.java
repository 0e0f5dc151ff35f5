package uk.fpw.nightly.cli.keep;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What {@code fpw restrict} is about: exactly one is given. */
final class RestrictionSubject extends RemovalSubject {

    @Option(
            names = "--list",
            description = "Show all restrictions: when, why, how many versions of rows, and when each is to be "
                    + "reviewed.")
    private boolean isList;

    @Option(
            names = "--open",
            paramLabel = "ID",
            description = "Write what the sealed file of a restriction contains to --output, as JSON lines. That is a "
                    + "read of single people, on record with its --reason (fpw looks).")
    private @Nullable String opened;

    @Option(
            names = "--lift",
            paramLabel = "ID",
            description = "With --confirm and --reason: the rows may be used again. The next load takes those that "
                    + "their source still sends. The sealed file stays.")
    private @Nullable String lifted;

    @Option(
            names = "--erase",
            paramLabel = "ID",
            description = "With --confirm, --reason and --until: the rows need not be kept any longer. Their sealed "
                    + "file is deleted; from then on they are erased.")
    private @Nullable String erased;

    boolean isList() {
        return isList;
    }

    /** The restriction whose sealed file is opened; null if none is. */
    @Nullable
    String opened() {
        return opened;
    }

    /** The restriction that is lifted; null if none is. */
    @Nullable
    String lifted() {
        return lifted;
    }

    /** The restriction whose sealed file is deleted; null if none is. */
    @Nullable
    String erased() {
        return erased;
    }

    /** Whether rows are to be restricted, by values or keys. */
    boolean isNew() {
        return !isList && opened == null && lifted == null && erased == null;
    }
}

package uk.fpw.nightly.cli.keep;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What {@code fpw erase} is about: exactly one is given. */
final class ErasureSubject extends RemovalSubject {

    @Option(
            names = "--finish",
            description = "Finish an erasure that was interrupted, and compact the database; nothing else is needed.")
    private boolean isFinish;

    @Option(
            names = "--again",
            description = "The erasures that the list of erasures (FPW_ERASURES_FILE) has and the warehouse, "
                    + "restored from an earlier backup, lacks; needs no values. If the pseudonym key was "
                    + "replaced since the backup, give both keys as for fpw rekey.")
    private boolean isAgain;

    @Option(
            names = "--list-lost",
            description = "Erases nothing: with --confirm, records that the list of erasures and all copies of it "
                    + "are lost. Backups made before these erasures are then not recognised when they are "
                    + "restored: delete them first.")
    private boolean isListLost;

    @Option(
            names = "--end-tombstones-of",
            paramLabel = "FEED",
            description = "Erases nothing: with --confirm, rows of a feed that the force folder no longer has are "
                    + "no longer kept out by their keys.")
    private @Nullable String endedFeed;

    /** Whether no values are read. */
    boolean isWithoutValues() {
        return isFinish || isAgain || isListLost || endedFeed != null;
    }

    boolean isFinish() {
        return isFinish;
    }

    boolean isAgain() {
        return isAgain;
    }

    boolean isListLost() {
        return isListLost;
    }

    /** The feed whose tombstones are ended; null if they are not. */
    @Nullable
    String endedFeed() {
        return endedFeed;
    }
}

package uk.fpw.query;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import uk.fpw.layout.ReleaseId;
import uk.fpw.layout.file.WrittenFile;

/** A failure that the user can fix: its message says what, where and what to do. Printed without a stack trace. */
public final class QueryException extends RuntimeException {

    /** The command line, the SQL or the force folder is wrong. */
    static final int WRONG = 2;

    /** There is no release yet, or its files cannot be read. */
    static final int UNAVAILABLE = 4;

    /** A file is missing, or differs from what was released. */
    static final int DAMAGED = 10;

    private static final int SHOWN = 5;

    private final int exitCode;

    private QueryException(int exitCode, String message, Throwable cause) {
        super(message, cause);
        this.exitCode = exitCode;
    }

    private QueryException(int exitCode, String message) {
        super(message);
        this.exitCode = exitCode;
    }

    /** An error of the user. */
    public static QueryException wrong(String message) {
        return new QueryException(WRONG, message);
    }

    /** An error of the user, with its cause. */
    public static QueryException wrong(String message, Throwable cause) {
        return new QueryException(WRONG, message, cause);
    }

    static QueryException unavailable(String message) {
        return new QueryException(UNAVAILABLE, message);
    }

    static QueryException unavailable(String message, Throwable cause) {
        return new QueryException(UNAVAILABLE, message, cause);
    }

    /** A release some of whose files cannot be used. */
    static QueryException damaged(ReleaseId release, List<WrittenFile.Comparison> files) {
        return new QueryException(
                DAMAGED,
                "release " + release + " is damaged, not the SQL:\n  "
                        + files.stream()
                                .limit(SHOWN)
                                .map(WrittenFile.Comparison::describe)
                                .collect(Collectors.joining("\n  "))
                        + (files.size() > SHOWN ? "\n  and " + (files.size() - SHOWN) + " more files" : "")
                        + "\nDo not use its figures. Choose another release with --release; whoever runs the warehouse "
                        + "restores the file from a backup, or withdraws the release: `fpw verify --files` lists the "
                        + "damaged files");
    }

    /** The file that names the current release is missing, or names no release. */
    static QueryException damagedPointer(Path file, String problem, List<ReleaseId> releases) {
        return new QueryException(
                DAMAGED,
                file + ", which names the current release, is damaged: " + problem + ". Choose one of " + releases
                        + " with --release; the next `fpw nightly` restores it");
    }

    int exitCode() {
        return exitCode;
    }
}

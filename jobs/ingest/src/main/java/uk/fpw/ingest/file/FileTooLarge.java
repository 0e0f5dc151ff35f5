package uk.fpw.ingest.file;

import uk.fpw.warehouse.failure.ExitCode;
import uk.fpw.warehouse.failure.FpwException;

/** A file that needs more memory than available, which fails its feed but not the run. */
public final class FileTooLarge {

    private FileTooLarge() {}

    /** The failure to report. */
    public static FpwException failure(FeedFile file, OutOfMemoryError failed) {
        long limit = Runtime.getRuntime().maxMemory() >> 20;
        return new FpwException(
                ExitCode.BAD_DATA,
                file.path() + ": reading it takes more than the " + limit
                        + " MiB of memory available; check what the source delivered, "
                        + "or increase the memory, such as FPW_JAVA_OPTS=-Xmx"
                        + ((limit >> 9) + 1) + "g",
                failed);
    }
}

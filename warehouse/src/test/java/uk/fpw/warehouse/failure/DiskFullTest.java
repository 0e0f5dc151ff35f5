package uk.fpw.warehouse.failure;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DiskFullTest {

    @TempDir
    private Path folder;

    @Test
    void fullDiskIsNamedHoweverDeepTheLibraryHidesIt() {
        Throwable failure = new IllegalStateException(
                "step failed", new UncheckedIOException(new IOException("write failed: No space left on device")));
        assertThat(DiskFull.causeOf(failure, folder.resolve("not/yet/there")))
                .isNotNull()
                .hasCause(failure)
                .hasMessageMatching(
                        "a disk is full: free space for the warehouse \\S+/not/yet/there is \\d+ MiB, for temporary "
                                + "files in \\S+ \\d+ MiB"
                                + "\\. Free some space or enlarge the volume, then run again: nothing was left "
                                + "incomplete")
                .extracting(FpwException::exitCode)
                .isEqualTo(ExitCode.UNAVAILABLE);
    }

    @Test
    void otherFailureOnDisksWithRoomIsNotBlamedOnThem() {
        assertThat(DiskFull.causeOf(new IllegalStateException("something else"), folder))
                .isNull();
    }
}

package uk.fpw.nightly.program;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import uk.fpw.warehouse.failure.ExitCode;

class StopSignalsTest {

    /** For a process that a signal ended, a shell returns this exit code plus the number of the signal. */
    private static final int SIGNALLED = 128;

    @Test
    void eachSignalThatAsksTheProcessToEndIsHandedOnAsItsExitCode() throws Exception {
        BlockingQueue<ExitCode> received = new LinkedBlockingQueue<>();
        StopSignals signals = StopSignals.handledBy(received::add);
        try {
            for (ExitCode code :
                    List.of(ExitCode.STOPPED_BY_TERM, ExitCode.STOPPED_BY_HANGUP, ExitCode.STOPPED_FROM_KEYBOARD)) {
                assertThat(sentToThisProcess(code.code() - SIGNALLED, received))
                        .isEqualTo(isIgnored(code.code() - SIGNALLED) ? null : code);
            }
        } finally {
            signals.close();
        }
    }

    /**
     * Whether the process was started to outlive the signal ({@code nohup}, or a shell's {@code &}); then nothing is
     * passed on.
     */
    private static boolean isIgnored(int signal) throws IOException {
        try (Stream<String> lines = Files.lines(Path.of("/proc/self/status"))) {
            return lines.filter(line -> line.startsWith("SigIgn:"))
                    .map(line -> Long.parseUnsignedLong(
                            line.substring("SigIgn:".length()).strip(), 16))
                    .anyMatch(mask -> (mask >> (signal - 1) & 1) == 1);
        }
    }

    private static @Nullable ExitCode sentToThisProcess(int signal, BlockingQueue<ExitCode> received) throws Exception {
        int sent = new ProcessBuilder(
                        "kill",
                        "-" + signal,
                        Long.toString(ProcessHandle.current().pid()))
                .start()
                .waitFor();
        assertThat(sent).isZero();
        return received.poll(5, TimeUnit.SECONDS);
    }
}

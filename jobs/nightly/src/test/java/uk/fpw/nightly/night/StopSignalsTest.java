package uk.fpw.nightly.night;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import uk.fpw.warehouse.run.ExitCode;

class StopSignalsTest {

    @Test
    void eachSignalThatAsksTheProcessToEndIsHandedOnAsItsExitCode() throws Exception {
        BlockingQueue<ExitCode> received = new LinkedBlockingQueue<>();
        StopSignals signals = StopSignals.handledBy(received::add);
        try {
            assertThat(sentToThisProcess("TERM", received)).isEqualTo(ExitCode.STOPPED_BY_TERM);
            if (isHangUpIgnored()) {
                assertThat(sentToThisProcess("HUP", received)).isNull();
            } else {
                assertThat(sentToThisProcess("HUP", received)).isEqualTo(ExitCode.STOPPED_BY_HANGUP);
            }
            assertThat(sentToThisProcess("INT", received)).isEqualTo(ExitCode.STOPPED_FROM_KEYBOARD);
        } finally {
            signals.close();
        }
    }

    /** Whether whoever started this process wanted it to outlive its terminal ({@code nohup}); then nothing is handed on. */
    private static boolean isHangUpIgnored() throws IOException {
        try (Stream<String> lines = Files.lines(Path.of("/proc/self/status"))) {
            return lines.filter(line -> line.startsWith("SigIgn:"))
                    .anyMatch(line -> (Long.parseUnsignedLong(
                                            line.substring("SigIgn:".length()).strip(), 16)
                                    & 1)
                            == 1);
        }
    }

    private static @Nullable ExitCode sentToThisProcess(String signal, BlockingQueue<ExitCode> received)
            throws Exception {
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

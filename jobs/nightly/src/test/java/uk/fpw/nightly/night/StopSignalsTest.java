package uk.fpw.nightly.night;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
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
            assertThat(sentToThisProcess("HUP", received)).isEqualTo(ExitCode.STOPPED_BY_HANGUP);
            assertThat(sentToThisProcess("INT", received)).isEqualTo(ExitCode.STOPPED_FROM_KEYBOARD);
        } finally {
            signals.close();
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
        return received.poll(10, TimeUnit.SECONDS);
    }
}

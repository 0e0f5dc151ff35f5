package uk.fpw.nightly.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.Test;
import uk.fpw.warehouse.failure.ExitCode;

class GracefulShutdownTest {

    private final BlockingQueue<Integer> exits = new LinkedBlockingQueue<>();
    private final GracefulShutdown shutdown = new GracefulShutdown(
            exits::add, new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8));

    @Test
    void runThatReleasedNothingEndsWithTheCodeOfItsSignal() throws Exception {
        Thread signal = signal();
        assertThat(shutdown.stopped(null))
                .hasMessage("it was stopped by a termination request (SIGTERM). Nothing was left incomplete; "
                        + "run it again: nothing is loaded twice");
        shutdown.close();
        signal.join();
        assertThat(exits).containsExactly(143);
    }

    @Test
    void runWhoseReleaseStandsEndsWithItsOwnCodeAndIsNotToBeRunAgain() throws Exception {
        Thread signal = signal();
        assertThat(shutdown.afterRelease("something else broke off"))
                .isEqualTo("it was stopped by a termination request (SIGTERM)");
        shutdown.finishedWith(ExitCode.LATER_STEP_FAILED);
        shutdown.close();
        signal.join();
        assertThat(exits).containsExactly(8);
    }

    @Test
    void runThatWasDoneWhenTheSignalCameEndsAsDone() throws Exception {
        shutdown.finishedWith(ExitCode.DONE);
        Thread signal = signal();
        shutdown.close();
        signal.join();
        assertThat(exits).containsExactly(0);
    }

    @Test
    void failureWithoutASignalKeepsItsOwnWords() {
        assertThat(shutdown.afterRelease("the export failed")).isEqualTo("the export failed");
        shutdown.close();
        assertThat(exits).isEmpty();
    }

    /** A signal that has been noticed and waits for the run to end. */
    private Thread signal() throws InterruptedException {
        Thread signal = new Thread(() -> shutdown.stop(ExitCode.STOPPED_BY_TERM));
        signal.start();
        while (shutdown.stopped(null) == null) {
            Thread.sleep(1);
        }
        return signal;
    }
}

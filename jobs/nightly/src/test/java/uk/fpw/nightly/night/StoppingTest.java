package uk.fpw.nightly.night;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.Test;
import uk.fpw.warehouse.run.ExitCode;

class StoppingTest {

    private final BlockingQueue<Integer> exits = new LinkedBlockingQueue<>();
    private final Stopping stopping =
            new Stopping(exits::add, new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8));

    @Test
    void runThatReleasedNothingEndsWithTheCodeOfItsSignal() throws Exception {
        Thread signal = signal();
        assertThat(stopping.stopped(null))
                .hasMessage("it was stopped by a request to end (SIGTERM). Nothing of it is half done; run it again, "
                        + "and what is loaded is not loaded twice");
        stopping.close();
        signal.join();
        assertThat(exits).containsExactly(143);
    }

    @Test
    void runWhoseReleaseStandsEndsWithItsOwnCodeAndIsNotToBeRunAgain() throws Exception {
        Thread signal = signal();
        assertThat(stopping.afterRelease("something else broke off"))
                .isEqualTo("it was stopped by a request to end (SIGTERM)");
        stopping.endedAs(ExitCode.RELEASED_WITH_TROUBLE);
        stopping.close();
        signal.join();
        assertThat(exits).containsExactly(8);
    }

    @Test
    void runThatWasDoneWhenTheSignalCameEndsAsDone() throws Exception {
        stopping.endedAs(ExitCode.DONE);
        Thread signal = signal();
        stopping.close();
        signal.join();
        assertThat(exits).containsExactly(0);
    }

    @Test
    void failureWithoutASignalKeepsItsOwnWords() {
        assertThat(stopping.afterRelease("the export failed")).isEqualTo("the export failed");
        stopping.close();
        assertThat(exits).isEmpty();
    }

    /** A signal that has been noticed, and waits for the run to end. */
    private Thread signal() throws InterruptedException {
        Thread signal = new Thread(() -> stopping.stop(ExitCode.STOPPED_BY_TERM));
        signal.start();
        while (stopping.stopped(null) == null) {
            Thread.sleep(1);
        }
        return signal;
    }
}

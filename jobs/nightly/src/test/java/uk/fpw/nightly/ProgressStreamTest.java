package uk.fpw.nightly;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("time-zone")
class ProgressStreamTest {

    private static final long MILLIS = 1_000_000;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final AtomicLong now = new AtomicLong();

    @Test
    void withoutATerminalOnlyWhatIsPrintedIsWritten() {
        ProgressStream stream = ProgressStream.of(out, 0, now::get);
        stream.print("  12:00:00  computing the tables\n");
        lookAfter(stream, 11_000);
        stream.note("  12:00:04  metrics: core.spell");
        lookAfter(stream, 11_000);
        stream.print("done\n");
        stream.close();

        assertThat(text()).isEqualTo("""
                  12:00:00  computing the tables
                done
                """);
    }

    @Test
    void onATerminalALineMovesAndGoesWhenMoreIsPrinted() {
        ProgressStream stream = ProgressStream.of(out, 20, now::get);
        stream.print("Night of 2015-12-29\n");
        lookAfter(stream, 200);
        lookAfter(stream, 1000);
        stream.print("done\n");
        lookAfter(stream, 200);
        stream.close();

        assertThat(text())
                .isEqualTo("Night of 2015-12-29\n"
                        + "\r\033[K/ Night of 2015-12…"
                        + "\r\033[K- Night of 2015-12…"
                        + "\r\033[Kdone\n"
                        + "\r\033[K\\ done (0 s)"
                        + "\r\033[K");
    }

    @Test
    void nothingIsWrittenIntoALineThatIsNotFinished() {
        ProgressStream stream = ProgressStream.of(out, 20, now::get);
        stream.print("half a line");
        lookAfter(stream, 5000);
        stream.print(", and the rest\n");

        assertThat(text()).isEqualTo("half a line, and the rest\n");
    }

    @Test
    void nothingIsDrawnOnceItIsClosed() {
        ProgressStream stream = ProgressStream.of(out, 20, now::get);
        stream.print("done\n");
        stream.close();
        lookAfter(stream, 2000);

        assertThat(text()).isEqualTo("done\n");
    }

    private void lookAfter(ProgressStream stream, long millis) {
        now.addAndGet(millis * MILLIS);
        stream.look();
    }

    private String text() {
        return out.toString(StandardCharsets.UTF_8);
    }
}

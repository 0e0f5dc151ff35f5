package uk.fpw.nightly;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;
import java.util.Timer;
import java.util.TimerTask;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * Draws a heartbeat on a terminal until it is closed: a line below the output, which later output replaces, with what
 * was printed or noted last, and how long ago that was. It never interrupts a line. Elsewhere, such as in a log, it
 * writes only what is printed: one line a phase.
 */
public final class ProgressStream extends PrintStream {

    private static final Duration LOOKS_EVERY = Duration.ofMillis(200);

    private static final String[] WHEEL = {"|", "/", "-", "\\"};

    private final Lines lines;
    private final Timer timer = new Timer("progress", true);

    private ProgressStream(Lines lines) {
        super(lines, true, StandardCharsets.UTF_8);
        this.lines = lines;
    }

    /**
     * Starts watching.
     *
     * @param columns width of the terminal; 0 if it is not a terminal
     */
    public static ProgressStream over(PrintStream out, int columns) {
        ProgressStream stream = of(out, columns, System::nanoTime);
        TimerTask look = new TimerTask() {
            @Override
            public void run() {
                stream.look();
            }
        };
        stream.timer.schedule(look, LOOKS_EVERY.toMillis(), LOOKS_EVERY.toMillis());
        return stream;
    }

    /** A stream without a timer, for tests; it only checks on request. */
    static ProgressStream of(OutputStream out, int columns, LongSupplier nanoTime) {
        return new ProgressStream(new Lines(out, columns, nanoTime));
    }

    /** Notes what is being done without printing it. */
    public void note(String line) {
        lines.note(line);
    }

    /** Draws the heartbeat, on a terminal. */
    void look() {
        lines.look();
    }

    @Override
    public void close() {
        timer.cancel();
        lines.end();
    }

    /** Tracks where the printed text ends. Never closes the underlying stream. */
    private static final class Lines extends FilterOutputStream {

        private final int columns;
        private final LongSupplier nanoTime;
        private final StringBuilder current = new StringBuilder();
        private String doing = "";
        private long since;
        private boolean isDrawn;
        private boolean isEnded;
        private int turn;

        Lines(OutputStream out, int columns, LongSupplier nanoTime) {
            super(out);
            this.columns = columns;
            this.nanoTime = nanoTime;
            this.since = nanoTime.getAsLong();
        }

        @Override
        public synchronized void write(int one) throws IOException {
            write(new byte[] {(byte) one}, 0, 1);
        }

        @Override
        public synchronized void write(byte[] bytes, int offset, int length) throws IOException {
            erase();
            out.write(bytes, offset, length);
            out.flush();
            for (char letter : new String(bytes, offset, length, StandardCharsets.UTF_8).toCharArray()) {
                if (letter == '\n') {
                    note(current.toString());
                    current.setLength(0);
                } else {
                    current.append(letter);
                }
            }
        }

        synchronized void note(String line) {
            if (!line.isBlank()) {
                doing = line.strip().replaceFirst("^\\d\\d:\\d\\d:\\d\\d +", "");
            }
            since = nanoTime.getAsLong();
        }

        synchronized void look() {
            // a check that was running when the stream was closed must not leave a line behind
            if (columns == 0 || isEnded || doing.isEmpty() || current.length() > 0) {
                return;
            }
            long seconds = TimeUnit.NANOSECONDS.toSeconds(nanoTime.getAsLong() - since);
            String text = String.format(Locale.ROOT, "%s (%d s)", doing, seconds);
            try {
                turn = (turn + 1) % WHEEL.length;
                String line = WHEEL[turn] + " " + text;
                int max = Math.max(1, columns - 1);
                line = line.length() <= max ? line : line.substring(0, max - 1) + "…";
                out.write(("\r\033[K" + line).getBytes(StandardCharsets.UTF_8));
                isDrawn = true;
                out.flush();
            } catch (IOException gone) {
                // The reader has gone; the next print reports it.
                isDrawn = false;
            }
        }

        synchronized void end() {
            isEnded = true;
            erase();
        }

        synchronized void erase() {
            if (isDrawn) {
                isDrawn = false;
                try {
                    out.write("\r\033[K".getBytes(StandardCharsets.UTF_8));
                    out.flush();
                } catch (IOException gone) {
                    current.setLength(0);
                }
            }
        }
    }
}

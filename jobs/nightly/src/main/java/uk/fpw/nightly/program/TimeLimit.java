package uk.fpw.nightly.program;

import java.time.Duration;
import java.util.Timer;
import java.util.TimerTask;

/** The most time that a program may take for one request. Closed when it has finished. */
public final class TimeLimit implements AutoCloseable {

    private final Program program;
    private final Duration most;
    private final Timer timer = new Timer("time-limit", true);
    private volatile boolean isOver;

    TimeLimit(Program program, Duration most, Runnable kill) {
        this.program = program;
        this.most = most;
        timer.schedule(
                new TimerTask() {
                    @Override
                    public void run() {
                        isOver = true;
                        kill.run();
                    }
                },
                most.toMillis());
    }

    /**
     * Fails if the program was killed because of the limit.
     *
     * @param remedy what the message says after the problem
     * @throws ProgramException of kind {@code OVERDUE}
     */
    public void requireInTime(String remedy) {
        if (isOver) {
            throw ProgramException.overdue(program, most, remedy);
        }
    }

    @Override
    public void close() {
        timer.cancel();
    }
}

package uk.fpw.warehouse.lock;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Who holds the warehouse lock.
 *
 * @param processStartedAt when the process began, to the second; null if the system does not provide it
 */
public record LockHolder(
        String runId, String host, long pid, @Nullable Instant processStartedAt) {

    private static final int RUN_ID_LENGTH = 40;

    /** Processes report their start to a hundredth of a second, but two readings may round apart. */
    private static final Duration SAME_START = Duration.ofSeconds(2);

    /**
     * This process, as holder for the given run, whose name is cut to the length of {@code ops.warehouse_lock.run_id}.
     */
    public static LockHolder thisProcess(String runId) {
        ProcessHandle self = ProcessHandle.current();
        return new LockHolder(
                runId.substring(0, Math.min(RUN_ID_LENGTH, runId.length())),
                hostName(),
                self.pid(),
                self.info().startInstant().orElse(null));
    }

    /**
     * Whether this holder certainly no longer runs: it was on this host, and no process of that pid and start is there.
     */
    boolean isDead() {
        if (!host.equals(hostName())) {
            return false;
        }
        ProcessHandle process = ProcessHandle.of(pid).orElse(null);
        if (process == null || !process.isAlive()) {
            return true;
        }
        Instant started = process.info().startInstant().orElse(null);
        return started != null
                && processStartedAt != null
                && Duration.between(processStartedAt, started).abs().compareTo(SAME_START) > 0;
    }

    private static String hostName() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException nameless) {
            return "localhost";
        }
    }
}

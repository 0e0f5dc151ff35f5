package uk.fpw.warehouse.store.lock;

import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The process that holds the warehouse lock.
 *
 * @param host host name, followed in brackets by a code that distinguishes machines and containers of the same name
 * @param processStartedAt start time of the process, to the second; null if the system does not provide it
 */
public record LockHolder(
        String runId, String host, long pid, @Nullable Instant processStartedAt) {

    private static final String HERE = hostName() + processSpace();

    private static final int RUN_ID_LENGTH = 40;

    /** Start times are reported to a hundredth of a second, but two readings may be rounded differently. */
    private static final Duration SAME_START = Duration.ofSeconds(2);

    /**
     * This process as holder for a run. The name of the run is cut to the length of {@code ops.warehouse_lock.run_id}.
     */
    public static LockHolder thisProcess(String runId) {
        ProcessHandle self = ProcessHandle.current();
        return new LockHolder(
                runId.substring(0, Math.min(RUN_ID_LENGTH, runId.length())),
                HERE,
                self.pid(),
                self.info().startInstant().orElse(null));
    }

    /**
     * Whether this holder is certainly dead: it ran on this host, in the same pid namespace, and no process with its
     * pid and start time exists.
     */
    boolean isDead() {
        if (!host.equals(HERE)) {
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

    /**
     * Eight digits that identify the pid namespace of this process, that is the boot of the machine or a container on
     * it. Empty if the system does not provide it.
     */
    private static String processSpace() {
        try {
            String boot = Files.readString(Path.of("/proc/sys/kernel/random/boot_id"));
            Path pids = Files.readSymbolicLink(Path.of("/proc/self/ns/pid"));
            UUID digest = UUID.nameUUIDFromBytes((boot + pids).getBytes(StandardCharsets.UTF_8));
            return " (" + digest.toString().substring(0, 8) + ")";
        } catch (IOException | UnsupportedOperationException notProvided) {
            return "";
        }
    }

    private static String hostName() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException nameless) {
            return "localhost";
        }
    }
}

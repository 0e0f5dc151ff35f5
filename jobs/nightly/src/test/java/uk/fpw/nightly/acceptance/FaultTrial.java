package uk.fpw.nightly.acceptance;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.file.FileSystemException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import uk.fpw.nightly.fault.CallSite;
import uk.fpw.nightly.fault.MachineCalls;
import uk.fpw.nightly.fault.MachineCalls.Call;

/**
 * Commands in which one call to the operating system fails: messages, exit code, {@code fpw status} and what readers
 * see must agree, and running the same command again must give the warehouse of an undisturbed one.
 */
final class FaultTrial {

    /** How a call fails. */
    enum Fault {
        DISK_FULL,
        DISK_FAILS,
        /**
         * The disk, like one of a network, does not respond for a while; meanwhile somebody checks the status. Then it
         * fails.
         */
        DISK_STALLS,
        /** The server stalls until the time limit of the call, if it has one, has passed. */
        NO_ANSWER,
        REFUSED,
        CUT,
        /** The connection is cut, and all later ones are refused. */
        GONE;

        boolean fits(CallSite site) {
            return switch (site.call()) {
                case "connect" -> this == REFUSED || this == NO_ANSWER;
                case "send" -> this == CUT;
                case "receive" -> this == GONE || this == NO_ANSWER;
                case "delete" -> this == DISK_FAILS;
                default ->
                    this == DISK_FULL
                            || this == DISK_FAILS
                            || (this == DISK_STALLS && !site.target().startsWith("./fpw."));
            };
        }

        private Throwable of(Call call) {
            return switch (this) {
                case DISK_FULL -> of(call, "No space left on device");
                case DISK_FAILS, DISK_STALLS -> of(call, "Input/output error");
                case NO_ANSWER -> new SocketTimeoutException("Read timed out");
                case REFUSED -> new ConnectException("Connection refused");
                case CUT -> new SocketException("Connection reset");
                case GONE ->
                    call.name().equals("connect")
                            ? new ConnectException("Connection refused")
                            : new SocketException("Connection reset");
            };
        }

        private static Throwable of(Call call, String reason) {
            boolean isOnOpenFile = Set.of("write", "force", "truncate").contains(call.name());
            return isOnOpenFile ? new IOException(reason) : new FileSystemException(call.target(), null, reason);
        }
    }

    /** Where the command calls the operating system, and the warehouse that it leaves. */
    private record Undisturbed(Set<CallSite> sites, List<String> content) {}

    /**
     * The outcome of a trial.
     *
     * @param problems disagreements, and anything incomplete
     */
    record Result(Installation.Outcome outcome, String line, List<String> problems) {}

    private final Installation fpw;
    private final TrialForce force;
    private final Runnable restore;
    private final List<String> command;
    private final Predicate<CallSite> isTried;
    private @Nullable Undisturbed undisturbed;

    /**
     * Trials of one command.
     *
     * @param restore restores the warehouse to its state before the command, for each trial
     * @param isTried which calls fail in trials
     */
    FaultTrial(
            Installation fpw, TrialForce force, Runnable restore, List<String> command, Predicate<CallSite> isTried) {
        this.fpw = fpw;
        this.force = force;
        this.restore = restore;
        this.command = command;
        this.isTried = isTried;
    }

    String name() {
        return command.get(0);
    }

    /** Where the command calls the operating system if nothing fails. */
    Set<CallSite> sites() {
        return undisturbed().sites();
    }

    private Undisturbed undisturbed() {
        Undisturbed known = undisturbed;
        if (known == null) {
            known = runUndisturbed();
            undisturbed = known;
        }
        return known;
    }

    private Undisturbed runUndisturbed() {
        restore.run();
        Set<CallSite> sites = Collections.synchronizedSet(new LinkedHashSet<>());
        Installation.Outcome outcome = watched(call -> {
            CallSite site = site(call);
            if (isTried.test(site)) {
                sites.add(site);
            }
            return null;
        });
        if (outcome.exitCode() != 0) {
            throw new AssertionError(outcome.toString());
        }
        return new Undisturbed(sites, content());
    }

    /** Runs the command with one failing call, checks, and runs it again. */
    Result run(CallSite site, Fault fault) {
        List<String> expected = undisturbed().content();
        restore.run();
        String before = String.valueOf(force.currentRelease());
        AtomicBoolean failed = new AtomicBoolean();
        List<String> problems = Collections.synchronizedList(new ArrayList<>());
        Installation.Outcome outcome = watched(call -> {
            boolean isGone =
                    fault == Fault.GONE && failed.get() && site(call).target().equals(site.target());
            if (isGone || (site.equals(site(call)) && failed.compareAndSet(false, true))) {
                if (fault == Fault.NO_ANSWER && call.limitMillis() == 0) {
                    problems.add("this call waits for ever");
                }
                if (fault == Fault.DISK_STALLS) {
                    String status = statusElsewhere();
                    if (!status.isEmpty()) {
                        problems.add(status);
                    }
                }
                return fault.of(call);
            }
            return null;
        });
        String after = String.valueOf(force.currentRelease());
        if (!failed.get()) {
            problems.add("the call was not made");
        }
        try {
            compare(outcome, fault, before, after, expected, problems);
        } catch (RuntimeException | AssertionError unexpected) {
            problems.add(unexpected.toString());
        }
        String line = String.join(
                "\t",
                name(),
                fault.toString(),
                site.toString(),
                "exit code " + outcome.exitCode(),
                first(outcome.err()),
                before + " -> " + after,
                problems.isEmpty()
                        ? "agrees"
                        : "DISAGREES " + String.join(" ", problems).replaceAll("\\s+", " "));
        return new Result(outcome, line, problems);
    }

    private void compare(
            Installation.Outcome outcome,
            Fault fault,
            String before,
            String after,
            List<String> expected,
            List<String> problems) {
        processEnds();
        Installation.Outcome status = status();
        check(outcome, status, before, after, fault, problems);
        Installation.Outcome again = watched(null);
        if (again.exitCode() != 0) {
            problems.add("the next run: " + again);
        } else if (!content().equals(expected)) {
            problems.add("the next run is not whole: " + difference(expected, content()));
        }
    }

    private void check(
            Installation.Outcome outcome,
            Installation.Outcome status,
            String before,
            String after,
            Fault fault,
            List<String> problems) {
        String said = outcome.out() + outcome.err();
        int code = outcome.exitCode();
        if (!Set.of(0, 4, 8).contains(code)) {
            problems.add("exit code " + code);
        }
        for (String never : List.of("\tat ", "probably a bug", "S001", "kept, sealed", "0011223344", "null")) {
            if (said.contains(never)) {
                problems.add("says '" + never + "'");
            }
        }
        if (code == 4 || code == 8) {
            if (fault == Fault.DISK_FULL && !said.contains("a disk is full")) {
                problems.add("does not say that a disk is full");
            }
            if ((fault == Fault.DISK_FAILS || fault == Fault.DISK_STALLS) && !said.contains("a disk failed: ")) {
                problems.add("does not say that a disk failed");
            }
        }
        if (status.exitCode() != 0) {
            problems.add("fpw status: " + status);
        }
        if (!status.out().contains("Running: none")) {
            problems.add("fpw status does not say that nothing runs: " + status.out());
        }
        boolean isReleased = !status.out().contains("Release: " + before);
        if (!name().equals("ingest")) {
            if (isReleased && code == 4 && outcome.err().contains("no release was created")) {
                problems.add("released, but says that it is not");
            }
            if (isReleased != (code == 0 || code == 8) && !outcome.err().contains("is not known")) {
                problems.add("exit code " + code + ", but " + (isReleased ? "released" : "not released"));
            }
        }
        if (code == 0 && said.contains("Warnings (the release is current)") && said.contains("a disk ")) {
            problems.add("exit code 0, but says what failed");
        }
        if (outcome.err().contains("no release was created") && said.contains("is the current release now")) {
            problems.add("says both that it is released and that it is not");
        }
        if (!isReleased && !before.equals(after)) {
            problems.add("the pointer is " + after + ", the release is " + before);
        }
    }

    private Installation.Outcome status() {
        return fpw.run("status", "--force", force.folder().toString());
    }

    /** What is wrong with the status as seen by another process now; empty if nothing is. */
    private String statusElsewhere() {
        try {
            Installation.Outcome seen =
                    CompletableFuture.supplyAsync(this::status).get(60, TimeUnit.SECONDS);
            return seen.exitCode() == 0 && !seen.out().contains("terminated") ? "" : "status while it stalls: " + seen;
        } catch (ExecutionException | TimeoutException failed) {
            return "status while it stalls: " + failed;
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return "interrupted";
        }
    }

    private Installation.Outcome watched(MachineCalls.@Nullable Watcher watcher) {
        MachineCalls.watch(watcher);
        try {
            return fpw.run(command.toArray(String[]::new));
        } finally {
            MachineCalls.watch(null);
        }
    }

    private CallSite site(Call call) {
        return CallSite.of(call, force.warehouse().toString());
    }

    private List<String> content() {
        try {
            return KilledRun.all(force);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /** To others the process has ended, although a test's process continues after its commands. */
    private void processEnds() {
        try (Connection connection = force.keepOpen();
                Statement statement = connection.createStatement()) {
            statement.execute("update ops.warehouse_lock set process_started_at = timestamp with time zone "
                    + "'2000-01-01 00:00:00+00' where run_id is not null");
        } catch (SQLException failed) {
            throw new IllegalStateException(failed);
        }
    }

    private static String first(String text) {
        return text.strip().split("\\R", 2)[0];
    }

    private static String difference(List<String> expected, List<String> found) {
        List<String> missing = new ArrayList<>(expected);
        found.forEach(missing::remove);
        List<String> more = new ArrayList<>(found);
        expected.forEach(more::remove);
        return "missing " + missing.subList(0, Math.min(3, missing.size())) + ", more "
                + more.subList(0, Math.min(3, more.size()));
    }
}

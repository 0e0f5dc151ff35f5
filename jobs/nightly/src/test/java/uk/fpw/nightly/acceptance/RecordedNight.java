package uk.fpw.nightly.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;
import uk.fpw.nightly.power.SimulatedDisk;
import uk.fpw.nightly.power.SystemCall;

/**
 * A night whose calls strace has recorded, with its output and its results.
 *
 * @param moments the calls that concern the warehouse
 * @param content the warehouse afterwards, as lines
 * @param readFiles what readers may open afterwards, relative to the warehouse: path and digest of each file
 */
record RecordedNight(
        LocalDate date,
        Path trace,
        Path printed,
        List<Moment> moments,
        List<String> content,
        Map<String, String> readFiles) {

    /** Folders with files for readers, which are never changed. */
    static final List<String> FOR_READERS = List.of("sites", "exports", "releases");

    private static final Pattern LOADED = Pattern.compile("feed (\\w+): .* rows received");
    private static final Pattern RELEASED = Pattern.compile("release (\\S+) is the current release now");

    /** A call after which the power may be cut. */
    record Moment(int call, boolean isReport, boolean isSync) {

        private String text() {
            return call + " " + isReport + " " + isSync;
        }

        private static Moment of(String text) {
            String[] parts = text.split(" ", -1);
            return new Moment(
                    Integer.parseInt(parts[0]), Boolean.parseBoolean(parts[1]), Boolean.parseBoolean(parts[2]));
        }
    }

    /** What a night has reported by some moment: the loaded feeds, and the release. */
    static final class Reported {
        private final StringBuilder text = new StringBuilder();
        private final Set<String> feeds = new TreeSet<>();
        private @Nullable String release;

        Set<String> feeds() {
            return feeds;
        }

        @Nullable
        String release() {
            return release;
        }

        /** Whether there is more than before. */
        private boolean add(byte[] said) {
            text.append(new String(said, StandardCharsets.UTF_8));
            Matcher loaded = LOADED.matcher(text);
            int before = feeds.size();
            while (loaded.find()) {
                feeds.add(loaded.group(1));
            }
            Matcher released = RELEASED.matcher(text);
            boolean isReleased = release == null && released.find();
            if (isReleased) {
                release = released.group(1);
            }
            return isReleased || feeds.size() > before;
        }
    }

    /** Adds the output of a call; returns whether that is a report. */
    boolean isReport(SystemCall call, Reported reported) {
        return isReport(printed, call, reported);
    }

    private static boolean isReport(Path printed, SystemCall call, Reported reported) {
        return call.file().equals(printed.toString())
                && call.name().equals("write")
                && reported.add(call.data().get(0));
    }

    /** Runs the night, unless it was already recorded in that folder. */
    static RecordedNight of(Path folder, Installation fpw, TrialForce force, LocalDate date) throws IOException {
        Path trace = folder.resolve("trace-" + date);
        Path printed = folder.resolve("printed-" + date);
        Path content = folder.resolve("content-" + date);
        Path readFiles = folder.resolve("read-files-" + date);
        if (!Files.exists(readFiles)) {
            Installation.Outcome outcome = fpw.under(
                    List.of(
                            "strace",
                            "-f",
                            "-y",
                            "-xx",
                            "-s",
                            "268435456",
                            "--seccomp-bpf",
                            "-e",
                            "signal=none",
                            "-e",
                            "trace=" + SystemCall.TRACED,
                            "-o",
                            trace.toString()),
                    printed,
                    "nightly",
                    "--force",
                    force.folder().toString(),
                    "--date",
                    date.toString());
            assertThat(outcome.exitCode()).as(outcome.toString()).isZero();
            SystemCall.keepOf(trace, List.of(force.warehouse(), printed));
            // closing the database writes to it, and what follows this night is recorded too
            Path database = force.warehouse().resolve("fpw.mv.db");
            byte[] recorded = Files.readAllBytes(database);
            Files.write(content, content(force));
            Files.write(database, recorded);
            Files.write(
                    readFiles,
                    readFiles(force.warehouse()).entrySet().stream()
                            .map(file -> file.getValue() + " " + file.getKey())
                            .toList());
        }
        Map<String, String> files = new HashMap<>();
        Files.readAllLines(readFiles).forEach(line -> files.put(line.split(" ", 2)[1], line.split(" ", 2)[0]));
        return new RecordedNight(
                date, trace, printed, moments(trace, printed, force), Files.readAllLines(content), files);
    }

    /** Searches for them once, because a trace has a gigabyte. */
    private static List<Moment> moments(Path trace, Path printed, TrialForce force) throws IOException {
        Path kept = trace.resolveSibling("moments-of-" + trace.getFileName());
        if (Files.exists(kept)) {
            return Files.readAllLines(kept).stream().map(Moment::of).toList();
        }
        List<Moment> moments = new ArrayList<>();
        SimulatedDisk disk = new SimulatedDisk(force.warehouse());
        Reported reported = new Reported();
        int[] call = {0};
        SystemCall.read(trace, each -> {
            boolean isReport = isReport(printed, each, reported);
            if (isReport || disk.concerns(each)) {
                moments.add(new Moment(call[0], isReport, each.isSync() && each.step() == SystemCall.Step.BEGINS));
            }
            call[0]++;
        });
        assertThat(moments).anyMatch(Moment::isReport);
        Files.write(kept, moments.stream().map(Moment::text).toList());
        System.out.println(trace.getFileName() + ": " + moments.size() + " calls concern the warehouse, of them "
                + moments.stream().filter(Moment::isSync).count() + " syncs; " + Files.size(trace) / 1_000_000 + " MB");
        return moments;
    }

    /** The release and every row. */
    static List<String> content(TrialForce force) throws IOException {
        return Stream.concat(KilledRun.content(force).stream(), WarehouseContent.of(force).stream())
                .flatMap(String::lines)
                .toList();
    }

    /** The files for readers in a warehouse, by their paths in it. */
    static Map<String, String> readFiles(Path warehouse) throws IOException {
        Map<String, String> files = new HashMap<>();
        for (String folder : FOR_READERS) {
            if (Files.exists(warehouse.resolve(folder))) {
                try (Stream<Path> entries = Files.walk(warehouse.resolve(folder))) {
                    entries.filter(Files::isRegularFile)
                            .forEach(
                                    file -> files.put(warehouse.relativize(file).toString(), digest(file)));
                }
            }
        }
        return files;
    }

    private static String digest(Path file) {
        try {
            CRC32 digest = new CRC32();
            digest.update(Files.readAllBytes(file));
            return Long.toHexString(digest.getValue());
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}

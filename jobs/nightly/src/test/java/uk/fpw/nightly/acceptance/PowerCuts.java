package uk.fpw.nightly.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import uk.fpw.nightly.power.SimulatedDisk;
import uk.fpw.nightly.power.SimulatedDisk.Survivors;
import uk.fpw.nightly.power.SystemCall;
import uk.fpw.warehouse.force.Force;
import uk.fpw.warehouse.force.ForceFolder;
import uk.fpw.warehouse.privacy.TrustedDatabases;

/**
 * Cuts the power at many moments of two nights, of which the first creates the warehouse: {@code power-cuts.sh} beside
 * the sources runs it. The nights are recorded by strace. For each moment the warehouse is made that a disk may have
 * afterwards; then readers must find every release that was reported, {@code raw} must hold every load that was
 * reported, and the commands must work, or name a file. After some of the cuts the whole night is run again, and must
 * give the warehouse of the undisturbed one.
 */
class PowerCuts {

    private static final LocalDate FIRST = LocalDate.of(2025, 3, 1);
    private static final List<String> FEEDS = List.of("devices", "exits");

    private static final Pattern LOADED = Pattern.compile("feed (\\w+): .* rows received");
    private static final Pattern RELEASED = Pattern.compile("release (\\S+) is the current release now");

    @TempDir
    private static Path folder;

    private final long seed = Long.getLong("fpw.cut.seed", 1);
    private final int cuts = Integer.getInteger("fpw.cuts", 200);
    private final int nightsRunAgain = Integer.getInteger("fpw.cut.nights", 10);
    private final Map<String, Integer> answers = new TreeMap<>();
    private final List<String> losses = new ArrayList<>();
    private final Set<Long> states = new HashSet<>();
    private int made;

    /** What a night has said by some moment: which feeds are loaded, and the release. */
    private static final class Reported {
        private final StringBuilder text = new StringBuilder();
        private final Set<String> feeds = new TreeSet<>();
        private @Nullable String release;

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

    /** A night: its trace, how many of its calls concern the warehouse, what it printed, and what it left. */
    private record Night(LocalDate date, Path trace, Path printed, List<Moment> moments, List<String> content) {}

    /** A call after which the power may be cut; those that matter most come first of their kind. */
    private record Moment(int call, boolean isReport, boolean isSync) {}

    @Test
    void noCommittedRowIsLost() throws IOException {
        Path root = folder.toRealPath();
        Installation fpw = Installation.in(root);
        TrialForce force = TrialForce.in(root).withTwoSources();
        List<Night> nights = List.of(record(fpw, force, FIRST), record(fpw, force, FIRST.plusDays(1)));
        SimulatedDisk disk = new SimulatedDisk(force.warehouse());
        for (Night night : nights) {
            for (LocalDate later = FIRST; !later.isAfter(FIRST.plusDays(1)); later = later.plusDays(1)) {
                delete(force.devicesFile(later));
                delete(force.exitsFile(later));
                if (!later.isAfter(night.date())) {
                    drop(force, later);
                }
            }
            // what a first night has released, it is compared with when it is run again, which no first night is
            cut(fpw, force, disk, night, cuts / nights.size(), night.date().equals(FIRST) ? 0 : nightsRunAgain);
        }
        System.out.println(made + " moments, " + states.size() + " different warehouses");
        answers.forEach((answer, count) -> System.out.println(count + " x " + answer));
        assertThat(losses).isEmpty();
    }

    private Night record(Installation fpw, TrialForce force, LocalDate date) throws IOException {
        drop(force, date);
        Path trace = folder.toRealPath().resolve("trace-" + date);
        Path printed = folder.toRealPath().resolve("printed-" + date);
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
        List<Moment> moments = new ArrayList<>();
        SimulatedDisk disk = new SimulatedDisk(force.warehouse());
        Reported reported = new Reported();
        int[] call = {0};
        SystemCall.read(trace, each -> {
            boolean isReport = each.file().equals(printed.toString())
                    && each.name().equals("write")
                    && reported.add(each.data().get(0));
            if (isReport || disk.concerns(each)) {
                moments.add(new Moment(call[0], isReport, each.isSync() && each.step() == SystemCall.Step.BEGINS));
            }
            call[0]++;
        });
        assertThat(reported.feeds).containsExactlyInAnyOrderElementsOf(FEEDS);
        System.out.println(date + ": " + moments.size() + " calls concern the warehouse, of them "
                + moments.stream().filter(Moment::isSync).count() + " syncs; " + Files.size(trace) / 1_000_000
                + " MB of trace");
        return new Night(date, trace, printed, moments, content(force));
    }

    /** The usual files, and a row of each feed that is new on that date. */
    private static void drop(TrialForce force, LocalDate date) {
        List<String> devices = new ArrayList<>(TrialForce.devices(date));
        List<String> exits = new ArrayList<>(TrialForce.exits(date));
        for (LocalDate each = FIRST; !each.isAfter(date); each = each.plusDays(1)) {
            devices.add("N" + each.getDayOfMonth() + ",S001," + each + ",,phone,");
            exits.add("N" + each.getDayOfMonth() + "," + each);
        }
        force.drop(date);
        force.writeDevices(date, devices);
        force.writeExits(date, TrialForce.gzip(String.join("\n", exits) + "\n"));
    }

    /** After each report, before every few syncs, and at moments between. */
    private static Set<Integer> chosen(List<Moment> moments, int count) {
        Set<Integer> chosen = new TreeSet<>();
        moments.stream().filter(Moment::isReport).forEach(moment -> chosen.add(moment.call()));
        spread(moments.stream().filter(Moment::isSync).toList(), (count - chosen.size()) / 2, chosen);
        spread(moments, count - chosen.size(), chosen);
        return chosen;
    }

    private static void spread(List<Moment> moments, int count, Set<Integer> chosen) {
        for (int index = 0; index < count; index++) {
            chosen.add(
                    moments.get((int) ((index + 0.5) * moments.size() / count)).call());
        }
    }

    private void cut(Installation fpw, TrialForce force, SimulatedDisk disk, Night night, int count, int runAgain)
            throws IOException {
        Set<Integer> chosen = chosen(night.moments(), count);
        Reported reported = new Reported();
        int[] at = {0};
        int[] taken = {0};
        SystemCall.read(night.trace(), call -> {
            if (call.file().equals(night.printed().toString()) && call.name().equals("write")) {
                reported.add(call.data().get(0));
            }
            if (disk.concerns(call)) {
                disk.apply(call);
            }
            if (chosen.contains(at[0]++)) {
                int cut = taken[0]++;
                boolean isRunAgain = cut % Math.max(1, chosen.size() / Math.max(1, runAgain)) == 0 && runAgain > 0;
                try {
                    cut(fpw, force, disk, night, reported, cut, isRunAgain);
                } catch (IOException failed) {
                    throw new java.io.UncheckedIOException(failed);
                }
            }
        });
    }

    private void cut(
            Installation fpw,
            TrialForce force,
            SimulatedDisk disk,
            Night night,
            Reported reported,
            int cut,
            boolean isRunAgain)
            throws IOException {
        made++;
        Random random = new Random(seed + made);
        Set<Survivors> extremes = EnumSet.of(
                Survivors.SYNCED_ONLY,
                Survivors.NAMES,
                List.of(Survivors.LENGTHS, Survivors.DATA, Survivors.SOME).get(random.nextInt(3)));
        for (Survivors survivors : extremes) {
            delete(force.warehouse());
            disk.write(force.warehouse(), survivors, random);
            letTimePass(force.warehouse().resolve("fpw.lock.db"));
            Files.setPosixFilePermissions(force.warehouse(), PosixFilePermissions.fromString("rwxr-x---"));
            if (states.add(digest(force.warehouse()))) {
                String where = night.date() + ", cut " + cut + ", " + survivors;
                try {
                    check(fpw.here(), force, night, reported, where);
                } catch (RuntimeException | Error failed) {
                    losses.add(where + ": " + failed);
                }
                if (isRunAgain && survivors != Survivors.NAMES) {
                    answer(
                            where,
                            fpw.run(
                                    "nightly",
                                    "--force",
                                    force.folder().toString(),
                                    "--date",
                                    night.date().toString()),
                            force);
                    if (!content(force).equals(night.content())) {
                        losses.add(where + ": the night that was run again left another warehouse");
                    }
                }
            }
        }
        System.out.println(
                night.date() + ", cut " + cut + ": " + states.size() + " warehouses, " + losses.size() + " losses");
    }

    private void check(Installation fpw, TrialForce force, Night night, Reported reported, String where)
            throws IOException {
        Force.Storage storage = ForceFolder.read(force.folder()).storage();
        Path database = force.warehouse().resolve("fpw.mv.db");
        if (Files.exists(database)) {
            TrustedDatabases.ofThisUser().recordReplacing(database); // to this program a copy is another file
        }
        answer(where, fpw.run("status", "--force", force.folder().toString()), force);
        Installation.Outcome query = fpw.run(
                "query",
                "--force",
                force.folder().toString(),
                "--format",
                "csv",
                "select distinct release_id from mart.queue_daily");
        if (reported.release != null && !query.out().contains(reported.release)) {
            losses.add(where + ": readers do not find release " + reported.release + ": " + query);
        }
        answer(where, query, force);
        if (!reported.feeds.isEmpty()) {
            List<String> rows = WarehouseContent.raw(storage);
            for (String feed : reported.feeds) {
                List<String> lost = night.content().stream()
                        .filter(line -> line.startsWith("raw." + feed + " ") && !rows.contains(line))
                        .toList();
                if (!lost.isEmpty()) {
                    losses.add(where + ": raw." + feed + " has lost " + lost.size() + " rows");
                }
            }
        }
        for (String feed : FEEDS) {
            answer(
                    where,
                    fpw.run(
                            "ingest",
                            feed,
                            "--force",
                            force.folder().toString(),
                            "--date",
                            night.date().toString()),
                    force);
        }
    }

    /** Counts what a command answered; a failure must name a file of the warehouse, and be none of the software's. */
    private void answer(String where, Installation.Outcome outcome, TrialForce force) {
        String message = String.join(" ", outcome.err().lines().toList());
        answers.merge(
                "exit code " + outcome.exitCode() + " " + message.replaceAll("[0-9a-f-]{20,}|\\d+", "#"),
                1,
                Integer::sum);
        if (outcome.exitCode() != 0
                && (outcome.exitCode() == 1
                        || outcome.err().contains("\tat ")
                        || outcome.err().contains("not from the same time")
                        || !outcome.err().contains(force.warehouse().toString()))) {
            losses.add(where + ": " + outcome);
        }
    }

    private static List<String> content(TrialForce force) throws IOException {
        return Stream.concat(KilledRun.content(force).stream(), WarehouseContent.of(force).stream())
                .flatMap(String::lines)
                .toList();
    }

    /** The machine was off for longer than H2 waits for whoever writes such a file. */
    private static void letTimePass(Path lockFile) throws IOException {
        if (Files.exists(lockFile)) {
            Files.setLastModifiedTime(lockFile, FileTime.fromMillis(0));
        }
    }

    private static long digest(Path tree) throws IOException {
        CRC32 digest = new CRC32();
        try (Stream<Path> entries = Files.walk(tree)) {
            for (Path entry : entries.sorted().toList()) {
                digest.update(tree.relativize(entry).toString().getBytes(StandardCharsets.UTF_8));
                if (Files.isRegularFile(entry)) {
                    digest.update(Files.readAllBytes(entry));
                }
            }
        }
        return digest.getValue();
    }

    private static void delete(Path tree) throws IOException {
        if (Files.exists(tree)) {
            try (Stream<Path> entries = Files.walk(tree)) {
                for (Path entry : entries.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(entry);
                }
            }
        }
    }
}

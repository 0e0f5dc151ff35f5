package uk.fpw.nightly.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import uk.fpw.nightly.acceptance.RecordedNight.Moment;
import uk.fpw.nightly.acceptance.RecordedNight.Reported;
import uk.fpw.nightly.power.SimulatedDisk;
import uk.fpw.nightly.power.SimulatedDisk.Survivors;
import uk.fpw.nightly.power.SystemCall;
import uk.fpw.warehouse.force.Force;
import uk.fpw.warehouse.force.ForceFolder;
import uk.fpw.warehouse.privacy.TrustedDatabases;

/**
 * Cuts the power at many moments of two nights, of which the first creates the warehouse: {@code power-cuts.sh} next to
 * the sources runs it. The nights are recorded with strace. For each moment the test creates a warehouse as a disk may
 * have it afterwards; then readers must find every reported release and its files, {@code raw} must contain every
 * reported load, and commands must work, or name a file. After some of the cuts the whole night is run again, and must
 * give the warehouse of the undisturbed one.
 *
 * <p>In a folder that is kept, recordings and checks are not repeated, so a run can be stopped and continued.
 */
class PowerCuts {

    private static final LocalDate FIRST = LocalDate.of(2025, 3, 1);
    private static final List<LocalDate> DATES = List.of(FIRST, FIRST.plusDays(1));

    /** One at a time, since each of them takes seconds. */
    private static final List<List<String>> COMMANDS = List.of(
            List.of("ingest", "devices"), List.of("status"), List.of("ingest", "exits"), List.of("verify", "--files"));

    private static final Set<String> WITH_DATE = Set.of("ingest", "nightly");

    @TempDir
    private static Path temporary;

    private final long seed = Long.getLong("fpw.cut.seed", 1);
    private final int cuts = Integer.getInteger("fpw.cuts", 200);
    private final int nightsRunAgain = Integer.getInteger("fpw.cut.nights", 10);
    private final long minutes = Long.getLong("fpw.cut.minutes", TimeUnit.DAYS.toMinutes(1));
    private long began;

    private final Map<String, Integer> answers = new TreeMap<>();
    private final List<String> losses = new ArrayList<>();

    /** The checked states, one per line: date, cut, survivors, digest. */
    private final Set<String> done = new LinkedHashSet<>();

    private final Set<String> digests = new HashSet<>();

    /** What the nights left for readers: path and digest of each file. */
    private final Map<String, String> readFiles = new HashMap<>();

    private record Cut(RecordedNight night, Reported reported, int number, Survivors survivors) {
        @Override
        public String toString() {
            return "seed-" + Long.getLong("fpw.cut.seed", 1) + " " + night.date() + " " + number + " " + survivors;
        }
    }

    @Test
    void noCommittedRowIsLost() throws IOException {
        String kept = System.getProperty("fpw.cut.folder", "");
        Path root = kept.isEmpty()
                ? temporary.toRealPath()
                : Files.createDirectories(Path.of(kept)).toRealPath();
        Path diary = root.resolve("done");
        if (Files.exists(diary)) {
            Files.readAllLines(diary).forEach(this::isDone);
        }
        Installation fpw = Installation.in(root);
        TrialForce force = Files.exists(root.resolve("force"))
                ? TrialForce.existing(root.resolve("force"))
                : TrialForce.in(root)
                        .withTwoSources()
                        .edit("force.yml", "pages:\n  made: false", "pages:\n  made: true");
        List<RecordedNight> nights = new ArrayList<>();
        for (LocalDate date : DATES) {
            drop(force, date);
            nights.add(RecordedNight.of(root, fpw, force, date));
            readFiles.putAll(nights.get(nights.size() - 1).readFiles());
        }
        began = System.nanoTime();
        SimulatedDisk disk = new SimulatedDisk(force.warehouse());
        for (RecordedNight night : nights) {
            for (LocalDate date : DATES) {
                delete(force.devicesFile(date));
                delete(force.exitsFile(date));
                if (!date.isAfter(night.date())) {
                    drop(force, date);
                }
            }
            // a night run again is compared with its own release, which is impossible for a first night
            cut(fpw, force, disk, night, night.date().equals(FIRST) ? 0 : nightsRunAgain, diary);
        }
        System.out.println(done.size() + " states looked at, " + digests.size() + " of them different");
        answers.forEach((answer, count) -> System.out.println(count + " x " + answer));
        assertThat(losses).isEmpty();
    }

    /** The usual files, and a new row of each feed on that date. */
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

    /** After each report, before every few syncs, and at moments between them. */
    private Set<Integer> chosen(List<Moment> moments) {
        int count = cuts / DATES.size();
        Set<Integer> chosen = new TreeSet<>();
        moments.stream().filter(Moment::isReport).forEach(moment -> chosen.add(moment.call()));
        spread(moments.stream().filter(Moment::isSync).toList(), (count - chosen.size()) / 2, chosen);
        spread(moments, count - chosen.size(), chosen);
        return chosen;
    }

    private void spread(List<Moment> moments, int count, Set<Integer> chosen) {
        double offset = new Random(seed).nextDouble();
        for (int index = 0; index < count; index++) {
            chosen.add(moments.get((int) ((index + offset) * moments.size() / count))
                    .call());
        }
    }

    private void cut(
            Installation fpw, TrialForce force, SimulatedDisk disk, RecordedNight night, int runAgain, Path diary)
            throws IOException {
        Set<Integer> chosen = chosen(night.moments());
        Reported reported = new Reported();
        int[] at = {0};
        int[] taken = {0};
        SystemCall.read(night.trace(), call -> {
            night.isReport(call, reported);
            if (disk.concerns(call)) {
                disk.apply(call);
            }
            if (chosen.contains(at[0]++)) {
                int number = taken[0]++;
                boolean isRunAgain = runAgain > 0 && number % Math.max(1, chosen.size() / runAgain) == 0;
                for (Survivors survivors : survivors(number)) {
                    Cut cut = new Cut(night, reported, number, survivors);
                    if (System.nanoTime() - began < TimeUnit.MINUTES.toNanos(minutes)
                            && done.stream().noneMatch(line -> line.startsWith(cut + " "))) {
                        try {
                            look(fpw, force, disk, cut, isRunAgain, diary);
                        } catch (IOException failed) {
                            throw new UncheckedIOException(failed);
                        }
                    }
                }
            }
        });
    }

    /** Either extreme, and something in between. */
    private static Set<Survivors> survivors(int number) {
        return new LinkedHashSet<>(List.of(
                number % 2 == 0 ? Survivors.SYNCED_ONLY : Survivors.NAMES,
                List.of(Survivors.SOME, Survivors.DATA, Survivors.SOME, Survivors.LENGTHS)
                        .get(number % 4)));
    }

    private boolean isDone(String line) {
        done.add(line);
        return !digests.add(line.substring(line.lastIndexOf(' ') + 1));
    }

    private void look(Installation fpw, TrialForce force, SimulatedDisk disk, Cut cut, boolean isRunAgain, Path diary)
            throws IOException {
        delete(force.warehouse());
        disk.write(force.warehouse(), cut.survivors(), new Random(seed * 10_000 + cut.number()));
        letTimePass(force.warehouse().resolve("fpw.lock.db"));
        Files.setPosixFilePermissions(force.warehouse(), PosixFilePermissions.fromString("rwxr-x---"));
        String line = cut + " " + digest(force.warehouse());
        int before = losses.size();
        if (!isDone(line)) {
            try {
                check(fpw.here(), force, cut);
                if (isRunAgain && cut.survivors() != Survivors.NAMES) {
                    run(fpw, force, cut, List.of("nightly"));
                    if (!RecordedNight.content(force).equals(cut.night().content())) {
                        losses.add(cut + ": the night that was run again left another warehouse");
                    }
                }
            } catch (RuntimeException | Error failed) {
                losses.add(cut + ": " + failed);
            }
        }
        if (losses.size() == before) {
            Files.writeString(diary, line + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        }
        losses.subList(before, losses.size()).forEach(System.out::println);
        System.out.println(cut + ": " + digests.size() + " different, " + losses.size() + " losses");
    }

    private void check(Installation fpw, TrialForce force, Cut cut) throws IOException {
        Force.Storage storage = ForceFolder.read(force.folder()).storage();
        Path database = force.warehouse().resolve("fpw.mv.db");
        if (Files.exists(database)) {
            TrustedDatabases.ofThisUser().recordReplacing(database); // otherwise a copy counts as another file
        }
        requireWhole(force.warehouse(), cut);
        Installation.Outcome query = fpw.run(
                "query",
                "--force",
                force.folder().toString(),
                "--format",
                "csv",
                "select distinct release_id from mart.queue_daily");
        answer(cut, query, force);
        String release = cut.reported().release();
        if (release != null && !query.out().contains(release)) {
            losses.add(cut + ": readers do not find release " + release + ": " + query);
        }
        run(fpw, force, cut, COMMANDS.get(cut.number() / 2 % COMMANDS.size()));
        if (!cut.reported().feeds().isEmpty()) {
            List<String> rows = WarehouseContent.raw(storage);
            for (String feed : cut.reported().feeds()) {
                List<String> lost = cut.night().content().stream()
                        .filter(line -> line.startsWith("raw." + feed + " ") && !rows.contains(line))
                        .toList();
                if (!lost.isEmpty()) {
                    losses.add(cut + ": raw." + feed + " has lost " + lost.size() + " rows");
                }
            }
        }
    }

    /** Whatever a link, or the name of a finished folder, leads readers to must be what the night wrote. */
    private void requireWhole(Path warehouse, Cut cut) throws IOException {
        Map<String, String> left = RecordedNight.readFiles(warehouse);
        for (String link : List.of("site", "exports/current")) {
            Path shown = warehouse.resolve(link);
            if (Files.isSymbolicLink(shown)) {
                String folder = warehouse.relativize(shown.resolveSibling(Files.readSymbolicLink(shown))
                                .normalize())
                        + "/";
                List<String> damaged = readFiles.entrySet().stream()
                        .filter(file -> file.getKey().startsWith(folder)
                                && !file.getValue().equals(left.get(file.getKey())))
                        .map(Map.Entry::getKey)
                        .sorted()
                        .toList();
                if (!damaged.isEmpty() || readFiles.keySet().stream().noneMatch(file -> file.startsWith(folder))) {
                    losses.add(cut + ": " + link + " leads to " + folder + " with damaged files: " + damaged);
                }
            }
        }
    }

    private void run(Installation fpw, TrialForce force, Cut cut, List<String> command) {
        List<String> arguments = new ArrayList<>(command);
        arguments.addAll(List.of("--force", force.folder().toString()));
        if (WITH_DATE.contains(command.get(0))) {
            arguments.addAll(List.of("--date", cut.night().date().toString()));
        }
        answer(cut, fpw.run(arguments.toArray(String[]::new)), force);
    }

    /**
     * Counts the results of a command; a failure must name a file of the warehouse, and must not be a bug. No file may
     * have lost its digest.
     */
    private void answer(Cut cut, Installation.Outcome outcome, TrialForce force) {
        String message = String.join(" ", outcome.err().lines().toList());
        answers.merge(
                "exit code " + outcome.exitCode() + " " + message.replaceAll("[0-9a-f-]{20,}|\\d+", "#"),
                1,
                Integer::sum);
        if (outcome.out().contains("have no checksum")) {
            losses.add(cut + ": " + outcome);
        }
        if (outcome.exitCode() != 0
                && (outcome.exitCode() == 1
                        || outcome.err().contains("\tat ")
                        || outcome.err().contains("not from the same time")
                        || !outcome.err().contains(force.warehouse().toString()))) {
            losses.add(cut + ": " + outcome);
        }
    }

    /** The machine was off for longer than H2 waits for the writer of such a file. */
    private static void letTimePass(Path lockFile) throws IOException {
        if (Files.exists(lockFile)) {
            Files.setLastModifiedTime(lockFile, FileTime.fromMillis(0));
        }
    }

    private static String digest(Path tree) throws IOException {
        CRC32 digest = new CRC32();
        try (Stream<Path> entries = Files.walk(tree)) {
            for (Path entry : entries.sorted().toList()) {
                digest.update(tree.relativize(entry).toString().getBytes(StandardCharsets.UTF_8));
                if (Files.isRegularFile(entry)) {
                    digest.update(Files.readAllBytes(entry));
                }
            }
        }
        return Long.toHexString(digest.getValue());
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

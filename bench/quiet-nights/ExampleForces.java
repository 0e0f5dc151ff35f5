import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import uk.fpw.generator.SyntheticForce;
import uk.fpw.generator.Systems;

/** The example forces, each with sources that advance from one date to the next. */
final class ExampleForces {

    private final Path build;
    private final Path work;

    ExampleForces(Path build, Path work) {
        this.build = build;
        this.work = work;
    }

    /** A force folder, its first date, and how its sources reach their state at the end of a date. */
    record Example(String name, Path folder, Path warehouse, LocalDate first, Source source) {

        void write(LocalDate date) throws Exception {
            source.write(date);
        }
    }

    /** Writes the content of a force's sources at the end of a date; called in order of the dates. */
    interface Source {
        void write(LocalDate date) throws Exception;

        /** Creates a folder. */
        interface Folder {
            void make(Path folder) throws Exception;
        }
    }

    /**
     * The force of a name, in a folder of its own under {@code examples}.
     *
     * @param init runs {@code fpw init} for a folder
     */
    Example example(String name, Source.Folder init) throws Exception {
        Path folder = work.resolve("examples").resolve(name);
        boolean isNew = !Files.exists(folder);
        switch (name) {
            case "init" -> {
                if (isNew) {
                    init.make(folder);
                    Files.delete(folder.resolve("drop/devices_2026-11-23.csv"));
                }
                LocalDate first = LocalDate.of(2026, 3, 20); // with Easter and the change to summer time
                List<Device> devices = devices(first.minusDays(270), first.plusDays(365));
                return new Example(name, folder, work.resolve("examples/var/init"), first,
                        date -> writeDevices(folder.resolve("drop"), devices, date));
            }
            case "boston-311" -> {
                copy(name, folder, isNew);
                Path drop = folder.resolve("drop");
                if (isNew) {
                    replace(folder.resolve("feeds/requests.yml"), Map.of(
                            "file: boston_311_2015_selected_types.csv.gz", "file: requests_{date}.csv.gz",
                            "freshness: none ",
                            "delivery: {days: daily}\nfreshness: {dated_by: file_name, max_age_days: 0} ",
                            "min_rows: 60000", "min_rows: 50000"));
                    Files.delete(drop.resolve("boston_311_2015_selected_types.csv.gz"));
                }
                Path all = build.resolve("examples/boston-311/drop/boston_311_2015_selected_types.csv.gz");
                return new Example(name, folder, work.resolve("var").resolve(name), LocalDate.of(2015, 11, 2),
                        date -> writeRequests(all, drop.resolve("requests_" + date + ".csv.gz"), date));
            }
            case "fenmarch" -> {
                copy(name, folder, isNew);
                SyntheticForce force = new SyntheticForce(
                        SyntheticForce.DEMO_SEED, 1, Systems.embedded(work.resolve("var/fenmarch-systems")));
                return new Example(name, folder, work.resolve("var").resolve(name), LocalDate.of(2015, 11, 17),
                        force::writeUpTo);
            }
            default -> throw new IllegalArgumentException(name + " is none of init, boston-311, fenmarch");
        }
    }

    private void copy(String name, Path to, boolean isNew) throws IOException {
        Path from = build.resolve("examples").resolve(name);
        if (isNew) {
            try (Stream<Path> files = Files.walk(from)) {
                for (Path file : files.toList()) {
                    Path target = to.resolve(from.relativize(file).toString());
                    if (Files.isDirectory(file)) {
                        Files.createDirectories(target);
                    } else {
                        Files.copy(file, target);
                    }
                }
            }
        }
    }

    private static void replace(Path file, Map<String, String> texts) throws IOException {
        String text = Files.readString(file);
        for (Map.Entry<String, String> each : texts.entrySet()) {
            if (!text.contains(each.getKey())) {
                throw new IllegalStateException(file + " has no '" + each.getKey() + "'");
            }
            text = text.replace(each.getKey(), each.getValue());
        }
        Files.writeString(file, text);
    }

    /** A device, and the date on which each of its dates is recorded: some are days late. */
    private record Device(
            String exhibit,
            String caseNumber,
            String type,
            LocalDate received,
            LocalDate receivedKnown,
            LocalDate left,
            LocalDate leftKnown,
            boolean isExamined) {}

    /** About two devices arrive on a working day, one to three per case, and each waits about three weeks. */
    private static List<Device> devices(LocalDate from, LocalDate to) {
        Random random = new Random(60);
        List<Device> devices = new ArrayList<>();
        int cases = 100;
        for (LocalDate day = from; day.isBefore(to); day = day.plusDays(1)) {
            if (!isWorking(day)) {
                continue;
            }
            for (int newCases = random.nextInt(3); newCases > 0; newCases--) {
                cases++;
                for (int each = 1 + random.nextInt(3); each > 0; each--) {
                    LocalDate left = working(day.plusDays(1 + (int) (-21 * Math.log(1 - random.nextDouble()))));
                    devices.add(new Device(
                            "DFU/" + (devices.size() + 1),
                            "C-" + cases,
                            List.of("phone", "phone", "phone", "computer", "computer", "tablet").get(random.nextInt(6)),
                            day,
                            late(random, day),
                            left,
                            late(random, left),
                            random.nextInt(12) > 0));
                }
            }
        }
        return devices;
    }

    private static LocalDate late(Random random, LocalDate day) {
        return random.nextInt(10) > 0 ? day : working(day.plusDays(1 + random.nextInt(4)));
    }

    private static LocalDate working(LocalDate day) {
        return isWorking(day) ? day : working(day.plusDays(1));
    }

    private static boolean isWorking(LocalDate day) {
        return day.getDayOfWeek() != DayOfWeek.SATURDAY
                && day.getDayOfWeek() != DayOfWeek.SUNDAY
                && !Set.of("2026-04-03", "2026-04-06", "2026-05-04").contains(day.toString());
    }

    private static void writeDevices(Path drop, List<Device> devices, LocalDate date) throws IOException {
        DateTimeFormatter form = DateTimeFormatter.ofPattern("dd/MM/yyyy");
        List<String> lines = new ArrayList<>(List.of("Exhibit,Case,Device type,Received,Examined,Withdrawn,Officer"));
        for (Device device : devices) {
            if (!device.receivedKnown.isAfter(date)) {
                String left = device.leftKnown.isAfter(date) ? "" : form.format(device.left);
                lines.add(String.join(",", device.exhibit, device.caseNumber, device.type, form.format(device.received),
                        device.isExamined ? left : "", device.isExamined ? "" : left, "PC 1"));
            }
        }
        Files.write(drop.resolve("devices_" + date + ".csv"), lines);
    }

    /** The requests that were open by the date; those closed later are still open, and on time until their target. */
    private static void writeRequests(Path all, Path file, LocalDate date) throws IOException {
        DateTimeFormatter form = DateTimeFormatter.ofPattern("MM/dd/yyyy hh:mm:ss a", Locale.US);
        LocalDateTime end = date.plusDays(1).atStartOfDay();
        try (BufferedReader rows = new BufferedReader(new InputStreamReader(
                        new GZIPInputStream(Files.newInputStream(all)), StandardCharsets.UTF_8));
                PrintWriter out = new PrintWriter(
                        new GZIPOutputStream(Files.newOutputStream(file)), false, StandardCharsets.UTF_8)) {
            out.println(rows.readLine());
            rows.lines().map(row -> row.split(",", 7)).forEach(row -> {
                if (LocalDateTime.parse(row[1], form).isBefore(end)) {
                    boolean isOpen = row[3].isEmpty() || !LocalDateTime.parse(row[3], form).isBefore(end);
                    if (isOpen && !row[3].isEmpty()) {
                        boolean isLate = !row[2].isEmpty() && LocalDateTime.parse(row[2], form).isBefore(end);
                        row[3] = "";
                        row[4] = isLate ? "OVERDUE" : "ONTIME";
                        row[5] = "Open";
                    }
                    out.println(String.join(",", row));
                }
            });
        }
    }
}

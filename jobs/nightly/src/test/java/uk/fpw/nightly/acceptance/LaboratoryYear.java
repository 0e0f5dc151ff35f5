package uk.fpw.nightly.acceptance;

import java.nio.file.Path;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a small laboratory delivers night by night, and the true figures after each: every night the whole list of its
 * devices, and the changes of its list of withdrawn devices. Most files arrive in time and are correct. The same seed
 * always gives the same files.
 */
final class LaboratoryYear {

    static final ZoneId ZONE = ZoneId.of("Europe/London");
    static final String DEVICES = "DEVICE,SUSPECT,RECEIVED,SEALED,EXAMINED,KIND,REMARKS";
    static final String EXITS = "DEVICE,WITHDRAWN,GONE";

    private static final List<String> KINDS = List.of("phone", "phone", "computer", "tablet", "");
    private static final int DAYS_BEFORE = 30;
    private static final int TWO_NIGHTS_OF = 2;

    /** What is special about a delivery. */
    enum Event {
        ON_TIME,
        /** It arrives with that of the next night, or of the one after. */
        LATE,
        /** The devices are the file of the previous night; the changes are loaded twice. */
        REPEATED,
        /** A wrong file is loaded first. */
        CORRECTED,
        /** Some rows cannot be read. */
        REFUSED,
        /** It is loaded, withdrawn, and loaded again. */
        WITHDRAWN,
        /** The disk is full in the middle of the load, which is run again. */
        DISK_FULL
    }

    /**
     * What exists of one feed in one night.
     *
     * @param files lines of each arriving file, by the date in its name
     * @param wrong lines of the file of the night before it was corrected; null if it was not
     */
    record Delivery(
            Event event,
            SortedMap<LocalDate, List<String>> files,
            @Nullable List<String> wrong) {}

    /** A night, with what arrives for each feed. */
    record Night(LocalDate date, Delivery devices, Delivery exits) {}

    private record Device(
            String id,
            LocalDate received,
            String kind,
            LocalDate kindCorrectedOn,
            LocalDate left,
            boolean isExamined,
            LocalDate returnedOn,
            LocalDate forgottenOn) {

        @Nullable
        String line(LocalDate date) {
            if (received.isAfter(date) || !forgottenOn.isAfter(date)) {
                return null;
            }
            return "%s,S%s,%s,%sT00:30:00,%s,%s,"
                    .formatted(
                            id,
                            id.substring(id.length() - 2),
                            received,
                            received,
                            isExamined && !left.isAfter(date) ? left : "",
                            kindCorrectedOn.isAfter(date) ? "computer" : kind);
        }

        /** The change of its exit on a date. */
        @Nullable
        String change(LocalDate date) {
            if (isExamined) {
                return null;
            }
            return left.equals(date) ? id + "," + left + ",N" : returnedOn.equals(date) ? id + ",,Y" : null;
        }
    }

    private final Random dice;
    private final List<Device> all = new ArrayList<>();

    private LaboratoryYear(long seed) {
        this.dice = new Random(seed);
    }

    /**
     * The nights from a date.
     *
     * @param figuresEvery interval in nights between figures; on these nights every file arrives
     */
    static List<Night> nights(long seed, LocalDate first, int count, int figuresEvery) {
        LaboratoryYear year = new LaboratoryYear(seed);
        year.receive(first.minusDays(DAYS_BEFORE), first.plusDays(count));
        List<Delivery> devices = year.devices(first, count, figuresEvery);
        List<Delivery> exits = year.exits(first, count, figuresEvery);
        List<Night> nights = new ArrayList<>();
        for (int night = 0; night < count; night++) {
            nights.add(new Night(first.plusDays(night), devices.get(night), exits.get(night)));
        }
        return nights;
    }

    /** Its force folder; the feeds have no limits that the simulation would exceed. */
    static TrialForce force(Path folder) {
        String lax =
                "limits: {min_rows: 0, max_refused_share: 1, max_deleted_share: 1, max_deleted_share_28_days: 1}\n";
        return TrialForce.in(folder)
                .edit("force.yml", "made: false", "made: " + Boolean.getBoolean("fpw.year.pages"))
                .edit("feeds/devices.yml", """
                    limits:
                      min_rows: 10
                      max_refused_share: 0.01
                      max_deleted_share: 0.2
                    """, lax)
                .edit(
                        "feeds/devices.yml",
                        "  - {name: examined_on,",
                        "  - {name: sealed_at, from: SEALED, type: local_time, privacy: not_personal}\n"
                                + "  - {name: examined_on,")
                .edit("feeds/exits.yml", "limits: {min_rows: 0}\n", lax)
                .edit("feeds/exits.yml", "extract: full\n", "extract: changes\ndeleted: gone\n")
                .edit(
                        "feeds/exits.yml",
                        "columns:\n",
                        "columns:\n  - {name: gone, from: GONE, type: boolean, privacy: not_personal}\n");
    }

    private void receive(LocalDate from, LocalDate to) {
        for (LocalDate day = from; day.isBefore(to); day = day.plusDays(1)) {
            for (int count = dice.nextInt(3); count > 0; count--) {
                LocalDate left = day.plusDays(1 + (long) (-20 * Math.log(1 - dice.nextDouble())));
                boolean isExamined = dice.nextInt(5) > 0;
                all.add(new Device(
                        "D%04d".formatted(all.size()),
                        day,
                        KINDS.get(dice.nextInt(KINDS.size())),
                        dice.nextInt(8) > 0 ? day : day.plusDays(1 + dice.nextInt(10)),
                        left,
                        isExamined,
                        dice.nextInt(4) > 0 ? LocalDate.MAX : left.plusDays(1 + dice.nextInt(10)),
                        dice.nextInt(6) > 0 ? LocalDate.MAX : left.plusDays(30)));
            }
        }
    }

    private List<Delivery> devices(LocalDate first, int count, int figuresEvery) {
        List<Delivery> deliveries = new ArrayList<>();
        List<Event> events = events(count, figuresEvery);
        SortedMap<LocalDate, List<String>> waiting = new TreeMap<>();
        List<String> last = List.of();
        for (int night = 0; night < count; night++) {
            LocalDate date = first.plusDays(night);
            List<String> lines = new ArrayList<>(List.of(DEVICES));
            all.stream().flatMap(device -> Stream.ofNullable(device.line(date))).forEach(lines::add);
            Event event = events.get(night);
            @Nullable List<String> wrong = null;
            if (event == Event.REPEATED) {
                lines = last;
            } else if (event == Event.CORRECTED) {
                wrong = new ArrayList<>(lines.subList(0, lines.size() - 1));
                wrong.set(1, wrong.get(1).replaceAll("[^,]*,$", "mistake,"));
            } else if (event == Event.REFUSED) {
                int broken = 1 + dice.nextInt(lines.size() - 1);
                lines.set(broken, lines.get(broken).replaceFirst("(,S..),[-0-9]*", "$1,2024-02-31"));
                lines.add("X%04d,S00,soon,,,phone,".formatted(night));
            }
            waiting.put(date, lines);
            if (event == Event.LATE) {
                deliveries.add(new Delivery(event, new TreeMap<>(), null));
            } else {
                deliveries.add(new Delivery(event, waiting, wrong));
                waiting = new TreeMap<>();
                last = lines;
            }
        }
        return deliveries;
    }

    private List<Delivery> exits(LocalDate first, int count, int figuresEvery) {
        List<Delivery> deliveries = new ArrayList<>();
        List<Event> events = events(count, figuresEvery);
        SortedMap<LocalDate, List<String>> waiting = new TreeMap<>();
        for (int night = 0; night < count; night++) {
            LocalDate date = first.plusDays(night);
            List<String> lines = new ArrayList<>(List.of(EXITS));
            LocalDate from = night == 0 ? first.minusDays(DAYS_BEFORE) : date;
            for (Device device : all) {
                from.datesUntil(date.plusDays(1))
                        .flatMap(day -> Stream.ofNullable(device.change(day)))
                        .reduce((before, latest) -> latest)
                        .ifPresent(lines::add);
            }
            Event event = events.get(night);
            @Nullable List<String> wrong = null;
            if (event == Event.CORRECTED) {
                wrong = lines.subList(0, Math.max(1, lines.size() - 1));
                lines = new ArrayList<>(lines);
                lines.add("L%04d,%s,N".formatted(night, date));
            } else if (event == Event.REFUSED) {
                lines.add("X%04d,soon,N".formatted(night));
            }
            waiting.put(date, lines);
            if (event == Event.LATE) {
                deliveries.add(new Delivery(event, new TreeMap<>(), null));
            } else {
                deliveries.add(new Delivery(event, waiting, wrong));
                waiting = new TreeMap<>();
            }
        }
        return deliveries;
    }

    private List<Event> events(int count, int figuresEvery) {
        List<Event> events = new ArrayList<>();
        int late = 0;
        for (int night = 0; night < count; night++) {
            Event[] kinds = Event.values();
            Event event = dice.nextInt(3) > 0 ? Event.ON_TIME : kinds[1 + dice.nextInt(kinds.length - 1)];
            boolean isPlain = night == 0 || (night + 1) % figuresEvery == 0;
            if (isPlain) {
                event = Event.ON_TIME;
            } else if (late > 0) {
                late--;
                event = Event.LATE;
            } else if (event == Event.LATE) {
                late = dice.nextInt(TWO_NIGHTS_OF);
            }
            late = isPlain ? 0 : late;
            events.add(event);
        }
        return events;
    }

    // ---- what is true after a file

    /** A row as it must be in {@code current}; null if the line cannot be read. */
    private static @Nullable String deviceRow(String[] fields) {
        if (!fields[2].matches("\\d{4}-\\d\\d-\\d\\d") || fields[2].endsWith("-02-31")) {
            return null;
        }
        return "received %s sealed %s examined %s kind %s"
                .formatted(
                        fields[2],
                        LocalDateTime.parse(fields[3]).atZone(ZONE).toInstant(),
                        fields[4].isEmpty() ? "-" : fields[4],
                        fields[5].isEmpty() ? "-" : fields[5]);
    }

    /** The devices after a whole list: unreadable ones stay as they were, and missing ones are gone. */
    static SortedMap<String, String> devicesAfter(Map<String, String> before, List<String> lines) {
        SortedMap<String, String> after = new TreeMap<>();
        for (String line : lines.subList(1, lines.size())) {
            String[] fields = line.split(",", -1);
            @Nullable String row = deviceRow(fields);
            @Nullable String stays = row == null ? before.get(fields[0]) : row;
            if (stays != null) {
                after.put(fields[0], stays);
            }
        }
        return after;
    }

    /** The exits after changes. */
    static SortedMap<String, String> exitsAfter(Map<String, String> before, List<String> lines) {
        SortedMap<String, String> after = new TreeMap<>(before);
        for (String line : lines.subList(1, lines.size())) {
            String[] fields = line.split(",", -1);
            if (fields[2].equals("Y")) {
                after.remove(fields[0]);
            } else if (!fields[1].equals("soon")) {
                after.put(fields[0], "withdrawn " + fields[1]);
            }
        }
        return after;
    }

    /** How many rows of a file cannot be read. */
    static int refused(List<String> lines) {
        return (int) lines.stream()
                .filter(line -> line.contains(",soon,") || line.contains(",2024-02-31,"))
                .count();
    }

    /**
     * The number of devices received, how many of them have left, and how many wait: each is examined or withdrawn
     * once.
     */
    static Map<String, Long> figures(Map<String, String> devices, Map<String, String> exits) {
        long left = devices.entrySet().stream()
                .filter(device -> !device.getValue().contains("examined - ") || exits.containsKey(device.getKey()))
                .count();
        Map<String, Long> figures = new LinkedHashMap<>();
        figures.put("received", (long) devices.size());
        figures.put("left", left);
        figures.put("waiting", devices.size() - left);
        return figures;
    }
}

package uk.fpw.nightly.acceptance;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A laboratory that received devices for three years, and sends the whole list of them on any day: most are examined,
 * some withdrawn, some come in again, and some still wait although somebody has closed them. The same seed always gives
 * the same devices.
 */
final class RetainedForce {

    static final LocalDate BEGIN = LocalDate.of(2021, 1, 1);
    private static final LocalDate END = LocalDate.of(2024, 3, 1);
    private static final String RETAIN = "retain: 2 years after closed_on\n";
    private static final String HEADER = "DEVICE,SUSPECT,RECEIVED,EXAMINED,WITHDRAWN,REOPENED,DONE,CLOSED,KIND";
    private static final List<String> KINDS = List.of("phone", "phone", "computer", "tablet", "");

    private final TrialForce trial;
    private final List<Device> devices;

    private RetainedForce(TrialForce trial, List<Device> devices) {
        this.trial = trial;
        this.devices = devices;
    }

    /**
     * A device.
     *
     * @param leftOn when it was examined or withdrawn; null if it waits for ever
     * @param reopenedOn when it came in again; null if it did not
     * @param closedOn when the laboratory closed it; null if it never does
     */
    private record Device(
            String id,
            String suspect,
            String kind,
            LocalDate receivedOn,
            @Nullable LocalDate leftOn,
            boolean isWithdrawn,
            @Nullable LocalDate reopenedOn,
            @Nullable LocalDate doneOn,
            @Nullable LocalDate closedOn) {

        String line(LocalDate date) {
            return String.join(
                    ",",
                    id,
                    suspect,
                    receivedOn.toString(),
                    text(isWithdrawn ? null : leftOn, date),
                    text(isWithdrawn ? leftOn : null, date),
                    text(reopenedOn, date),
                    text(doneOn, date),
                    text(closedOn, date),
                    kind);
        }

        boolean hasLeftBefore(LocalDate day, LocalDate date) {
            LocalDate last = reopenedOn == null || reopenedOn.isAfter(date) ? leftOn : doneOn;
            return last != null && last.isBefore(day);
        }

        private static String text(@Nullable LocalDate day, LocalDate date) {
            return day == null || day.isAfter(date) ? "" : day.toString();
        }
    }

    /** The force folder, whose feed has {@code retain} or not. */
    static RetainedForce in(Path folder, long seed, boolean isRetaining) {
        try {
            TrialForce trial = TrialForce.in(Files.createDirectories(folder));
            for (String gone : List.of("feeds/exits.yml", "staging/withdrawals.yml", "staging/withdrawals.sql")) {
                Files.delete(trial.folder().resolve(gone));
            }
            write(trial, "feeds/devices.yml", """
                    feed: devices
                    source: lab
                    description: Devices as the laboratory knows them, one row per device.
                    connection: drop
                    file: devices_{date}.csv
                    delivery: {days: daily}
                    extract: full
                    %skey: [device_id]
                    item: device_id
                    columns:
                      - {name: device_id, from: DEVICE, type: text, privacy: pseudonymise}
                      - {name: suspect_id, from: SUSPECT, type: text, privacy: pseudonymise}
                      - {name: received_on, from: RECEIVED, type: date, required: true, privacy: not_personal}
                      - {name: examined_on, from: EXAMINED, type: date, privacy: not_personal}
                      - {name: withdrawn_on, from: WITHDRAWN, type: date, privacy: not_personal}
                      - {name: reopened_on, from: REOPENED, type: date, privacy: not_personal}
                      - {name: done_on, from: DONE, type: date, privacy: not_personal}
                      - {name: closed_on, from: CLOSED, type: date, privacy: not_personal}
                      - {name: kind, from: KIND, type: text, privacy: not_personal}
                    """.formatted(isRetaining ? RETAIN : ""));
            write(trial, "staging/receipts.yml", """
                    staging: receipts
                    source: lab
                    item_kind: device
                    feeds: [devices]
                    events: [received, examined, withdrawn, reopened]
                    attributes: [kind]
                    at_entry:
                      - {attribute: kind, from: event}
                    """);
            write(trial, "staging/receipts.sql", events());
            write(trial, "queues/awaiting_examination.yml", """
                    queue: awaiting_examination
                    version: 1
                    title: Devices awaiting examination
                    description: From receipt to examination or withdrawal.
                    item_kind: device
                    item_unit: devices
                    enters: [received, reopened]
                    leaves:
                      - {event: examined, as: examined, served: true}
                      - {event: withdrawn, as: withdrawn, served: false}
                    slices: [kind]
                    age_bands: [30, 90]
                    standards:
                      - {standard: within_28_days, title: Within 28 days, within_days: 28}
                    comparisons:
                      - {comparison: quarters, title: Slower than the quarter before?, by: cohort, every: quarter}
                      - {comparison: kinds, title: Which kind waits longest?, by: slice, slice: kind}
                    """);
            trial.edit("force.yml", "force: trial", "force: trial\nconfirm_date_after_days: 400");
            return new RetainedForce(trial, devices(seed));
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private static String events() {
        StringBuilder sql = new StringBuilder(
                "-- What happened to each device.\n-- Grain: item_key, event. Reads: " + "devices.\n");
        List<List<String>> events = List.of(
                List.of("received", "received_on"),
                List.of("examined", "examined_on"),
                List.of("withdrawn", "withdrawn_on"),
                List.of("reopened", "reopened_on"),
                List.of("examined", "done_on"));
        for (int order = 0; order < events.size(); order++) {
            String column = events.get(order).get(1);
            sql.append(order == 0 ? "" : "\nunion all\n\n")
                    .append("""
                            select
                                device_id as item_key,
                                suspect_id as contributor_key,
                                '%s' as event,
                                %s as occurred_on,
                                %d as event_order,
                                kind
                            from devices
                            where %s is not null
                            """.formatted(events.get(order).get(0), column, order, column));
        }
        return sql.toString();
    }

    private static List<Device> devices(long seed) {
        Random dice = new Random(seed);
        List<Device> devices = new ArrayList<>();
        for (LocalDate day = BEGIN; day.isBefore(END); day = day.plusDays(1)) {
            for (int count = dice.nextInt(3); count > 0; count--) {
                int fate = dice.nextInt(20);
                LocalDate left = fate == 0 ? null : day.plusDays((long) (-40 * Math.log(1 - dice.nextDouble())));
                LocalDate reopened = left != null && fate < 3 ? left.plusDays(dice.nextInt(60)) : null;
                LocalDate done =
                        reopened == null || dice.nextInt(8) == 0 ? null : reopened.plusDays(1 + dice.nextInt(50));
                LocalDate last = reopened == null ? left : done;
                LocalDate closed = last != null
                        ? last.plusDays(dice.nextInt(10) == 0 ? -3 : dice.nextInt(30))
                        : dice.nextInt(2) == 0 ? day.plusDays(20) : null;
                devices.add(new Device(
                        "D%04d-C".formatted(devices.size()),
                        "S%03d".formatted(dice.nextInt(300)),
                        KINDS.get(dice.nextInt(KINDS.size())),
                        day,
                        left,
                        dice.nextInt(6) == 0,
                        reopened,
                        done,
                        closed));
            }
        }
        return devices;
    }

    private static void write(TrialForce trial, String file, String text) throws IOException {
        Files.writeString(trial.folder().resolve(file), text);
    }

    TrialForce trial() {
        return trial;
    }

    String path() {
        return trial.folder().toString();
    }

    /** The same, which must release without a change of past figures. */
    void succeed(Installation fpw, LocalDate date) {
        Installation.Outcome night = night(fpw, date);
        if (night.exitCode() != 0) {
            throw new AssertionError("night of " + date + " of " + path() + ": " + night);
        }
    }

    /** Drops the list of a date and runs its night. */
    Installation.Outcome night(Installation fpw, LocalDate date) {
        trial.writeDevices(
                date,
                Stream.concat(Stream.of(HEADER), received(date).map(device -> device.line(date)))
                        .toList());
        return fpw.run("nightly", "--force", path(), "--date", date.toString());
    }

    private Stream<Device> received(LocalDate date) {
        return devices.stream().filter(device -> !device.receivedOn().isAfter(date));
    }

    /** Number of devices that the laboratory sends on a date. */
    long sentCount(LocalDate date) {
        return received(date).count();
    }

    /** The day before which devices that were closed are removed on a date. */
    static LocalDate horizon(LocalDate date) {
        return date.minusYears(2).withDayOfMonth(1);
    }

    /**
     * By kind, which may be empty, the number of devices that had left before a day for the last time, as far as it is
     * known on a date: they are not counted once devices that were closed before the day were removed.
     */
    Map<String, Long> leftBefore(LocalDate day, LocalDate date) {
        return received(date)
                .filter(device -> device.hasLeftBefore(day, date))
                .collect(Collectors.groupingBy(Device::kind, Collectors.counting()));
    }

    /**
     * The devices whose time is over on a date: closed two years before the first of its month, and examined or
     * withdrawn for the last time by then, as far as it is known on the date.
     */
    SortedSet<String> over(LocalDate date) {
        LocalDate horizon = horizon(date);
        SortedSet<String> over = new TreeSet<>();
        received(date).forEach(device -> {
            boolean isClosed = device.closedOn() != null && device.closedOn().isBefore(horizon);
            if (isClosed && device.hasLeftBefore(horizon, date)) {
                over.add(device.id());
            }
        });
        return over;
    }
}

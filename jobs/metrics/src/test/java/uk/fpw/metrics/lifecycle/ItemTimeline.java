package uk.fpw.metrics.lifecycle;

import java.nio.file.Path;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import uk.fpw.metrics.series.QueueSpec;
import uk.fpw.warehouse.force.Coverage;
import uk.fpw.warehouse.force.Force;
import uk.fpw.warehouse.force.queue.Milestones;
import uk.fpw.warehouse.force.queue.Queue;
import uk.fpw.warehouse.force.queue.Service;
import uk.fpw.warehouse.force.staging.AtEntry;
import uk.fpw.warehouse.force.staging.StagingQuery;
import uk.fpw.warehouse.testing.SchemaDefaults;

/** One item's history in the queues of a test, written as text. */
public record ItemTimeline(List<String> queues, ItemLifecycle.Result result) {

    public static final LocalDate BUSINESS_DATE = LocalDate.of(2015, 3, 31);

    /** A queue of devices, which may be a stage of another. */
    public static Queue queue(
            String name,
            @Nullable String parent,
            List<String> enters,
            List<Queue.ReEntry> reEnters,
            List<Queue.Exit> leaves) {
        return new Queue(
                name,
                1,
                name,
                name,
                "device",
                "devices",
                enters,
                reEnters,
                leaves,
                List.of("kind"),
                List.of(),
                null,
                LocalDate.of(1990, 1, 1),
                0,
                List.of(30),
                parent,
                null,
                true,
                Service.WORKING_DAYS,
                null,
                null,
                0.05,
                List.of(),
                List.of(),
                SchemaDefaults.noQueueLimits());
    }

    /**
     * Follows an item.
     *
     * @param events one per line: day, time in UTC if known, event, and what differs from {@code order=0},
     *     {@code of=device} (item kind), {@code by=owner} (contributor), {@code in=devices} (staging query) and
     *     {@code kind=} (attribute); text after {@code #} is ignored
     */
    static ItemTimeline of(List<Queue> queues, String events) {
        Force force = force(queues);
        ItemLifecycle lives = new ItemLifecycle(force, QueueSpec.of(force, new Coverage(BUSINESS_DATE, Map.of())));
        return new ItemTimeline(queues.stream().map(Queue::name).toList(), lives.follow(events(events)));
    }

    /** Events of one item, written as in {@link #of}. */
    static List<ItemEvent> events(String events) {
        return events.lines()
                .map(line -> event(line.replaceFirst("#.*", "").trim().split(" +")))
                .toList();
    }

    /**
     * Milestones of devices that are reported and dropped: they are to be seen, and to be visited unless they are
     * said to be far away.
     */
    public static Milestones milestones() {
        return new Milestones(
                "open_devices",
                2,
                "Open devices",
                "Open devices.",
                "device",
                List.of("reported", "reopened"),
                List.of("dropped"),
                List.of(
                        new Milestones.Step("seen", "Seen", List.of("seen", "seen_again"), List.of()),
                        new Milestones.Step("visited", "Visited", List.of("visited"), List.of("far"))),
                List.of(),
                new Milestones.Silence(List.of(new Milestones.Activity("device", List.of("seen", "visited"))), 20, 20));
    }

    private static ItemEvent event(String[] words) {
        LocalDate day = LocalDate.parse(words[0]);
        boolean hasTime = words[1].contains(":");
        Map<String, String> given = new TreeMap<>();
        Arrays.stream(words)
                .skip(hasTime ? 3 : 2)
                .map(word -> word.split("=", 2))
                .forEach(pair -> given.put(pair[0], pair[1]));
        return new ItemEvent(
                "unit",
                given.getOrDefault("of", "device"),
                given.getOrDefault("by", "owner"),
                words[hasTime ? 2 : 1],
                (int) day.toEpochDay(),
                hasTime
                        ? (Long) (day.toEpochDay() * 86_400
                                        + LocalTime.parse(words[1]).toSecondOfDay())
                                * 1_000_000
                        : null,
                Long.parseLong(given.getOrDefault("order", "0")),
                given.containsKey("kind") ? Map.of("kind", given.get("kind")) : Map.of(),
                given.getOrDefault("in", "devices"));
    }

    /** A force with these queues and nothing else. */
    public static Force force(List<Queue> queues) {
        return force(queues, List.of());
    }

    /** A force with these queues and milestones, and one staging query that returns their events. */
    public static Force force(List<Queue> queues, List<Milestones> milestones) {
        StagingQuery staging = new StagingQuery(
                "devices",
                "unit",
                "device",
                List.of(),
                slices(queues).toList(),
                slices(queues)
                        .map(slice -> new AtEntry(slice, AtEntry.From.EVENT, null, null, null, null))
                        .toList(),
                Stream.concat(
                                queues.stream().flatMap(queue -> Stream.of(
                                                queue.enters().stream(),
                                                queue.reEnters().stream().map(Queue.ReEntry::event),
                                                queue.leaves().stream().map(Queue.Exit::event))
                                        .flatMap(events -> events)),
                                milestones.stream().flatMap(each -> each.opens().stream()))
                        .distinct()
                        .toList(),
                "",
                Path.of("devices.sql"));
        return new Force(
                Path.of("testshire"),
                new Force.Identity(
                        "testshire",
                        "Testshire",
                        ZoneId.of("Europe/London"),
                        Force.Storage.embedded(Path.of("warehouse")),
                        7),
                new Force.Sources(List.of(), List.of(), List.of()),
                new Force.Meaning(
                        List.of(staging),
                        queues,
                        milestones,
                        List.of(),
                        List.of(),
                        List.of(),
                        List.of(),
                        Force.Background.NONE),
                "digest");
    }

    private static Stream<String> slices(List<Queue> queues) {
        return queues.stream().flatMap(queue -> queue.slices().stream()).distinct();
    }

    /**
     * Queue, day of entry, day of leaving and how, or {@code waits}; for a further spell also why the item came back,
     * and the day of the first.
     */
    List<String> spells() {
        return result.spells().stream()
                .map(spell -> queues.get(spell.queue()) + " " + day(spell.opening()) + " "
                        + (spell.closing() == null
                                ? "waits"
                                : day(spell.closing()) + " " + spell.leftAs() + (spell.isServed() ? ", served" : ""))
                        + (spell.isReentry()
                                ? "; " + spell.reentryReason() + ", first "
                                        + LocalDate.ofEpochDay(spell.firstEnteredOn())
                                : ""))
                .toList();
    }

    /** Queue, code, event and its day. */
    List<String> irregularities() {
        return result.irregularities().stream()
                .map(one -> queues.get(one.queue()) + " " + one.code() + " "
                        + one.event().event() + " " + day(one.event()))
                .toList();
    }

    /** Queue, direction and day on which an excluded item would enter or leave. */
    List<String> excluded() {
        return result.excluded().stream()
                .map(turn -> queues.get(turn.queue())
                        + (turn.isEntry() ? " in " : " out ")
                        + LocalDate.ofEpochDay(turn.day()))
                .toList();
    }

    private static LocalDate day(ItemEvent event) {
        return LocalDate.ofEpochDay(event.occurredOn());
    }
}

package uk.fpw.metrics.pass;

import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;
import uk.fpw.metrics.lifecycle.ItemEvent;
import uk.fpw.warehouse.force.Force;
import uk.fpw.warehouse.force.queue.Queue;

/**
 * Items of a force with random events: close together so that ties are common, some stated twice, some on impossible
 * days, some in the future.
 */
final class RandomItems {

    static final LocalDate BUSINESS_DATE = LocalDate.of(2015, 11, 18);

    private static final int DAYS = 500;
    private static final long MICROS_PER_HOUR = 3_600_000_000L;
    private static final List<String> VALUES = List.of("high", "urgent", "low", "it's", "all");

    private RandomItems() {}

    /** This many items, by key. */
    static Map<String, List<ItemEvent>> of(Force force, long seed, int items) {
        Random random = new Random(seed);
        Map<String, List<ItemEvent>> all = new TreeMap<>();
        for (int item = 0; item < items; item++) {
            all.put("town:" + item, events(force, random, items / 2));
        }
        return all;
    }

    /** Random events of one item, of its kind. */
    private static List<ItemEvent> events(Force force, Random random, int contributors) {
        Queue of = force.queues().get(random.nextInt(force.queues().size()));
        List<Queue> queues = force.queues().stream()
                .filter(queue -> queue.itemKind().equals(of.itemKind()))
                .toList();
        List<String> names = queues.stream()
                .flatMap(queue -> Stream.of(
                                queue.enters().stream(),
                                queue.reEnters().stream().map(Queue.ReEntry::event),
                                queue.leaves().stream().map(Queue.Exit::event))
                        .flatMap(all -> all))
                .distinct()
                .sorted()
                .toList();
        List<String> slices = queues.stream()
                .flatMap(queue -> queue.slices().stream())
                .distinct()
                .sorted()
                .toList();
        int start = (int) BUSINESS_DATE.toEpochDay() - random.nextInt(DAYS);
        String contributor = "town:c" + random.nextInt(contributors);
        List<ItemEvent> events = new ArrayList<>();
        for (int i = random.nextInt(8); i >= 0; i--) {
            int day = random.nextInt(40) == 0
                    ? (int) LocalDate.of(1900, 1, 1).toEpochDay()
                    : start + random.nextInt(1 + random.nextInt(120));
            Map<String, String> attributes = new HashMap<>();
            for (String slice : slices) {
                if (random.nextInt(5) > 0) {
                    attributes.put(slice, VALUES.get(random.nextInt(VALUES.size())));
                }
            }
            ItemEvent event = new ItemEvent(
                    "town",
                    of.itemKind(),
                    random.nextInt(20) == 0 ? "town:c" + random.nextInt(contributors) : contributor,
                    i > 5 || (events.isEmpty() && random.nextInt(3) > 0)
                            ? names.get(0)
                            : names.get(random.nextInt(names.size())),
                    day,
                    random.nextBoolean() ? null : moment(force, day, random),
                    random.nextInt(3),
                    attributes,
                    random.nextBoolean() ? "a_query" : "another_query");
            events.add(event);
            if (random.nextInt(15) == 0) {
                events.add(event);
            }
        }
        return events;
    }

    private static long moment(Force force, int day, Random random) {
        LocalDate date = LocalDate.ofEpochDay(day);
        long start = ChronoUnit.MICROS.between(
                Instant.EPOCH, date.atStartOfDay(force.zone()).toInstant());
        return start + (random.nextInt(4) == 0 ? 0 : random.nextInt(20) * MICROS_PER_HOUR);
    }
}

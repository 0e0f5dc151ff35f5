package uk.fpw.warehouse.force;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import uk.fpw.text.Plural;
import uk.fpw.text.Sha256;
import uk.fpw.warehouse.force.feed.Feed;
import uk.fpw.warehouse.force.queue.Queue;
import uk.fpw.warehouse.force.rule.Rule;
import uk.fpw.warehouse.force.sql.SqlFileCheck;
import uk.fpw.warehouse.force.staging.AtEntry;
import uk.fpw.warehouse.force.staging.StagingQuery;

/**
 * A fingerprint of everything that affects the figures of a queue. Comments, layout, the order of fields and of
 * unordered lists, and explicit defaults do not matter. Titles, descriptions, comparisons and limits are not included,
 * since they do not change figures of the queue.
 *
 * @param version version of the queue
 * @param fields fields of the queue file by name in alphabetical order, each as JSON
 * @param stagingDigest SHA-256 (hex) of the staging queries that return events of the queue, with their declarations
 * @param rulesDigest SHA-256 (hex) of the rules on feeds with the same items
 * @param presentation what changes no count: that of {@link Queue#presentation}, and {@code bank_holidays}, of which
 *     the last word is a digest; in none of the digests
 */
public record QueueFingerprint(
        String queue,
        int version,
        Map<String, String> fields,
        String stagingDigest,
        String rulesDigest,
        Map<String, String> presentation) {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int DIGITS = 8;

    /** The fingerprint of one queue. */
    public static QueueFingerprint of(Force force, Queue queue) {
        List<StagingQuery> stagings = force.stagingsBehind(queue);
        Set<String> sources = stagings.stream().map(StagingQuery::source).collect(Collectors.toSet());
        return new QueueFingerprint(
                queue.name(),
                queue.version(),
                fields(queue),
                sha256(Stream.concat(
                                stagings.stream().map(QueueFingerprint::text),
                                stagings.stream().flatMap(staging -> closedLists(force, staging)))
                        .toList()),
                sha256(Stream.concat(
                                force.rules().stream()
                                        .filter(rule -> sources.contains(
                                                force.feed(rule.feed()).source()))
                                        .map(QueueFingerprint::text),
                                force.feeds().stream()
                                        .filter(feed -> sources.contains(feed.source()))
                                        .flatMap(QueueFingerprint::scope))
                        .toList()),
                presentation(force, queue));
    }

    /** Of the queue, and the bank holidays by which its days of service are counted, in short. */
    private static SortedMap<String, String> presentation(Force force, Queue queue) {
        SortedMap<String, String> fields = queue.presentation();
        if (queue.service().isByBankHolidays()) {
            List<String> dates = force.bankHolidays().stream()
                    .distinct()
                    .sorted()
                    .map(LocalDate::toString)
                    .toList();
            fields.put(
                    "bank_holidays",
                    dates.isEmpty()
                            ? Queue.NONE
                            : Plural.of(dates.size(), "date") + " to " + dates.get(dates.size() - 1) + " ("
                                    + sha256(dates).substring(0, DIGITS) + ")");
        }
        return fields;
    }

    /** A scope excludes rows just as a rule does. */
    private static Stream<String> scope(Feed feed) {
        return Stream.ofNullable(feed.scope())
                .map(scope -> json(List.of("scope", feed.name(), SqlFileCheck.withoutLayout(scope.where()))));
    }

    /** The fingerprints of all queues in the order of the force. */
    public static List<QueueFingerprint> of(Force force) {
        return force.queues().stream().map(queue -> of(force, queue)).toList();
    }

    /** SHA-256 (hex) of the queue file. */
    public String queueDigest() {
        return sha256(fields.entrySet().stream()
                .map(field -> field.getKey() + ": " + field.getValue())
                .toList());
    }

    /** Names of the fields with other values in another fingerprint of the queue, in alphabetical order. */
    public SortedSet<String> differences(Map<String, String> others) {
        SortedSet<String> names = new TreeSet<>(fields.keySet());
        names.addAll(others.keySet());
        names.removeIf(name -> fields.containsKey(name) && fields.get(name).equals(others.get(name)));
        return names;
    }

    private static Map<String, String> fields(Queue queue) {
        Map<String, Object> fields = new TreeMap<>();
        fields.put("item_kind", queue.itemKind());
        fields.put("item_unit", queue.itemUnit());
        fields.put("enters", new TreeSet<>(queue.enters()));
        fields.put(
                "re_enters",
                sorted(queue.reEnters().stream()
                        .map(again -> List.of(again.event(), again.reason()))
                        .toList()));
        fields.put(
                "leaves",
                sorted(queue.leaves().stream()
                        .map(exit -> List.of(exit.event(), exit.as(), String.valueOf(exit.served())))
                        .toList()));
        fields.put("slices", new TreeSet<>(queue.slices()));
        fields.put("observed_from", String.valueOf(queue.observedFrom()));
        fields.put("earliest_entry", queue.earliestEntry().toString());
        fields.put("provisional_days", queue.provisionalDays());
        fields.put("age_bands", queue.ageBandLimits());
        fields.put("parent", String.valueOf(queue.parent()));
        // Their order matters, since the first standard that applies to an item counts.
        fields.put(
                "standards",
                queue.standards().stream()
                        .map(standard -> List.of(
                                standard.name(),
                                String.valueOf(standard.withinHours()),
                                String.valueOf(standard.withinDays()),
                                when(standard)))
                        .toList());
        Map<String, String> texts = new TreeMap<>();
        fields.forEach((name, value) -> texts.put(name, json(value)));
        return texts;
    }

    private static Map<String, SortedSet<String>> when(Queue.Standard standard) {
        Map<String, SortedSet<String>> when = new TreeMap<>();
        standard.when().forEach((slice, values) -> when.put(slice, new TreeSet<>(values)));
        return when;
    }

    private static List<String> sorted(Collection<List<String>> rows) {
        return rows.stream().map(QueueFingerprint::json).sorted().toList();
    }

    private static String text(StagingQuery staging) {
        List<Object> parts = new ArrayList<>(List.of(
                staging.name(),
                staging.source(),
                staging.itemKind(),
                new TreeSet<>(staging.feeds()),
                new TreeSet<>(staging.attributes()),
                new TreeSet<>(staging.events()),
                SqlFileCheck.withoutLayout(staging.sql())));
        if (!staging.atEntry().isEmpty()) {
            // Without a declaration the digest must equal that of earlier releases.
            parts.add(staging.atEntry().stream()
                    .collect(Collectors.toMap(AtEntry::attribute, AtEntry::basis, (one, other) -> one, TreeMap::new)));
        }
        return json(parts);
    }

    /** A closed list determines which values staging sees; nothing for feeds without one. */
    private static Stream<String> closedLists(Force force, StagingQuery staging) {
        return staging.feeds().stream().flatMap(feed -> force.feed(feed).lists().values().entrySet().stream()
                .map(list -> json(List.of(feed, list.getKey(), new TreeSet<>(list.getValue())))));
    }

    /** Without the message, which is for readers. */
    private static String text(Rule rule) {
        return json(List.of(
                rule.code(), rule.feed(), rule.severity().name(), SqlFileCheck.withoutLayout(rule.expression())));
    }

    static String json(Object value) {
        try {
            return JSON.writeValueAsString(value);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    static String sha256(Collection<String> lines) {
        return Sha256.hex(lines.stream().sorted().map(line -> line + "\n").collect(Collectors.joining()));
    }
}

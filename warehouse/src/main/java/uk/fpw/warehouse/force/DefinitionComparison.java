package uk.fpw.warehouse.force;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import uk.fpw.warehouse.force.grading.GradingScheme;
import uk.fpw.warehouse.force.pack.Pack;
import uk.fpw.warehouse.force.queue.Queue;
import uk.fpw.warehouse.force.rule.Rule;
import uk.fpw.warehouse.force.sql.SqlFileCheck;
import uk.fpw.warehouse.force.staging.StagingQuery;

/**
 * What the queues and grading schemes of two force folders count differently, in words. Events and attributes of one
 * name count as the same: the staging queries of two forces read different systems and are not compared.
 */
public final class DefinitionComparison {

    private final Force one;
    private final Force other;
    private final String nameOfOne;
    private final String nameOfOther;

    /**
     * The comparison of two forces.
     *
     * @param nameOfOne what to call the first one
     * @param nameOfOther what to call the second one
     */
    public DefinitionComparison(Force one, String nameOfOne, Force other, String nameOfOther) {
        this.one = one;
        this.other = other;
        this.nameOfOne = nameOfOne;
        this.nameOfOther = nameOfOther;
    }

    /**
     * A queue of both forces.
     *
     * @param counts what makes its figures differ, a line each; empty if it is counted the same
     * @param presentation what changes no figure of it, such as its title and on which days it is served, a line each
     */
    public record Compared(String queue, List<String> counts, List<String> presentation) {}

    /** The queues of both forces by name. */
    public List<Compared> compared() {
        return new TreeMap<>(queues(one))
                .values().stream()
                        .filter(queue -> queues(other).containsKey(queue.name()))
                        .map(queue -> compare(queue, other.queue(queue.name())))
                        .toList();
    }

    /** The queues that only the first force has, by name. */
    public List<Queue> onlyInOne() {
        return only(one, other);
    }

    /** The queues that only the second force has, by name. */
    public List<Queue> onlyInOther() {
        return only(other, one);
    }

    /** How days differ, on which every count depends: a sentence for a different time zone, otherwise empty. */
    public List<String> days() {
        return one.zone().equals(other.zone())
                ? List.of()
                : List.of(scalar("days", one.zone().toString(), other.zone().toString()));
    }

    /**
     * A grading scheme of both forces.
     *
     * @param counts what makes its figures differ, a line each; empty if it grades the same
     */
    public record ComparedScheme(String scheme, List<String> counts) {}

    /** The grading schemes of both forces by name. */
    public List<ComparedScheme> comparedSchemes() {
        Map<String, GradingScheme> others = schemes(other);
        return schemes(one).values().stream()
                .flatMap(scheme -> Stream.ofNullable(others.get(scheme.name()))
                        .map(second -> new ComparedScheme(scheme.name(), gradesOf(scheme, second))))
                .toList();
    }

    /** Names of the grading schemes that only the first force has. */
    public List<String> schemesOnlyInOne() {
        return onlySchemes(one, other);
    }

    /** Names of the grading schemes that only the second force has. */
    public List<String> schemesOnlyInOther() {
        return onlySchemes(other, one);
    }

    private static List<String> onlySchemes(Force force, Force without) {
        Set<String> names = new TreeSet<>(schemes(force).keySet());
        names.removeAll(schemes(without).keySet());
        return List.copyOf(names);
    }

    private static SortedMap<String, GradingScheme> schemes(Force force) {
        return force.schemes().stream()
                .collect(Collectors.toMap(
                        GradingScheme::name, Function.identity(), (first, second) -> first, TreeMap::new));
    }

    private static List<String> lists(GradingScheme scheme) {
        return scheme.versions().stream()
                .map(version -> "version " + version.version() + " from " + version.validFrom() + " ("
                        + String.join(", ", version.grades()) + ")")
                .toList();
    }

    private List<String> gradesOf(GradingScheme a, GradingScheme b) {
        return lists(a).equals(lists(b)) ? List.of() : List.of(lists("lists of grades", lists(a), lists(b)));
    }

    /** The packs of which the queues and schemes are; empty if neither force has any. */
    public List<String> packs() {
        String ofOne = packs(one);
        String ofOther = packs(other);
        if (ofOne.equals(ofOther)) {
            return one.packs().isEmpty() ? List.of() : List.of("packs: " + ofOne + " in both");
        }
        return List.of(scalar("packs", ofOne, ofOther));
    }

    private static String packs(Force force) {
        return force.packs().isEmpty()
                ? "none"
                : force.packs().stream().map(Pack::label).sorted().collect(Collectors.joining(", "));
    }

    private static List<Queue> only(Force force, Force without) {
        Set<String> there = queues(without).keySet();
        return queues(force).values().stream()
                .filter(queue -> !there.contains(queue.name()))
                .toList();
    }

    private static SortedMap<String, Queue> queues(Force force) {
        return force.queues().stream()
                .collect(Collectors.toMap(Queue::name, Function.identity(), (first, second) -> first, TreeMap::new));
    }

    private Compared compare(Queue a, Queue b) {
        QueueFingerprint printA = QueueFingerprint.of(one, a);
        QueueFingerprint printB = QueueFingerprint.of(other, b);
        List<String> counts = new ArrayList<>();
        for (String field : printA.differences(printB.fields())) {
            counts.add(field(
                    field,
                    a,
                    b,
                    Objects.requireNonNull(printA.fields().get(field), field),
                    Objects.requireNonNull(printB.fields().get(field), field)));
        }
        Set<String> rowsOfA = leftOut(one, a);
        Set<String> rowsOfB = leftOut(other, b);
        if (!rowsOfA.equals(rowsOfB)) {
            counts.add(lists("counts only rows with", rowsOfA, rowsOfB));
        }
        return new Compared(a.name(), List.copyOf(counts), presentation(presented(a, printA), presented(b, printB)));
    }

    private String field(String field, Queue a, Queue b, String jsonOfA, String jsonOfB) {
        return switch (field) {
            case "enters" -> lists("enters by", a.enters(), b.enters());
            case "re_enters" -> lists("comes back by", reEntries(a), reEntries(b));
            case "leaves" -> lists("leaves by", exits(a), exits(b));
            case "slices" -> lists("slices", a.slices(), b.slices());
            case "standards" -> standards(a, b);
            default -> scalar(field, plain(jsonOfA), plain(jsonOfB));
        };
    }

    private String standards(Queue a, Queue b) {
        List<String> ofA =
                a.standards().stream().map(DefinitionComparison::text).toList();
        List<String> ofB =
                b.standards().stream().map(DefinitionComparison::text).toList();
        return Set.copyOf(ofA).equals(Set.copyOf(ofB))
                ? "standards: the same in another order, and the first one that applies counts"
                : lists("standards", ofA, ofB);
    }

    /** Fields that both have: bank holidays are of some services only. */
    private List<String> presentation(Map<String, String> ofA, Map<String, String> ofB) {
        List<String> lines = new ArrayList<>();
        ofA.forEach((field, value) -> {
            String second = ofB.get(field);
            if (second != null && !value.equals(second)) {
                lines.add(scalar(field, value, second));
            }
        });
        return List.copyOf(lines);
    }

    private static SortedMap<String, String> presented(Queue queue, QueueFingerprint print) {
        SortedMap<String, String> fields = new TreeMap<>(print.presentation());
        fields.put("title", queue.title());
        fields.put("description", spaced(queue.description()));
        fields.put("version", String.valueOf(queue.version()));
        fields.put("variant_of", queue.variantOf() == null ? "none" : queue.variantOf());
        return fields;
    }

    private static List<String> reEntries(Queue queue) {
        return queue.reEnters().stream()
                .map(again -> again.event() + " (" + again.reason() + ")")
                .toList();
    }

    private static List<String> exits(Queue queue) {
        return queue.leaves().stream()
                .map(exit -> exit.event() + " (" + exit.as() + ", " + (exit.served() ? "served" : "not served") + ")")
                .toList();
    }

    private static String text(Queue.Standard standard) {
        String within =
                standard.withinHours() != null ? standard.withinHours() + " hours" : standard.withinDays() + " days";
        return standard.name() + " (within " + within
                + new TreeMap<>(standard.when())
                        .entrySet().stream()
                                .map(when -> ", " + when.getKey() + " is "
                                        + String.join(" or ", new TreeSet<>(when.getValue())))
                                .collect(Collectors.joining())
                + ")";
    }

    /** The conditions of exclusion rules and scopes on the feeds behind a queue, without layout. */
    private static Set<String> leftOut(Force force, Queue queue) {
        Set<String> sources =
                force.stagingsBehind(queue).stream().map(StagingQuery::source).collect(Collectors.toSet());
        return Stream.concat(
                        force.rules().stream()
                                .filter(rule -> rule.severity() == Rule.Severity.EXCLUDE
                                        && sources.contains(
                                                force.feed(rule.feed()).source()))
                                .map(rule -> rule.code() + " (" + rule.feed() + ": "
                                        + SqlFileCheck.withoutLayout(rule.expression()) + ")"),
                        force.feeds().stream()
                                .filter(feed -> sources.contains(feed.source()))
                                .flatMap(feed -> Stream.ofNullable(feed.scope())
                                        .map(scope -> "scope (" + feed.name() + ": "
                                                + SqlFileCheck.withoutLayout(scope.where()) + ")")))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private String lists(String what, Collection<String> a, Collection<String> b) {
        List<String> parts = new ArrayList<>();
        addOnly(nameOfOne, a, b, parts);
        addOnly(nameOfOther, b, a, parts);
        return what + ": " + String.join("; ", parts);
    }

    private static void addOnly(String name, Collection<String> has, Collection<String> lacks, List<String> parts) {
        Set<String> only = new LinkedHashSet<>(has);
        only.removeAll(Set.copyOf(lacks));
        if (!only.isEmpty()) {
            parts.add("only in " + name + " " + String.join(", ", only));
        }
    }

    private String scalar(String what, String a, String b) {
        return what + ": " + a + " in " + nameOfOne + ", " + b + " in " + nameOfOther;
    }

    private static String plain(String json) {
        String text = json.startsWith("\"") ? json.substring(1, json.length() - 1) : json;
        return text.equals("null") ? "none" : text;
    }

    private static String spaced(String text) {
        return text.strip().replaceAll("\\s+", " ");
    }
}

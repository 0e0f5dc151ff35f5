package uk.fpw.publish.publication;

import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.iceberg.expressions.Expression;
import org.apache.iceberg.expressions.Expressions;
import org.jspecify.annotations.Nullable;
import uk.fpw.warehouse.failure.FpwException;
import uk.fpw.warehouse.force.Force;
import uk.fpw.warehouse.force.grading.GradingScheme;
import uk.fpw.warehouse.force.queue.Queue;
import uk.fpw.warehouse.store.ledger.Publications.Figures;
import uk.fpw.warehouse.store.ledger.Publications.Origin;
import uk.fpw.warehouse.store.ledger.Release;
import uk.fpw.warehouse.store.release.ReleaseTableReader;

/** The counts of a release from which quarters are published, if they are settled. */
public final class ReleasedCounts {

    private static final String COUNTS = "mart.publication_count";
    private static final String GRADES = "mart.grading_case_share";
    private static final Set<String> SELECTIONS = Set.of("random", "all");

    private static final String NOT_RECORDED = "(not recorded)";

    private final ReleaseTableReader reader;
    private final Release release;
    private final KeptInside keptInside;

    /** What is not published, by names of queues and of schemes. */
    public record KeptInside(Set<String> queues, Set<String> schemes) {

        /** What a force folder leaves out of publications. */
        public static KeptInside of(Force force) {
            return new KeptInside(
                    force.queues().stream()
                            .filter(queue -> !queue.isInPublications())
                            .map(Queue::name)
                            .collect(Collectors.toSet()),
                    force.schemes().stream()
                            .filter(scheme -> !scheme.isInPublications())
                            .map(GradingScheme::name)
                            .collect(Collectors.toSet()));
        }
    }

    /** @param keptInside what is not published, whatever the folder of the release said */
    public ReleasedCounts(ReleaseTableReader reader, Release release, KeptInside keptInside) {
        this.reader = reader;
        this.release = release;
        this.keptInside = keptInside;
    }

    /** The tables that are read. */
    public static List<String> tables() {
        return List.of(COUNTS, GRADES, "mart.dim_queue", "mart.dim_scheme", "mart.queue_daily");
    }

    /**
     * The figures of a quarter as they are published.
     *
     * @throws FpwException with {@code CONFIGURATION} if the quarter is not settled, with the reason and the date from
     *     which it will be
     */
    public Figures figures(Quarter quarter) {
        if (release.table(COUNTS) == null) {
            throw FpwException.configuration("release " + release.releaseId()
                    + " was made by an earlier version and does not have the counts that are published (" + COUNTS
                    + "); run a night first: fpw nightly");
        }
        List<String> unsettled = new ArrayList<>();
        List<PublicationRule.QueueCounts> queues = queues(quarter, unsettled);
        List<PublicationRule.GradedCases> graded = quarter.endsFinancialYear() ? graded(quarter, unsettled) : List.of();
        if (!unsettled.isEmpty()) {
            throw FpwException.configuration(quarter + " is not settled in release " + release.releaseId()
                    + " and cannot be published: " + String.join("; ", unsettled));
        }
        if (queues.isEmpty() && graded.isEmpty()) {
            throw FpwException.configuration("release " + release.releaseId() + " has no queue with figures of all of "
                    + quarter + "; choose another quarter");
        }
        String sources = release.feeds().stream()
                .map(feed -> feed.name() + " to " + feed.completeTo())
                .collect(Collectors.joining(", "));
        return new Figures(
                quarter.startOn(),
                new Origin(release.releaseId(), release.forceDigest(), sources, PublicationRule.VERSION),
                PublicationRule.planned(queues, graded),
                PublicationRule.rows(quarter, queues, graded));
    }

    private List<PublicationRule.QueueCounts> queues(Quarter quarter, List<String> unsettled) {
        Map<String, String> titles = new TreeMap<>();
        for (Map<String, @Nullable Object> row : reader.read(
                release,
                "mart.dim_queue",
                List.of("queue", "title", "pack"),
                Expressions.equal("queue_role", "whole"))) {
            titles.put(text(row, "queue"), title(row, "counted"));
        }
        List<PublicationRule.QueueCounts> counts = new ArrayList<>();
        Set<String> counted = new HashSet<>();
        for (Map<String, @Nullable Object> row : reader.read(
                release,
                COUNTS,
                List.of(
                        "queue",
                        "received_contributor_count",
                        "waiting_contributor_count",
                        "is_partial",
                        "is_provisional",
                        "is_available",
                        "unavailable_reason",
                        "data_as_at"),
                Expressions.equal("quarter_start_on", (int) quarter.startOn().toEpochDay()))) {
            String queue = text(row, "queue");
            String title = titles.get(queue);
            if (title == null || keptInside.queues().contains(queue)) {
                continue;
            }
            counted.add(queue);
            if (quarter.endOn().isAfter(release.businessDate())) {
                unsettled.add(queue + " can be published from " + settledFrom(quarter, queue, day(row, "data_as_at"))
                        + " on, since the quarter has not ended");
            } else if (!is(row, "is_available")) {
                unsettled.add(queue + " is not available (" + row.get("unavailable_reason")
                        + "), and can be published after the night that loads it");
            } else if (is(row, "is_provisional")) {
                unsettled.add(queue + " can be published from " + settledFrom(quarter, queue, day(row, "data_as_at"))
                        + " on, since late records may still change it");
            } else if (!is(row, "is_partial")) {
                counts.add(new PublicationRule.QueueCounts(
                        queue,
                        title,
                        number(row, "received_contributor_count"),
                        number(row, "waiting_contributor_count")));
            }
        }
        if (counted.isEmpty() && quarter.endOn().isAfter(release.businessDate())) {
            unsettled.add("it has not begun");
        }
        return counts;
    }

    /** The first day that must be known of a queue so that a quarter is settled. */
    private LocalDate settledFrom(Quarter quarter, String queue, LocalDate dataAsAt) {
        Expression provisional = Expressions.and(
                Expressions.equal("queue", queue),
                Expressions.equal("is_total", true),
                Expressions.equal("is_provisional", true));
        long days = reader.read(release, "mart.queue_daily", List.of("day"), provisional).stream()
                .map(row -> day(row, "day"))
                .filter(day -> !day.isAfter(dataAsAt))
                .min(Comparator.naturalOrder())
                .map(first -> ChronoUnit.DAYS.between(first, dataAsAt) + 1)
                .orElse(0L);
        return quarter.endOn().plusDays(Math.max(days, 1));
    }

    /** Every set of cases of a financial year that was selected at random or completely. */
    private List<PublicationRule.GradedCases> graded(Quarter quarter, List<String> unsettled) {
        if (release.table(GRADES) == null) {
            return List.of();
        }
        Map<String, String> titles = new TreeMap<>();
        for (Map<String, @Nullable Object> row : reader.read(
                release,
                "mart.dim_scheme",
                List.of("scheme", "scheme_version", "title", "pack"),
                Expressions.alwaysTrue())) {
            titles.put(text(row, "scheme") + " " + row.get("scheme_version"), title(row, "graded"));
        }
        record Series(
                String scheme,
                int version,
                String selection,
                @Nullable String population,
                @Nullable String theme,
                String assessor,
                long cases) {}
        Map<Series, List<PublicationRule.GradeCount>> bySeries = new HashMap<>();
        for (Map<String, @Nullable Object> row : reader.read(
                release,
                GRADES,
                List.of(
                        "scheme",
                        "scheme_version",
                        "selection",
                        "population",
                        "theme",
                        "assessor",
                        "grade",
                        "grade_rank",
                        "case_total_count",
                        "contributor_count",
                        "is_available",
                        "unavailable_reason"),
                Expressions.and(
                        Expressions.equal("period_kind", "financial year"),
                        Expressions.equal("period_end_on", (int) quarter.endOn().toEpochDay())))) {
            String scheme = text(row, "scheme");
            if (keptInside.schemes().contains(scheme)) {
                continue;
            }
            if (!is(row, "is_available")) {
                String reason = "the grades of " + scheme + " are not available (" + row.get("unavailable_reason")
                        + "), and can be published after the night that loads them";
                if (!unsettled.contains(reason)) {
                    unsettled.add(reason);
                }
            } else if (SELECTIONS.contains(text(row, "selection"))) {
                bySeries.computeIfAbsent(
                                new Series(
                                        scheme,
                                        (Integer) Objects.requireNonNull(row.get("scheme_version")),
                                        text(row, "selection"),
                                        recorded(row, "population"),
                                        recorded(row, "theme"),
                                        text(row, "assessor"),
                                        number(row, "case_total_count")),
                                any -> new ArrayList<>())
                        .add(new PublicationRule.GradeCount(
                                text(row, "grade"),
                                (Integer) Objects.requireNonNull(row.get("grade_rank")),
                                number(row, "contributor_count")));
            }
        }
        return bySeries.entrySet().stream()
                .sorted(Comparator.comparing(entry -> entry.getKey().assessor()))
                .map(entry -> new PublicationRule.GradedCases(
                        entry.getKey().scheme(),
                        titles.getOrDefault(
                                entry.getKey().scheme() + " " + entry.getKey().version(),
                                entry.getKey().scheme()),
                        entry.getKey().version(),
                        entry.getKey().theme(),
                        entry.getKey().population(),
                        entry.getKey().selection(),
                        entry.getKey().cases(),
                        entry.getValue()))
                .toList();
    }

    /** With the pack that defines it; a release of an earlier version has no packs. */
    private static String title(Map<String, @Nullable Object> row, String how) {
        Object pack = row.get("pack");
        return text(row, "title") + (pack == null ? "" : " (" + how + " by the pack " + pack + ")");
    }

    private static @Nullable String recorded(Map<String, @Nullable Object> row, String column) {
        String text = text(row, column);
        return text.equals(NOT_RECORDED) ? null : text;
    }

    private static String text(Map<String, @Nullable Object> row, String column) {
        return Objects.requireNonNull(row.get(column), column).toString();
    }

    private static boolean is(Map<String, @Nullable Object> row, String column) {
        return Boolean.TRUE.equals(row.get(column));
    }

    private static long number(Map<String, @Nullable Object> row, String column) {
        return ((Number) Objects.requireNonNull(row.get(column), column)).longValue();
    }

    private static LocalDate day(Map<String, @Nullable Object> row, String column) {
        return (LocalDate) Objects.requireNonNull(row.get(column), column);
    }
}

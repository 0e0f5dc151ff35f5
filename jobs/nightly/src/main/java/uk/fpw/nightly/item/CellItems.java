package uk.fpw.nightly.item;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.iceberg.expressions.Expression;
import org.apache.iceberg.expressions.Expressions;
import org.jspecify.annotations.Nullable;
import uk.fpw.layout.ReleaseFile;
import uk.fpw.warehouse.failure.FpwException;
import uk.fpw.warehouse.force.queue.CrossedSlice;
import uk.fpw.warehouse.store.ledger.ItemLooks.Cell;
import uk.fpw.warehouse.store.ledger.Release;
import uk.fpw.warehouse.store.release.ReleaseTableReader;

/** The spells behind a count of a month at a release. */
public final class CellItems {

    /** Counted by the later release only. */
    public static final String ADDED = "added";

    /** Counted by the earlier release only. */
    public static final String REMOVED = "removed";

    /** Slice value of spells that have none. */
    private static final String NOT_RECORDED = "(not recorded)";

    private static final String SPELLS = "core.spell";
    private static final String MONTHS = "mart.queue_monthly";
    private static final String EXITS = "mart.queue_exit";
    private static final String DAYS = "mart.queue_daily";

    private final ReleaseTableReader reader;
    private final Cell cell;
    private final CountedMeasure measure;

    /** Lists the spells of a cell whose measure can be listed. */
    public CellItems(ReleaseTableReader reader, Cell cell, CountedMeasure measure) {
        this.reader = reader;
        this.cell = cell;
        this.measure = measure;
    }

    /**
     * One spell of a listed item.
     *
     * @param change {@value #ADDED} if only the later of two releases counts it, {@value #REMOVED} if only the earlier
     *     one does; null if releases are not compared
     */
    public record Listed(String itemKey, @Nullable String change) {}

    /**
     * The spells behind the count, and what the release states.
     *
     * @param stated the count that was published
     */
    public record Found(List<Listed> items, long stated) {}

    /**
     * The spells behind the count, by item.
     *
     * @throws FpwException with {@code CONFIGURATION} if the release does not have the count, or no longer has its
     *     spells
     */
    public Found at(Release release) {
        long stated = stated(release);
        return new Found(
                sorted(spells(release).stream()
                        .map(spell -> new Listed(spell.itemKey(), null))
                        .toList()),
                stated);
    }

    /**
     * The spells that one of the two releases counts and the other does not, by item.
     *
     * @throws FpwException with {@code CONFIGURATION} if the count is not available in one of them
     */
    public Found changed(Release earlier, Release later) {
        long stated = stated(later);
        List<CountedSpell> now = spells(later);
        List<CountedSpell> then = spellsIfStated(earlier);
        List<Listed> changed = new ArrayList<>();
        missing(now, then).forEach(spell -> changed.add(new Listed(spell.itemKey(), ADDED)));
        missing(then, now).forEach(spell -> changed.add(new Listed(spell.itemKey(), REMOVED)));
        return new Found(sorted(changed), stated);
    }

    private static List<CountedSpell> missing(List<CountedSpell> spells, List<CountedSpell> others) {
        Set<String> known = others.stream().map(CountedSpell::spellId).collect(Collectors.toCollection(HashSet::new));
        return spells.stream().filter(spell -> !known.contains(spell.spellId())).toList();
    }

    private static List<Listed> sorted(List<Listed> items) {
        return items.stream()
                .sorted(Comparator.comparing(Listed::itemKey)
                        .thenComparing(item -> item.change() == null ? "" : item.change()))
                .toList();
    }

    private List<CountedSpell> spells(Release release) {
        if (!reader.has(release, SPELLS)) {
            throw wrong("release " + release.releaseId() + " no longer has the items behind its counts: "
                    + ReleaseFile.CORE_IS_KEPT + "; choose one of these");
        }
        LocalDate from = later(cell.month(), firstDay(release));
        LocalDate to = earlier(cell.month().plusMonths(1).minusDays(1), knownTo(release));
        List<CountedSpell> found = new ArrayList<>();
        reader.forEach(release, SPELLS, CountedSpell.COLUMNS, Expressions.equal("queue", cell.queue()), row -> {
            if (CountedSpell.isObserved(row) && isOfSlice(row)) {
                CountedSpell spell = CountedSpell.of(row);
                if (measure.counts(spell, from, to) && isOfExit(spell)) {
                    found.add(spell);
                }
            }
        });
        return found;
    }

    private boolean isOfExit(CountedSpell spell) {
        return cell.exitReason().equals("all") || cell.exitReason().equals(spell.leftAs());
    }

    private boolean isOfSlice(Map<String, @Nullable Object> row) {
        if (cell.slice().equals("all")) {
            return true;
        }
        return cell.sliceValue().equals(CrossedSlice.value(cell.slice(), attribute -> {
            Object value = row.get("slices") instanceof Map<?, ?> slices ? slices.get(attribute) : null;
            return value == null ? NOT_RECORDED : value.toString();
        }));
    }

    /** The first day of the queue's figures: flows before it are not counted. */
    private LocalDate firstDay(Release release) {
        return days(release, "day").stream().min(Comparator.naturalOrder()).orElse(cell.month());
    }

    /** The last day of the queue's figures. */
    private LocalDate knownTo(Release release) {
        return days(release, "data_as_at").stream()
                .max(Comparator.naturalOrder())
                .orElse(release.businessDate());
    }

    private List<LocalDate> days(Release release, String column) {
        return reader
                .read(
                        release,
                        DAYS,
                        List.of(column),
                        Expressions.and(Expressions.equal("queue", cell.queue()), Expressions.equal("slice", "all")))
                .stream()
                .map(row -> CountedSpell.date(row, column))
                .toList();
    }

    /**
     * The spells, none if the release has no such row, for example for a slice value that it did not know yet. Fails if
     * the row exists without the count: then there is nothing to compare with.
     */
    private List<CountedSpell> spellsIfStated(Release release) {
        if (months(release).isEmpty()) {
            return List.of();
        }
        stated(release); // fails if the count is not available
        return spells(release);
    }

    /** The published count. */
    private long stated(Release release) {
        List<Map<String, @Nullable Object>> rows = months(release);
        if (rows.isEmpty()) {
            throw wrong("release " + release.releaseId() + " has no figures of queue '" + cell.queue() + "' by '"
                    + cell.slice() + "' with value '" + cell.sliceValue() + "' for the month of " + cell.month()
                    + (cell.exitReason().equals("all") ? "" : " and exit '" + cell.exitReason() + "'")
                    + "; fpw query --release " + release.releaseId()
                    + " 'select distinct queue, slice, slice_value, month_start_on from mart.queue_monthly' lists "
                    + "those that there are");
        }
        Map<String, @Nullable Object> row = rows.get(0);
        Object value = row.get(measure.column());
        if (!Boolean.TRUE.equals(row.get("is_available")) || value == null) {
            Object reason = row.get("unavailable_reason");
            throw wrong(measure.column() + " of " + cell.queue() + " is not available in release "
                    + release.releaseId() + " for the month of " + cell.month()
                    + (reason == null ? ": the queue does not count it" : ": " + reason));
        }
        return ((Number) Objects.requireNonNull(value)).longValue();
    }

    private List<Map<String, @Nullable Object>> months(Release release) {
        boolean isOfOneExit = !cell.exitReason().equals("all");
        String table = isOfOneExit ? EXITS : MONTHS;
        if (!reader.has(release, table)) {
            throw wrong("release " + release.releaseId() + " has expired; choose a later release");
        }
        Expression wanted = Expressions.and(
                Expressions.equal("queue", cell.queue()),
                Expressions.equal("slice", cell.slice()),
                Expressions.equal("slice_value", cell.sliceValue()),
                Expressions.equal("month_start_on", cell.month().toString()));
        return reader.read(
                release,
                table,
                List.of(measure.column(), "is_available", "unavailable_reason"),
                isOfOneExit ? Expressions.and(wanted, Expressions.equal("exit_reason", cell.exitReason())) : wanted);
    }

    private static LocalDate later(LocalDate one, LocalDate other) {
        return one.isAfter(other) ? one : other;
    }

    private static LocalDate earlier(LocalDate one, LocalDate other) {
        return one.isBefore(other) ? one : other;
    }

    private static FpwException wrong(String message) {
        return FpwException.configuration(message);
    }
}

package uk.fpw.metrics.entry;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntUnaryOperator;
import org.jspecify.annotations.Nullable;
import uk.fpw.metrics.lifecycle.ItemEvent;
import uk.fpw.metrics.lifecycle.Spell;

/**
 * Finds the values that the attributes of one item had when it entered. A released value stays, whatever the source
 * says today. Before the first release it is the latest version on or before the day of entry, otherwise the first
 * within the declared lag, otherwise {@link Spell#NOT_KNOWN}, as for entries after the last known day of the feed.
 */
public final class EntryValues {

    private static final Comparator<Version> BY_DAY =
            Comparator.comparingInt(Version::day).thenComparingLong(Version::order);

    private final EntryRules rules;
    private final List<Version> versions;
    private final Map<Entry, Kept> kept = new HashMap<>();
    private final Map<Entry, Kept> found = new HashMap<>();

    /**
     * A value that the source had.
     *
     * @param column position in {@link EntryRules#columns}
     * @param day from which it is known to be valid
     * @param order order among versions of the same day
     * @param value null if the source had none
     */
    public record Version(
            int column, int day, long order, @Nullable String value, String loadId) {

        private String text() {
            return value == null ? Spell.NOT_RECORDED : value;
        }
    }

    /** An attribute of the item on a day of entry, on its declared basis. */
    public record Entry(String attribute, String basis, int enteredOn) {}

    /**
     * The value of an attribute at entry.
     *
     * @param loadId the load that brought it
     * @param runId the run whose release first had it
     */
    public record Kept(String value, String loadId, String runId) {}

    /**
     * @param versions what the source had
     * @param kept what releases had; if there are several for one entry, that of the first run counts
     */
    public EntryValues(EntryRules rules, List<Version> versions, List<Map.Entry<Entry, Kept>> kept) {
        this.rules = rules;
        this.versions = versions.stream().sorted(BY_DAY).toList();
        kept.forEach(one -> this.kept.merge(
                one.getKey(), one.getValue(), (a, b) -> a.runId().compareTo(b.runId()) <= 0 ? a : b));
    }

    /**
     * The spells with the values of looked-up attributes: at entry, and for open spells also current values.
     *
     * @param knownTo last known day of a queue, by its position; current values are as at the end of that day
     */
    public List<Spell> of(List<Spell> spells, IntUnaryOperator knownTo) {
        if (rules.byStaging().isEmpty()) {
            return spells;
        }
        List<Spell> resolved = new ArrayList<>(spells.size());
        for (Spell spell : spells) {
            ItemEvent opening = spell.opening();
            Map<String, String> values = new HashMap<>();
            Map<String, String> now = new HashMap<>();
            for (EntryRules.Rule rule : rules.byStaging().getOrDefault(opening.staging(), List.of())) {
                values.put(rule.attribute(), value(rule, opening.occurredOn()));
                Version latest = spell.closing() == null ? latest(rule, knownTo.applyAsInt(spell.queue())) : null;
                if (latest != null) {
                    now.put(rule.attribute(), latest.text());
                }
            }
            resolved.add(values.isEmpty() ? spell : spell.with(values, now));
        }
        return resolved;
    }

    /** Values found for the first time, without their run. */
    public Map<Entry, Kept> found() {
        return found;
    }

    private String value(EntryRules.Rule rule, int enteredOn) {
        Entry entry = new Entry(rule.attribute(), rule.basis(), enteredOn);
        Kept known = kept.get(entry);
        if (known != null) {
            return known.value();
        }
        Version version = version(rule, enteredOn);
        if (version == null) {
            return Spell.NOT_KNOWN;
        }
        found.put(entry, new Kept(version.text(), version.loadId(), ""));
        return version.text();
    }

    private @Nullable Version version(EntryRules.Rule rule, int enteredOn) {
        if (enteredOn > rule.knownTo()) {
            return null;
        }
        Version before = latest(rule, enteredOn);
        return before != null
                ? before
                : versions.stream()
                        .filter(version ->
                                version.column() == rule.column() && version.day() <= enteredOn + rule.lagDays())
                        .findFirst()
                        .orElse(null);
    }

    private @Nullable Version latest(EntryRules.Rule rule, int day) {
        Version latest = null;
        for (Version version : versions) {
            if (version.column() == rule.column() && version.day() <= day) {
                latest = version;
            }
        }
        return latest;
    }
}

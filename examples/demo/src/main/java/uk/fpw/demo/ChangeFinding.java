package uk.fpw.demo;

import java.time.LocalDate;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.JdbcTemplate;
import uk.fpw.text.Plural;
import uk.fpw.warehouse.store.ledger.Release;

/**
 * Changes of a run for days that the previous release had already published: which items, and why, as far as the two
 * releases show.
 *
 * @param query the query command for this force
 */
record ChangeFinding(JdbcTemplate jdbc, TextReport report, ReleaseSpellReader released, String query) {

    /** In the order of the report. */
    private enum Cause {
        DELETED("no longer in their source: deleted, or now under a new number"),
        LATE("new in the queues, with dates before that date: recorded late, restored after "
                + "a deletion, or under a new number"),
        INCLUDED("excluded before, and included now that their errors are corrected"),
        EXCLUDED("included before, and now excluded by a rule"),
        OTHER_DATES("with other dates than before: an event recorded late, or corrected");

        private final String words;

        Cause(String words) {
            this.words = words;
        }
    }

    void print(Release earlier, Release later, List<ReleaseSpellReader.Spell> laterSpells) {
        LocalDate published = earlier.businessDate();
        report.line("");
        report.line("5. What the last run changed for days already published");
        report.line(
                "   Up to %s release %s differs from %s for these items (each counted once, "
                        + "regardless of the number of queues):",
                published, later.releaseId(), earlier.releaseId());
        causes(earlier, later, laterSpells, published)
                .forEach((cause, items) -> report.line("     %,5d %s", items, cause.words));
        report.line("   A new row alone is not a cause: most rows of the last run belong to that day. In "
                + "queues that are not stages of another (they overlap):");
        jdbc.query(
                """
                select now.queue, count(*) as days, min(now."day") as first_day,
                    max(case when now."day" = ? then now.waiting_count end) as now_count,
                    max(case when now."day" = ? then past.waiting_count end) as past_count
                from mart_rows.queue_daily as now
                inner join mart_rows.queue_daily as past
                    on now.queue = past.queue and now.slice = past.slice and now.slice_value = past.slice_value and \
                now."day" = past."day"
                inner join mart.dim_queue as definition
                    on now.queue = definition.queue
                where now.release_id = ? and past.release_id = ? and now.is_total and now.waiting_count <> \
                past.waiting_count
                    and definition.parent_queue is null
                group by now.queue
                order by now.queue""",
                row -> {
                    String end = row.getString("now_count") == null
                            ? "the end of " + published + " as before"
                            : String.format(
                                    Locale.ROOT,
                                    "at the end of %s: %,d, was %,d",
                                    published,
                                    row.getLong("now_count"),
                                    row.getLong("past_count"));
                    report.line(
                            "     %-30s %,4d %s, the first %s; %s",
                            row.getString("queue"),
                            row.getLong("days"),
                            Plural.word(row.getLong("days"), "day"),
                            row.getString("first_day"),
                            end);
                },
                published,
                published,
                later.releaseId().value(),
                earlier.releaseId().value());
        report.line("   The earlier figures can be queried again:");
        report.line(
                "     %s --release %s \"select queue, waiting_count from mart.queue_daily where is_total and day = "
                        + "'%s'\"",
                query, earlier.releaseId(), published);
        report.line(
                "   for 14 days, and permanently once the release is pinned: %s %s NAME",
                query.replace(" query ", " pin "), earlier.releaseId());
    }

    private Map<Cause, Long> causes(
            Release earlier, Release later, List<ReleaseSpellReader.Spell> laterSpells, LocalDate published) {
        Map<String, Set<ReleaseSpellReader.Spell>> before = spellsByItem(released.of(earlier), published);
        Map<String, Set<ReleaseSpellReader.Spell>> after = spellsByItem(laterSpells, published);
        Set<String> excludedBefore = released.excluded(earlier);
        Set<String> excludedAfter = released.excluded(later);
        Set<String> items = new HashSet<>(before.keySet());
        items.addAll(after.keySet());
        return items.stream()
                .filter(item -> !Objects.equals(before.get(item), after.get(item)))
                .collect(Collectors.groupingBy(
                        item -> {
                            if (before.containsKey(item) && after.containsKey(item)) {
                                return Cause.OTHER_DATES;
                            }
                            return before.containsKey(item)
                                    ? (excludedAfter.contains(item) ? Cause.EXCLUDED : Cause.DELETED)
                                    : (excludedBefore.contains(item) ? Cause.INCLUDED : Cause.LATE);
                        },
                        () -> new EnumMap<>(Cause.class),
                        Collectors.counting()));
    }

    /** The spells of each item at the end of a day, without items that have none. */
    private Map<String, Set<ReleaseSpellReader.Spell>> spellsByItem(
            List<ReleaseSpellReader.Spell> released, LocalDate day) {
        Map<String, Set<ReleaseSpellReader.Spell>> spells = new HashMap<>();
        for (ReleaseSpellReader.Spell spell : released) {
            ReleaseSpellReader.Spell upTo = spell.upTo(day);
            if (upTo != null) {
                spells.computeIfAbsent(spell.item(), item -> new HashSet<>()).add(upTo);
            }
        }
        return spells;
    }
}

package uk.fpw.nightly.audit;

import java.nio.file.Path;
import java.time.LocalDate;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import uk.fpw.layout.ReleaseId;
import uk.fpw.layout.RunFolder;
import uk.fpw.warehouse.message.SettlingRequest;
import uk.fpw.warehouse.store.ledger.QueueDefinitions;
import uk.fpw.warehouse.store.ledger.Release;
import uk.fpw.warehouse.store.ledger.ReleaseSteps;

/** Collects what the audit process needs to say how complete months were some days after their end. */
public final class SettlingInput {

    /** Releases older than this say nothing about the months that count. */
    private static final int YEARS = 3;

    private final DataSource dataSource;

    /** Reads the releases of the warehouse with that relational database. */
    public SettlingInput(DataSource dataSource) {
        this.dataSource = dataSource;
    }

    /**
     * The input.
     *
     * @param current the release that the candidate would replace
     * @param businessDate date of the candidate
     * @param candidateFile description file of the candidate; the rows are to be written next to it
     */
    public SettlingRequest of(Release current, LocalDate businessDate, Path candidateFile) {
        RunFolder folder = RunFolder.of(candidateFile);
        return new SettlingRequest(
                releasedOn(
                        new ReleaseSteps(dataSource).all(),
                        new QueueDefinitions(dataSource).queuesByRelease(),
                        current.releaseId(),
                        businessDate),
                folder.settlingFile().toString(),
                folder.settlingMonthFile().toString());
    }

    /**
     * The dates of the releases before a candidate, by queue: back to the first release that has the queue without a
     * gap, as far as each was compared with the one it replaced and does not have a later date.
     */
    static SortedMap<String, List<String>> releasedOn(
            Map<ReleaseId, ReleaseSteps.Step> steps,
            Map<ReleaseId, Set<String>> queues,
            ReleaseId current,
            LocalDate businessDate) {
        SortedMap<String, Set<LocalDate>> dates = new TreeMap<>();
        Set<String> present = queues.getOrDefault(current, Set.of());
        LocalDate later = businessDate;
        for (ReleaseId at = current; at != null && !present.isEmpty(); at = replaced(steps.get(at))) {
            LocalDate date = at.businessDate();
            if (date.isAfter(later) || date.isBefore(businessDate.minusYears(YEARS))) {
                break;
            }
            present = intersection(present, queues.getOrDefault(at, Set.of()));
            present.forEach(queue ->
                    dates.computeIfAbsent(queue, first -> new LinkedHashSet<>()).add(date));
            later = date;
        }
        SortedMap<String, List<String>> releasedOn = new TreeMap<>();
        dates.forEach((queue, found) ->
                releasedOn.put(queue, found.stream().map(LocalDate::toString).toList()));
        return releasedOn;
    }

    private static Set<String> intersection(Set<String> one, Set<String> other) {
        Set<String> both = new LinkedHashSet<>(one);
        both.retainAll(other);
        return both;
    }

    /** The release that one replaced, if the two were compared. */
    private static @Nullable ReleaseId replaced(ReleaseSteps.@Nullable Step step) {
        return step == null || step.notCompared() != null ? null : step.replacedReleaseId();
    }
}

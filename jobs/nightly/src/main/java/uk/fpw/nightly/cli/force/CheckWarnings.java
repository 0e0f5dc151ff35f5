package uk.fpw.nightly.cli.force;

import java.time.Year;
import java.util.ArrayList;
import java.util.List;
import uk.fpw.text.Plural;
import uk.fpw.warehouse.force.AlteredKeys;
import uk.fpw.warehouse.force.EntryRefusals;
import uk.fpw.warehouse.force.Force;
import uk.fpw.warehouse.force.IgnoredFields;
import uk.fpw.warehouse.force.change.Change;
import uk.fpw.warehouse.force.feed.BankHolidays;
import uk.fpw.warehouse.force.feed.Delivery;
import uk.fpw.warehouse.force.feed.Feed;
import uk.fpw.warehouse.force.feed.Origin;

/** What a valid force folder leaves open or most likely has wrong, with what to do: none of it prevents a run. */
final class CheckWarnings {

    private final Force force;
    private final Year year;
    private final List<String> warnings = new ArrayList<>();

    /**
     * The warnings of a folder.
     *
     * @param year the year whose bank holidays are needed: that of the checked business date, or of today
     */
    CheckWarnings(Force force, Year year) {
        this.force = force;
        this.year = year;
    }

    /** One sentence each, in the order in which the parts of a folder depend on each other. */
    List<String> all() {
        warnings.addAll(IgnoredFields.of(force));
        unreconciledFeeds();
        deliveries();
        unknownAge();
        refusals();
        warnings.addAll(UnlistedColumns.warnings(force));
        incompleteBankHolidays();
        changesBeforeAnyFigure();
        alteredKeys();
        return List.copyOf(warnings);
    }

    /** Not an error: folders older than the field do not have it. */
    private void unreconciledFeeds() {
        for (Feed feed : force.feeds()) {
            if (feed.cursor() != null && feed.reconcile() == null) {
                warnings.add("feeds/" + feed.name()
                        + ".yml: reconcile is missing, so rows deleted from the "
                        + "source (hard deletions) and changes missed by the cursor are found only where a "
                        + "range of the cursor shows them;"
                        + " add 'reconcile: {every: 7 days}', or 'reconcile: none' if there are none");
            }
        }
    }

    /** Not an error: folders older than the field do not have it. */
    private void deliveries() {
        for (Feed feed : force.feeds()) {
            Delivery delivery = feed.delivery();
            if (feed.hasUndeclaredDelivery()) {
                warnings.add("feeds/" + feed.name()
                        + ".yml: delivery is missing, so a missing file does not "
                        + "stop a run and cannot be distinguished from a late"
                        + " file; add 'delivery: {days: daily}', or the days that have a file");
            } else if (delivery != null && delivery.isMissingBankHolidaysOf(year)) {
                warnings.add("feeds/" + feed.name()
                        + ".yml: delivery.bank_holidays is false, but bank_holidays.csv has "
                        + listedDays() + " of " + year
                        + ", so files are due on all of its other weekdays; add them");
            }
        }
    }

    /** Not an error: folders older than the field do not have it. */
    private void unknownAge() {
        for (Feed feed : force.feeds()) {
            if (feed.freshness() == null) {
                boolean isFile = feed.droppedFile() != null;
                warnings.add("feeds/" + feed.name() + ".yml: freshness is missing, so "
                        + (isFile ? "a file that was not renewed" : "a database that is no longer filled")
                        + " counts as that of the business date; add 'freshness: {dated_by: "
                        + datedBy(feed)
                        + ", max_age_days: 7}', or 'freshness: none' if it is not renewed");
            }
        }
    }

    /** Not an error: the counts are right without it. */
    private void refusals() {
        force.queues().stream()
                .flatMap(queue -> EntryRefusals.of(force, queue).slices().values().stream())
                .distinct()
                .sorted()
                .forEach(reason -> warnings.add(reason + ", so there are no curves, standards or tests by it; add "
                        + "'from: fixed', 'from: event' or 'from: changes'"));
    }

    private static String datedBy(Feed feed) {
        Origin.DroppedFile dropped = feed.droppedFile();
        return dropped == null ? "{column: ...}" : dropped.isDated() ? "file_name" : "modification_time";
    }

    private String listedDays() {
        long days = force.bankHolidays().stream()
                .filter(day -> day.getYear() == year.getValue())
                .count();
        return days == 0 ? "no day" : "only " + Plural.of(days, "day");
    }

    /** Not an error: the list may be filled in later. Until then the figures of such a year have no working days. */
    private void incompleteBankHolidays() {
        BankHolidays.incompleteYears(force.bankHolidays(), year.getValue())
                .forEach((incomplete, days) ->
                        warnings.add("bank_holidays.csv: has " + Plural.of(days, "day") + " of " + incomplete
                                + ", fewer than the " + BankHolidays.FEWEST_IN_A_YEAR
                                + " that every year has, so its bank holidays count as unknown and control charts of"
                                + " its months have no limits; add the others, or remove these"));
    }

    /** Not an error: the change did happen. But no series can show it. */
    private void changesBeforeAnyFigure() {
        for (Change change : force.changes().all()) {
            boolean isBeforeAll = !change.queues().isEmpty()
                    && change.queues().stream()
                            .map(queue -> force.queue(queue).observedFrom())
                            .allMatch(from -> from != null && change.date().isBefore(from));
            if (isBeforeAll) {
                warnings.add("changes/" + change.name() + ".yml: date " + change.date()
                        + " is before the figures of its queues begin, so no chart shows it; correct it"
                        + " if it is wrong");
            }
        }
    }

    /** Not an error: the query may produce the loaded values. If it does not, the first run stops. */
    private void alteredKeys() {
        AlteredKeys.of(force)
                .forEach(altered -> warnings.add(altered.query() + ": " + altered.key() + " is " + altered.expression()
                        + ", which breaks links and stops the run where it is not the loaded value; remove the "
                        + "function, and change the text in the feed, with transform"));
    }
}

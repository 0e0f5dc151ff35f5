package uk.fpw.metrics.account;

import java.util.List;
import uk.fpw.metrics.account.ForceIndex.GradingEntry;
import uk.fpw.metrics.account.ForceIndex.RuleEntry;
import uk.fpw.metrics.account.ForceIndex.StagingEntry;

/** A force's names, and items of it, for tests. */
final class TestAccounts {

    static final int EXHIBITS = 0;
    static final int CASES = 1;
    static final int PEOPLE = 2;
    static final int REPAIRS = 3;

    static final int WARNS = 0;
    static final int EXCLUDES = 1;
    static final int EXCLUDES_TOO = 2;
    static final int EXCLUDES_CASES = 3;

    /** The query for devices reads cases and people; cases have a query of their own, people have none. */
    static final ForceIndex NAMES = new ForceIndex(
            List.of("exhibits", "cases", "people", "repairs"),
            List.of(
                    new RuleEntry("ODD", EXHIBITS, false),
                    new RuleEntry("NO_KIND", EXHIBITS, true),
                    new RuleEntry("NO_OWNER", EXHIBITS, true),
                    new RuleEntry("TEST_CASE", CASES, true)),
            List.of(
                    new StagingEntry(
                            "devices",
                            "unit",
                            "device",
                            List.of(EXHIBITS, CASES, PEOPLE, REPAIRS),
                            List.of(),
                            List.of("received")),
                    new StagingEntry("all_cases", "unit", "case", List.of(CASES), List.of(), List.of("opened"))),
            List.of(new GradingEntry("audits", "unit"), new GradingEntry("reports", "unit")),
            List.of(),
            List.of("whole", "stage"));

    private TestAccounts() {}

    /** An item with one row in each of the feeds, with the item's key. */
    static ItemRecord item(String name, int... feeds) {
        ItemRecord record = new ItemRecord("unit:" + name);
        for (int feed : feeds) {
            record.rows().add(new ItemRecord.FeedRow(feed, name));
        }
        return record;
    }
}

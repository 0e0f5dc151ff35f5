package uk.fpw.metrics.account;

import java.util.List;
import uk.fpw.metrics.account.RowRules.GradingQuery;
import uk.fpw.metrics.account.RowRules.RowRule;
import uk.fpw.metrics.account.RowRules.StagingQuery;

/** A force's names, and items of it, for tests. */
final class Accounts {

    static final int EXHIBITS = 0;
    static final int CASES = 1;
    static final int PEOPLE = 2;
    static final int REPAIRS = 3;

    static final int WARNS = 0;
    static final int EXCLUDES = 1;
    static final int EXCLUDES_TOO = 2;
    static final int EXCLUDES_CASES = 3;

    /** The query of devices looks at cases and at people; cases have a query of their own, people have none. */
    static final RowRules NAMES = new RowRules(
            List.of("exhibits", "cases", "people", "repairs"),
            List.of(
                    new RowRule("ODD", EXHIBITS, false),
                    new RowRule("NO_KIND", EXHIBITS, true),
                    new RowRule("NO_OWNER", EXHIBITS, true),
                    new RowRule("TEST_CASE", CASES, true)),
            List.of(
                    new StagingQuery(
                            "devices",
                            "unit",
                            "device",
                            List.of(EXHIBITS, CASES, PEOPLE, REPAIRS),
                            List.of(),
                            List.of("received")),
                    new StagingQuery("all_cases", "unit", "case", List.of(CASES), List.of(), List.of("opened"))),
            List.of(new GradingQuery("audits", "unit"), new GradingQuery("reports", "unit")),
            List.of("whole", "stage"));

    private Accounts() {}

    /** An item with one row in each of the feeds, whose key is the item's. */
    static ItemRecord item(String name, int... feeds) {
        ItemRecord record = new ItemRecord("unit:" + name);
        for (int feed : feeds) {
            record.rows().add(new ItemRecord.FeedRow(feed, name));
        }
        return record;
    }
}

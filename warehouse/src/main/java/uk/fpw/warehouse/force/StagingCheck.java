package uk.fpw.warehouse.force;

import java.util.Set;
import java.util.TreeSet;

/** Checks the staging queries beyond their structure: references, and the SQL file beside each. */
final class StagingCheck {

    private static final Set<String> FIXED =
            Set.of("item_key", "event", "occurred_on", "occurred_at", "event_order", "contributor_key");

    private final Definitions all;
    private final FolderFiles files;
    private final Mistakes mistakes;

    StagingCheck(Definitions all, FolderFiles files, Mistakes mistakes) {
        this.all = all;
        this.files = files;
        this.mistakes = mistakes;
    }

    void check(Definition staging) {
        Set<String> feeds = files.baseNames("feeds", ".yml");
        for (Definition.Entry reference : staging.texts("feeds")) {
            Definition feed = all.feed(reference.text());
            if (feed == null && !feeds.contains(reference.text())) {
                add(
                        staging,
                        reference.path(),
                        "there is no feed '" + reference.text() + "'",
                        Nearest.remedy(reference.text(), feeds, "feeds"));
            } else if (feed != null) {
                sameSource(staging, reference, feed);
            }
        }
        for (Definition.Entry attribute : staging.texts("attributes")) {
            if (FIXED.contains(attribute.text())) {
                add(
                        staging,
                        attribute.path(),
                        "'" + attribute.text() + "' is one of the columns that every staging query has or may have",
                        "leave it out, or give the attribute another name");
            } else if (attribute.text().equals("all")) {
                add(staging, attribute.path(), "'all' means the total", "give the attribute another name");
            }
        }
    }

    private void sameSource(Definition staging, Definition.Entry reference, Definition feed) {
        String here = staging.text("source");
        String there = feed.text("source");
        if (here != null && there != null && !here.equals(there)) {
            add(
                    staging,
                    reference.path(),
                    "feed '" + reference.text() + "' is of source '" + there + "', but source here is '" + here + "'",
                    "a staging query reads one source; correct one of the two, or split the query");
        }
    }

    /** Every staging query has its SQL and every SQL file its staging query. */
    void checkPairs() {
        Set<String> withYaml = files.baseNames("staging", ".yml");
        Set<String> withSql = files.baseNames("staging", ".sql");
        for (String name : new TreeSet<>(withYaml)) {
            if (!withSql.contains(name)) {
                mistakes.add("staging/" + name + ".yml", "has no query beside it", "add staging/" + name + ".sql");
            }
        }
        for (String name : new TreeSet<>(withSql)) {
            String file = "staging/" + name + ".sql";
            if (!withYaml.contains(name)) {
                mistakes.add(file, "has no description beside it", "add staging/" + name + ".yml");
            }
            String sql = files.text(file);
            SqlText.Problem problem = sql == null ? null : SqlText.problem(sql);
            if (problem != null) {
                mistakes.add(file, problem.line(), "", problem.problem(), problem.remedy());
            }
        }
    }

    private void add(Definition staging, String field, String problem, String remedy) {
        mistakes.add(staging.file(), staging.line(field), field, problem, remedy);
    }
}

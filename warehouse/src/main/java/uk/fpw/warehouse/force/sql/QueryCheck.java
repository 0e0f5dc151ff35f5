package uk.fpw.warehouse.force.sql;

import java.util.Set;
import java.util.TreeSet;
import uk.fpw.warehouse.force.yaml.ConfigErrors;
import uk.fpw.warehouse.force.yaml.DefinitionFile;
import uk.fpw.warehouse.force.yaml.DefinitionFiles;
import uk.fpw.warehouse.force.yaml.FolderFiles;
import uk.fpw.warehouse.force.yaml.Suggestions;

/** Checks common to staging, grading and staffing queries: the SQL file beside each, and the feeds they read. */
public final class QueryCheck {

    private final String folder;
    private final String kind;
    private final DefinitionFiles all;
    private final FolderFiles files;
    private final ConfigErrors errors;

    /**
     * A check of the queries in {@code folder}; {@code kind} is their name in messages, such as {@code staging query}.
     */
    public QueryCheck(String folder, String kind, DefinitionFiles all, FolderFiles files, ConfigErrors errors) {
        this.folder = folder;
        this.kind = kind;
        this.all = all;
        this.files = files;
        this.errors = errors;
    }

    /** Checks that every query has a SQL file and vice versa. */
    public void checkPairs() {
        Set<String> withYaml = files.baseNames(folder, ".yml");
        Set<String> withSql = files.baseNames(folder, ".sql");
        for (String name : new TreeSet<>(withYaml)) {
            if (!withSql.contains(name)) {
                errors.add(
                        folder + "/" + name + ".yml",
                        "has no matching .sql file",
                        "add " + folder + "/" + name + ".sql");
            }
        }
        for (String name : new TreeSet<>(withSql)) {
            String file = folder + "/" + name + ".sql";
            if (!withYaml.contains(name)) {
                errors.add(file, "has no matching .yml file", "add " + folder + "/" + name + ".yml");
            }
            String sql = files.text(file);
            SqlFileCheck.Problem problem = sql == null ? null : SqlFileCheck.problem(sql);
            if (problem != null) {
                errors.add(file, problem.line(), "", problem.problem(), problem.remedy());
            }
        }
    }

    /** Checks that the feeds of a query exist and belong to its source. */
    public void checkFeeds(DefinitionFile query) {
        Set<String> feeds = files.baseNames("feeds", ".yml");
        for (DefinitionFile.Entry reference : query.texts("feeds")) {
            DefinitionFile feed = all.feed(reference.text());
            if (feed == null && !feeds.contains(reference.text())) {
                add(
                        query,
                        reference.path(),
                        "there is no feed '" + reference.text() + "'",
                        Suggestions.remedy(reference.text(), feeds, "feeds"));
            } else if (feed != null) {
                sameSource(query, reference, feed);
            }
        }
    }

    private void sameSource(DefinitionFile query, DefinitionFile.Entry reference, DefinitionFile feed) {
        String here = query.text("source");
        String there = feed.text("source");
        if (here != null && there != null && !here.equals(there)) {
            add(
                    query,
                    reference.path(),
                    "feed '" + reference.text() + "' is of source '" + there + "', but source here is '" + here + "'",
                    "a " + kind + " reads a single source; correct one of them, or split the query");
        }
    }

    private void add(DefinitionFile query, String field, String problem, String remedy) {
        errors.add(query.file(), query.line(field), field, problem, remedy);
    }
}

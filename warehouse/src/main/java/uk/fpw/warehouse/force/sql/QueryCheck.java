package uk.fpw.warehouse.force.sql;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import uk.fpw.warehouse.force.yaml.ConfigErrors;
import uk.fpw.warehouse.force.yaml.DefinitionFile;
import uk.fpw.warehouse.force.yaml.DefinitionFiles;
import uk.fpw.warehouse.force.yaml.FolderFiles;

/**
 * Checks common to staging, grading and staffing queries: the SQL file beside each, and the feeds they read.
 *
 * @param folder their folder
 * @param name how messages call them: {@code staging} for a staging query
 * @param all the readable files
 */
public record QueryCheck(String folder, String name, DefinitionFiles all, FolderFiles files, ConfigErrors errors) {

    /** Checks all of them. */
    public void check(List<DefinitionFile> queries) {
        checkPairs();
        queries.forEach(this::checkFeeds);
    }

    /** Checks that every query has a SQL file and vice versa. */
    private void checkPairs() {
        Set<String> withYaml = files.baseNames(folder, ".yml");
        Set<String> withSql = files.baseNames(folder, ".sql");
        for (String query : new TreeSet<>(withYaml)) {
            if (!withSql.contains(query)) {
                errors.add(
                        folder + "/" + query + ".yml",
                        "has no matching .sql file",
                        "add " + folder + "/" + query + ".sql");
            }
        }
        for (String query : new TreeSet<>(withSql)) {
            String file = folder + "/" + query + ".sql";
            if (!withYaml.contains(query)) {
                errors.add(file, "has no matching .yml file", "add " + folder + "/" + query + ".yml");
            }
            String sql = files.text(file);
            SqlFileCheck.Problem problem = sql == null ? null : SqlFileCheck.problem(sql);
            if (problem != null) {
                errors.add(file, problem.line(), "", problem.problem(), problem.remedy());
            }
        }
    }

    /** Checks that the feeds of a query exist and belong to its source. */
    private void checkFeeds(DefinitionFile query) {
        Set<String> feeds = files.baseNames("feeds", ".yml");
        for (DefinitionFile.Entry reference : query.texts("feeds")) {
            DefinitionFile feed = all.feed(reference.text());
            if (feed == null) {
                reference.requireKnown(feeds, "feeds", "there is no feed '" + reference.text() + "'");
            } else {
                sameSource(query.text("source"), reference, feed.text("source"));
            }
        }
    }

    private void sameSource(@Nullable String here, DefinitionFile.Entry reference, @Nullable String there) {
        if (here != null && there != null && !here.equals(there)) {
            reference.error(
                    "feed '" + reference.text() + "' is of source '" + there + "', but source here is '" + here + "'",
                    "a " + name + " query reads a single source; correct one of them, or split the query");
        }
    }
}

package uk.fpw.warehouse.force.feed;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import uk.fpw.warehouse.force.sql.SqlFileCheck;
import uk.fpw.warehouse.force.yaml.ConfigErrors;
import uk.fpw.warehouse.force.yaml.DefinitionFile;
import uk.fpw.warehouse.force.yaml.Suggestions;

/** Checks the text of a feed's scope. The condition itself is analysed along with the rules. */
final class ScopeCheck {

    private final DefinitionFile feed;
    private final ConfigErrors errors;

    ScopeCheck(DefinitionFile feed, ConfigErrors errors) {
        this.feed = feed;
        this.errors = errors;
    }

    void check(List<DefinitionFile.Part> columns) {
        String where = DefinitionFile.text(feed.at("scope"), "where");
        if (where != null && !where.isEmpty() && SqlFileCheck.problem(where) != null) {
            add(
                    "scope.where",
                    "is not a single condition",
                    "write a condition that is true for rows in scope, without" + " ';'");
        }
        Set<String> names = columns.stream()
                .flatMap(column -> Stream.ofNullable(column.text("name")))
                .collect(Collectors.toSet());
        for (DefinitionFile.Entry fixed : DefinitionFile.texts(feed.at("scope").path("fixed"), "scope.fixed")) {
            if (!names.contains(fixed.text()) && feed.isValid()) {
                add(
                        fixed.path(),
                        "'" + fixed.text() + "' is not among the columns",
                        Suggestions.remedy(fixed.text(), names, "columns"));
            }
        }
    }

    private void add(String field, String problem, String remedy) {
        errors.add(feed.file(), feed.line(field), field, problem, remedy);
    }
}

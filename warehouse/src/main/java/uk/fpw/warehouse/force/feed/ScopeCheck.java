package uk.fpw.warehouse.force.feed;

import uk.fpw.warehouse.force.sql.SqlFileCheck;
import uk.fpw.warehouse.force.yaml.DefinitionFile;

/** Checks the text of a feed's scope. The condition itself is analysed along with the rules. */
record ScopeCheck(DefinitionFile feed) {

    void check() {
        SqlFileCheck.checkCondition(feed, "scope.where", "rows in scope");
        if (feed.isValid()) {
            for (DefinitionFile.Entry fixed : feed.texts("scope.fixed")) {
                new FeedColumns(feed).column(fixed.path(), fixed.text());
            }
        }
    }
}

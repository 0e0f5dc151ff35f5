package uk.fpw.report.dictionary;

import java.util.List;
import java.util.stream.Stream;
import uk.fpw.model.Model;
import uk.fpw.model.Models;

/** How the rows of a table are made. */
enum TableFamily {
    ITEM("item by item, from its events and judgements"),
    SERIES("series by series (one queue, slice and value), from its spells"),
    SCHEME("scheme by scheme, from the judgements of each"),
    DEFINITION("from what the force folder defines"),
    MART("from rows of the queue tables"),
    CASE("case by case, from the events and spells of a case and its items"),
    FACT("from the published facts of the force folder, each with the query that gives our figure"),
    COMPARISON("by comparing the release with those before it"),
    VIEW("by a query over published tables, each time it is read");

    private final String words;

    TableFamily(String words) {
        this.words = words;
    }

    /**
     * The family of a table or view.
     *
     * @throws IllegalStateException for a table of no family: it would otherwise be explained as an open view
     */
    static TableFamily of(Model model) {
        if (model.schema().equals("bi")) {
            return VIEW;
        }
        return Stream.of(values())
                .filter(family -> family.tables().contains(model.table()))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException(model.table() + " is computed by no known pass"));
    }

    private List<String> tables() {
        return switch (this) {
            case ITEM -> Models.countedByItem();
            case SERIES -> Models.countedBySeries();
            case SCHEME -> Models.countedByScheme();
            case DEFINITION -> Models.countedByDefinition();
            case MART -> Models.countedByMart();
            case CASE -> Models.countedByCase();
            case FACT -> Models.countedByFact();
            case COMPARISON -> Models.countedByComparison();
            case VIEW -> List.of();
        };
    }

    /** As part of a sentence. */
    String words() {
        return words;
    }
}

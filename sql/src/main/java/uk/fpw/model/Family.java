package uk.fpw.model;

import java.util.Locale;

/** How the rows of a table are computed; {@code counted_by} of its YAML file. */
public enum Family {
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

    Family(String words) {
        this.words = words;
    }

    /** Description as part of a sentence. */
    public String words() {
        return words;
    }

    /** Name in YAML files, such as {@code series}. */
    String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}

package uk.fpw.report.dictionary;

/**
 * A link.
 *
 * @param text its text
 * @param href its target, relative to the folder of the site
 */
public record Link(String text, String href) {

    static Link table(String table) {
        return new Link(table, DictionaryPaths.table(table));
    }

    static Link feed(String feed) {
        return new Link(feed, DictionaryPaths.at(DictionaryPaths.FEEDS, "feed", feed));
    }

    static Link query(String query) {
        return new Link(query, DictionaryPaths.at(DictionaryPaths.QUERIES, "query", query));
    }
}

package uk.fpw.report.dictionary;

import java.util.List;

/**
 * The first page of the dictionary, or a page of columns.
 *
 * @param pages the other pages that are not about a table
 * @param groups entries by kind
 * @param letters the pages of columns
 * @param isFirst whether it is the first page, with the search
 */
public record IndexModel(List<Link> pages, List<Group> groups, List<Link> letters, boolean isFirst) {

    /**
     * Entries of one kind.
     *
     * @param anchor its anchor on the page
     */
    public record Group(String anchor, String title, String note, List<Entry> entries) {}

    /**
     * One entry. The search covers all its text.
     *
     * @param about what it is, in a few words
     * @param text what it means
     * @param places further pages about it, such as the tables that have the column
     */
    public record Entry(Link link, String about, String text, List<Link> places) {}
}

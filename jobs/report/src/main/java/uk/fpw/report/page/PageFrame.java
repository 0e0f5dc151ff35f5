package uk.fpw.report.page;

import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import uk.fpw.layout.site.KeptPages;

/**
 * What is around every page.
 *
 * @param page the page
 * @param force name of the force
 * @param readers name of the group of readers; null if only the user of the nightly run may read the pages
 * @param asAt last day whose events are counted, in words
 * @param release id of the release
 * @param completeness that all feeds were complete, or which were missing or could not be read in full
 * @param sources every feed and the day to which it is complete
 * @param isComplete whether all feeds were complete and no rows are held
 * @param accepted limits that were accepted for the release, a sentence each
 * @param nextExpectedBy when the next figures are expected, in words
 * @param notRenewed why there are no newer figures; null if nothing prevented them
 * @param withdrawn when, by whom and why the release was withdrawn; null if it was not
 * @param sections entries of the navigation that have a page
 * @param kept the pages of kept releases, and whether this is one
 * @param earlier kept releases in which this page can be compared, latest first
 */
public record PageFrame(
        Page page,
        String force,
        @Nullable String readers,
        String asAt,
        String release,
        String completeness,
        FeedDays sources,
        boolean isComplete,
        List<String> accepted,
        String nextExpectedBy,
        @Nullable String notRenewed,
        @Nullable String withdrawn,
        List<Section> sections,
        KeptPages kept,
        List<KeptPages.Kept> earlier) {

    /** What tabs, bookmarks and lists of results show of a title. */
    private static final int LONGEST_TITLE = 70;

    /** A place in the site, as a link from this page. */
    public String href(String path) {
        return "../".repeat((int) page.path().chars().filter(one -> one == '/').count()) + path;
    }

    /** An entry of the navigation, as a link from this page; that of kept releases is outside of their pages. */
    public String href(Section section) {
        return href(isKept() && section == Section.KEPT ? "../index.html" : section.path());
    }

    /** Whether this is a page of a kept release. */
    public boolean isKept() {
        return kept.place() == KeptPages.Place.KEPT;
    }

    /** A page of the current release, as a link from one of a kept release. */
    public String current(String path) {
        return href("../../" + path);
    }

    /** This page in a kept release, as a link from this page. */
    public String in(KeptPages.Kept release) {
        return href(KeptPages.FOLDER + "/" + release.releaseId() + "/" + page.path());
    }

    /** Title of the browser's tab, which is also that of a bookmark. */
    public String title() {
        String title = (isKept() ? "Kept: " : "") + page.title();
        return Stream.of(title + " – " + force + ", " + asAt, title + ", " + asAt)
                .filter(one -> one.length() <= LONGEST_TITLE)
                .findFirst()
                .orElse(title);
    }

    /** Whether a part of this page can be quoted: its release has pages that stay. */
    public boolean isQuotable() {
        return isKept() || kept.has(release);
    }

    /** The place of a part of this page that stays if the release is kept, from the folder that readers see. */
    public String lasting(String anchor) {
        return KeptPages.FOLDER + "/" + release + "/" + page.path() + "#" + anchor;
    }

    /** The same, as a link from this page; a part of this page where there is none. */
    public String quoted(String anchor) {
        return kept.has(release) ? href(lasting(anchor)) : "#" + anchor;
    }

    /** The page of a table in the dictionary, as a link from this page. */
    public String table(String table) {
        return href("dictionary/" + table.replace('.', '-') + ".html");
    }

    /** Whether the site has a dictionary, which says how to read figures. */
    public boolean hasDictionary() {
        return sections.contains(Section.DICTIONARY);
    }

    /** Whether that entry of the navigation is the one that the page belongs to. */
    public boolean isIn(Section section) {
        return page.section() == section;
    }

    /** Whether readers must be warned of the figures, which may be no current ones. */
    public boolean isWarning() {
        return isKept() || !isComplete || notRenewed != null || withdrawn != null;
    }

    /** Protective marking of the page, and for whom it is. */
    public String marking() {
        return "OFFICIAL-SENSITIVE – "
                + switch (page.access()) {
                    case RESTRICTED -> "rows of single cases: only for those who work on them.";
                    case READERS ->
                        "only for "
                                + (readers == null ? "the user of the nightly run" : "members of the group " + readers)
                                + ".";
                }
                + " Not to be passed on.";
    }
}

package uk.fpw.report.page;

/**
 * One page.
 *
 * @param path place in the site, with {@code /} between folders, such as {@code queues/index.html}
 * @param title heading and title
 * @param section entry of the navigation that it belongs to, see {@link Section}
 * @param template name of its template, such as {@code today.jte}
 * @param model what the template shows; its class is public
 * @param access who may read it
 */
public record Page(String path, String title, Section section, String template, Object model, Access access) {

    /** Who may read a page. */
    public enum Access {
        /** The readers of the warehouse, see {@link uk.fpw.layout.site.SiteRequest.Audience}. */
        READERS,
        /** Whoever may read rows of single cases. */
        RESTRICTED
    }

    public Page {
        if (!path.matches("([a-z0-9_-]+/)*[a-z0-9_-]+\\.html")) {
            throw new IllegalArgumentException("'" + path + "' is not the path of a page");
        }
    }

    /** A page for the readers of the warehouse. */
    public Page(String path, String title, Section section, String template, Object model) {
        this(path, title, section, template, model, Access.READERS);
    }
}

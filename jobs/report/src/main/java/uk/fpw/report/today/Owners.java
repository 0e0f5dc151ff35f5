package uk.fpw.report.today;

import uk.fpw.report.data.SiteData;

/** Who corrects the rows of a feed. */
final class Owners {

    private Owners() {}

    /** As a sentence after a space; empty for what is no feed, or has no owner. */
    static String sentence(SiteData site, String feed) {
        String owner = site.owner(feed);
        return owner == null ? "" : " To be corrected by: " + owner + ".";
    }
}

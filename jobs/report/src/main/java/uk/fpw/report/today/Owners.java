package uk.fpw.report.today;

import uk.fpw.report.data.SiteData;

/** Who corrects the rows of a feed. */
final class Owners {

    private Owners() {}

    /** As a sentence after a space; empty for what is no feed, or has no owner. */
    static String sentence(SiteData site, String feed) {
        return site.request().dictionary().feeds().stream()
                .filter(one -> one.name().equals(feed) && one.owner() != null)
                .map(one -> " To be corrected by: " + one.owner() + ".")
                .findFirst()
                .orElse("");
    }
}

package uk.fpw.report.page;

import java.util.List;
import java.util.Map;
import uk.fpw.report.data.SiteData;

/** Makes pages of a release. */
public interface PageSource {

    /** The pages, which may be none; a table or column that an older release does not have is no error. */
    List<Page> pages(SiteData site);

    /** Scripts that its pages load, by path in the site; none unless it says otherwise. */
    default Map<String, String> files(SiteData site) {
        return Map.of();
    }
}

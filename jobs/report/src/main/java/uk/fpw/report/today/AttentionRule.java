package uk.fpw.report.today;

import java.util.List;
import uk.fpw.report.data.SiteData;

/** Finds things that need attention. Every rule is shown, whether it found something or not. */
interface AttentionRule {

    /** Its name and what it looks for. */
    Attention.Rule shown();

    /** What it finds; nothing in a release that does not have what it needs. */
    List<Attention> find(SiteData site);
}

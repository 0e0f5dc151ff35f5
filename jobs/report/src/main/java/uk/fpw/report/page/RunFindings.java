package uk.fpw.report.page;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import uk.fpw.layout.site.Operations;
import uk.fpw.report.data.SiteData;
import uk.fpw.report.text.English;
import uk.fpw.text.Plural;

/** What tests found in the latest run of the date of the release. */
public final class RunFindings {

    /** Before the kind of item, the test that such items belong to a case that is known. */
    private static final String LINKED = "LINKED_TO_A_CASE_";

    private RunFindings() {}

    /** Each test of a table or feed once. */
    public static Collection<Operations.Finding> of(SiteData site) {
        Map<List<String>, Operations.Finding> latest = new LinkedHashMap<>();
        site.request().operations().findings().stream()
                .filter(finding -> finding.businessDate().equals(site.businessDate()))
                .forEach(finding -> latest.putIfAbsent(List.of(finding.table(), finding.code()), finding));
        return latest.values();
    }

    /** Why silence and clock of cases may be wrong: what belongs to them does not find them. */
    public static List<String> unlinked(SiteData site) {
        return of(site).stream()
                .filter(finding -> finding.code().startsWith(LINKED))
                .map(finding -> "Of "
                        + (finding.checkedCount() == null ? "" : English.count(finding.checkedCount()) + " ")
                        + Plural.of(finding.code()
                                .substring(LINKED.length())
                                .toLowerCase(Locale.ROOT)
                                .replace('_', ' '))
                        + ", " + English.count(finding.failedCount()) + share(finding)
                        + (finding.failedCount() == 1 ? " belongs" : " belong")
                        + " to no case that is known, so that nobody can tell how long nothing was recorded in those "
                        + "cases, or how long they waited.")
                .distinct()
                .toList();
    }

    private static String share(Operations.Finding finding) {
        Long of = finding.checkedCount();
        return of == null || of == 0 ? "" : " (" + English.share((double) finding.failedCount() / of) + ")";
    }
}

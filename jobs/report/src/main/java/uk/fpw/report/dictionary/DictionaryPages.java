package uk.fpw.report.dictionary;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import uk.fpw.layout.site.DictionaryInput;
import uk.fpw.report.data.SiteData;
import uk.fpw.report.page.Page;
import uk.fpw.report.page.PageSource;

/** Pages with the meaning of every table, column and term of a release, and the sources of its figures. */
public final class DictionaryPages implements PageSource {

    @Override
    public List<Page> pages(SiteData site) {
        return pages(site.request().dictionary(), Snapshot.of(site.release()));
    }

    @Override
    public Map<String, String> files(SiteData site) {
        IndexPage index = new IndexPage(site.request().dictionary(), Snapshot.of(site.release()));
        return Map.of(DictionaryPaths.ENTRIES, SearchIndex.of(index.entries()));
    }

    static List<Page> pages(DictionaryInput input, Snapshot release) {
        List<Page> pages = new ArrayList<>();
        pages.addAll(new IndexPage(input, release).pages());
        TablePages tables = new TablePages(input, release);
        TablePages.all().forEach(model -> pages.add(tables.of(model)));
        pages.add(ReadingPage.page());
        pages.add(new FeedsPage(input).page());
        pages.add(RulesPage.page(input));
        pages.add(QueriesPage.page());
        pages.add(PicturesPage.page());
        ReleasedTerms terms = new ReleasedTerms(release);
        pages.add(terms.standardsPage());
        pages.add(terms.schemesPage());
        pages.add(terms.changesPage(input.changeKinds()));
        return pages;
    }
}

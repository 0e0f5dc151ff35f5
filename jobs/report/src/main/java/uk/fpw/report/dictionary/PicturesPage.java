package uk.fpw.report.dictionary;

import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import uk.fpw.report.page.Page;
import uk.fpw.report.page.Section;
import uk.fpw.report.picture.DeclaredPart;

/** The pictures and tables of pages that are declared in files. */
final class PicturesPage {

    private PicturesPage() {}

    static Page page() {
        return new Page(
                DictionaryPaths.PICTURES,
                "Pictures of the pages",
                Section.DICTIONARY,
                "dictionary/terms.jte",
                new TermsModel(
                        List.of("The pictures and tables that are declared in files, each with its query and what it "
                                + "cannot say."),
                        "There is none.",
                        DeclaredPart.all().stream().flatMap(PicturesPage::terms).toList()));
    }

    private static Stream<TermsModel.Term> terms(DeclaredPart part) {
        return part.pictures().stream()
                .map(picture -> new TermsModel.Term(
                        DictionaryPaths.anchor("picture", picture.id()),
                        picture.id(),
                        picture.title(),
                        Stream.of(part.says(), part.cannotSay().isEmpty() ? "" : "Cannot say: " + part.cannotSay())
                                .filter(text -> !text.isEmpty())
                                .toList(),
                        List.of(
                                new TableModel.Fact(
                                        "Shown as", picture.kind().name().toLowerCase(Locale.ROOT)),
                                new TableModel.Fact("Part of a page", part.heading() + ", of each " + part.page())),
                        "Reads",
                        SqlTables.in(picture.sql()).stream().map(Link::table).toList(),
                        "The query",
                        picture.sql()));
    }
}

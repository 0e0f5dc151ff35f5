package uk.fpw.report.dictionary;

import java.util.ArrayList;
import java.util.List;
import uk.fpw.query.ReadyQueries;
import uk.fpw.report.page.Page;
import uk.fpw.report.page.Section;

/** The ready-made queries. */
final class QueriesPage {

    private QueriesPage() {}

    static Page page() {
        return new Page(
                DictionaryPaths.QUERIES, "Ready-made queries", Section.DICTIONARY, "dictionary/terms.jte", model());
    }

    static TermsModel model() {
        return new TermsModel(
                List.of("Each answers one question: fpw query --name NAME --param parameter=value."),
                "There is none.",
                ReadyQueries.all().stream().map(QueriesPage::term).toList());
    }

    private static TermsModel.Term term(ReadyQueries.ReadyQuery query) {
        return new TermsModel.Term(
                DictionaryPaths.anchor("query", query.name()),
                query.name(),
                query.question(),
                header(query.sql()).stream().skip(1).toList(),
                List.of(),
                "Reads",
                SqlTables.in(query.sql()).stream()
                        .filter(table -> !table.startsWith("ops."))
                        .map(Link::table)
                        .toList(),
                "The query",
                query.sql().strip());
    }

    /** The comment above a query; a sentence that begins a line begins a new text. */
    static List<String> header(String sql) {
        List<String> texts = new ArrayList<>();
        for (String line : sql.lines().takeWhile(each -> each.startsWith("--")).toList()) {
            String text = line.substring(2).strip();
            boolean isContinued = line.startsWith("--  ") && !texts.isEmpty();
            if (isContinued) {
                texts.set(texts.size() - 1, texts.get(texts.size() - 1) + " " + text);
            } else {
                texts.add(text);
            }
        }
        return texts;
    }
}

package uk.fpw.report.dictionary;

import java.util.List;

/**
 * A list of defined terms.
 *
 * @param intro what they are
 * @param none shown if there are none
 */
public record TermsModel(List<String> intro, String none, List<Term> terms) {

    /**
     * One term.
     *
     * @param anchor its anchor on the page
     * @param title its display name; empty if that is its name
     * @param paragraphs what it means
     * @param facts named facts
     * @param linksTitle what the links lead to
     * @param codeTitle what the code is
     * @param code SQL; empty if there is none
     */
    public record Term(
            String anchor,
            String name,
            String title,
            List<String> paragraphs,
            List<TableModel.Fact> facts,
            String linksTitle,
            List<Link> links,
            String codeTitle,
            String code) {

        Term(String anchor, String name, String title, List<String> paragraphs, List<TableModel.Fact> facts) {
            this(anchor, name, title, paragraphs, facts, "", List.of(), "", "");
        }
    }
}

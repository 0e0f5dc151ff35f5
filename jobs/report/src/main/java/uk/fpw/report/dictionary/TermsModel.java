package uk.fpw.report.dictionary;

import java.util.List;

/**
 * A list of things that are defined.
 *
 * @param intro what they are
 * @param none what is said if there are none
 */
public record TermsModel(List<String> intro, String none, List<Term> terms) {

    /**
     * One of them.
     *
     * @param anchor its place on the page
     * @param title what people call it; empty if that is its name
     * @param paragraphs what it means
     * @param facts what is to be known of it, each with its name
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

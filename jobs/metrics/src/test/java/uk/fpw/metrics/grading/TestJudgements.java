package uk.fpw.metrics.grading;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import uk.fpw.layout.ReleaseId;
import uk.fpw.metrics.figures.ReleaseKey;
import uk.fpw.metrics.table.TableRows;
import uk.fpw.metrics.table.TextRows;
import uk.fpw.model.Models;

/**
 * Judgements by the scheme {@code case_audit}, which has four grades in version 1 and three in version 2, from April
 * 2015; written as a table:
 *
 * <pre>
 * day | version | grade | theme | assessor | population | selection | case | count | stated | unit
 * </pre>
 *
 * The unit may be left out.
 *
 * {@code case} may stand for several, as in {@code a1..a7}; empty for a case of its own. Where {@code count} is given,
 * the source gives counts ({@code ?} is one that is not known), and {@code case} is the report that says so.
 */
final class TestJudgements {

    private static final Map<Integer, List<String>> GRADES = Map.of(
            1, List.of("good", "adequate", "requires improvement", "inadequate"),
            2, List.of("good", "requires improvement", "inadequate"));

    private static final LocalDate BUSINESS_DATE = LocalDate.of(2015, 6, 30);

    private final List<Judgement> judgements = new ArrayList<>();
    private GradingSpec.Known known = new GradingSpec.Known(BUSINESS_DATE, null);

    static TestJudgements of(String table) {
        TestJudgements judged = new TestJudgements();
        table.lines().filter(line -> !line.isBlank()).forEach(judged::add);
        return judged;
    }

    /** Sets that the judgements are known only up to a day before the business date. */
    TestJudgements knownTo(String day, String reason) {
        known = new GradingSpec.Known(LocalDate.parse(day), reason);
        return this;
    }

    private void add(String line) {
        List<String> fields =
                Stream.of(line.split("\\|", -1)).map(String::strip).toList();
        String cases = fields.get(7);
        if (!cases.contains("..")) {
            judgements.add(judgement(fields, cases.isEmpty() ? "case " + judgements.size() : cases));
            return;
        }
        String name = cases.replaceFirst("[0-9].*", "");
        int first = Integer.parseInt(cases.substring(name.length(), cases.indexOf("..")));
        int last = Integer.parseInt(cases.substring(cases.indexOf("..") + 2).replace(name, ""));
        for (int i = first; i <= last; i++) {
            judgements.add(judgement(fields, name + i));
        }
    }

    private Judgement judgement(List<String> fields, String caseKey) {
        int version = Integer.parseInt(fields.get(1));
        int rank = Objects.requireNonNull(GRADES.get(version)).indexOf(fields.get(2)) + 1;
        String count = fields.get(8);
        return new Judgement(
                new GradedSeries(version, fields.get(5), fields.get(6), fields.get(3), fields.get(4)),
                "audits",
                count.isEmpty() ? "item " + judgements.size() : caseKey,
                caseKey,
                "person of " + caseKey,
                rank,
                fields.size() > 10 ? fields.get(10) : GradedRow.NOT_RECORDED,
                LocalDate.parse(fields.get(0)),
                !count.isEmpty(),
                count.isEmpty() ? Long.valueOf(1) : number(count.replace("?", "")),
                number(fields.get(9)));
    }

    private static @Nullable Long number(String text) {
        return text.isEmpty() ? null : Long.valueOf(text);
    }

    /** Columns of the rows of {@code mart.grading_share} with these values. */
    List<String> shares(String columns, Map<String, Object> where) {
        TextRows rows = new TextRows();
        new GradingShares("case_audit", spec(), releaseKey(), judgements).write(table("mart.grading_share", rows));
        return rows.of("mart.grading_share", columns, where);
    }

    /** Columns of all rows of {@code mart.grading_agreement}. */
    List<String> agreements(String columns) {
        TextRows rows = new TextRows();
        new AssessorAgreements("case_audit", spec(), releaseKey(), judgements)
                .write(table("mart.grading_agreement", rows));
        return rows.of("mart.grading_agreement", columns);
    }

    /** Columns of the rows with these values of a mart that counts each case once. */
    List<String> rows(String mart, String columns, Map<String, Object> where) {
        TextRows rows = new TextRows();
        GradedCases cases = new GradedCases("case_audit", spec(), judgements);
        TableRows table = table("mart." + mart, rows);
        switch (mart) {
            case "grading_case_share" -> new CaseShares(cases, releaseKey()).write(table);
            case "grading_change" -> new GradingChanges(cases, releaseKey()).write(table);
            case "grading_trend" -> new GradingTrends(cases, releaseKey()).write(table);
            case "grading_funnel" -> new GradingFunnels(cases, releaseKey()).write(table);
            default -> throw new IllegalArgumentException(mart);
        }
        return rows.of("mart." + mart, columns, where);
    }

    private GradingSpec spec() {
        return new GradingSpec(Map.of("case_audit", GRADES), Map.of("audits", known));
    }

    private static ReleaseKey releaseKey() {
        return new ReleaseKey("testshire", ReleaseId.of("2016-01-12.1"), (int) BUSINESS_DATE.toEpochDay());
    }

    private static TableRows table(String name, TextRows rows) {
        return new TableRows(Models.find(name).orElseThrow(), values -> rows.accept(name, values));
    }
}

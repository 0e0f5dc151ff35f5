package uk.fpw.demo;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.ColumnMapRowMapper;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * Published figures next to ours: for each the closest value in its window, and the range of our values there, so that
 * the closest is not mistaken for the only one.
 */
record FactFinding(JdbcTemplate jdbc, TextReport report) {

    private static final int QUOTE = 54;

    void print() {
        report.line("");
        report.line("1. Published figures of a force, and ours");
        report.line("     %-" + QUOTE + "s %-22s %8s  %-24s %s", "", "published", "closest", "all of ours", "verdict");
        for (Map<String, @Nullable Object> fact : facts()) {
            List<String> quote = TextReport.wrapped("\"" + fact.get("quote") + "\"", QUOTE);
            report.line(
                    "     %-" + QUOTE + "s %-22s %8s  %-24s %s",
                    quote.get(0),
                    published(fact),
                    TextReport.number(fact.get("our_value")),
                    ours(fact),
                    verdict(fact));
            quote.subList(1, quote.size()).forEach(more -> report.line("       %s", more));
            if (needsItsDefinition(fact)) {
                TextReport.wrapped(String.valueOf(fact.get("definition")), QUOTE)
                        .forEach(part -> report.line("       %s", part));
            }
        }
        report.line("   'Closest' is our nearest value in the window of the fact; 'all of ours' "
                + "is the range of our values.");
        report.line(
                "   'By construction': the data was constructed to match, so a match only proves that the arithmetic "
                        + "is correct.");
        jdbc.query(
                "select quote, reason from mart.published_fact where verdict = 'not comparable' order by fact", row -> {
                    report.paragraph("   ", "'" + row.getString("quote") + "': " + row.getString("reason"));
                });
    }

    private List<Map<String, @Nullable Object>> facts() {
        return jdbc.query("""
                select f.*, (select count(*) from mart.published_fact as other where other.quote = f.quote) as readings
                from mart.published_fact as f
                order by
                    case verdict when 'by construction' then 0 when 'differs by' then 2 when 'not comparable' then 3 \
                else 1 end,
                    case when our_value_count > 1 and stated_from < stated_to then 1 else 0 end,
                    fact""", new ColumnMapRowMapper());
    }

    /**
     * Whether the definition must be stated, because the quotation is ambiguous or gives a range of days or numbers.
     */
    private static boolean needsItsDefinition(Map<String, @Nullable Object> fact) {
        boolean isRange = !String.valueOf(fact.get("stated_from")).equals(String.valueOf(fact.get("stated_to")));
        return isRange || (TextReport.count(fact, "readings") > 1 && TextReport.count(fact, "our_value_count") > 1);
    }

    private static String published(Map<String, @Nullable Object> fact) {
        String operator = String.valueOf(fact.get("operator"));
        String from = TextReport.number(fact.get("stated_from"));
        String to = TextReport.number(fact.get("stated_to"));
        return (from.equals(to) ? (operator.equals("=") ? "" : operator + " ") + from : from + " to " + to) + " "
                + fact.get("unit");
    }

    private static String ours(Map<String, @Nullable Object> fact) {
        long count = TextReport.count(fact, "our_value_count");
        if (count < 2) {
            return count == 0 ? "" : "one value";
        }
        return TextReport.number(fact.get("our_lowest")) + " to " + TextReport.number(fact.get("our_highest")) + ", "
                + count + " values";
    }

    private static String verdict(Map<String, @Nullable Object> fact) {
        String verdict = String.valueOf(fact.get("verdict"));
        return verdict.equals("differs by") && fact.get("difference") instanceof Number difference
                ? verdict + " " + TextReport.number(Math.abs(difference.doubleValue()))
                : verdict;
    }
}

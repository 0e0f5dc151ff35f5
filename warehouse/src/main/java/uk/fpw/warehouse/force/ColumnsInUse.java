package uk.fpw.warehouse.force;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import uk.fpw.warehouse.force.feed.Feed;
import uk.fpw.warehouse.force.staging.AtEntry;

/**
 * The columns of a feed that figures depend on: those named in a staging, grading or staffing query that reads the
 * feed, or in one of its rules, and those whose versions determine an attribute at entry. All columns if there is no
 * such query or one reads {@code *}.
 */
public final class ColumnsInUse {

    /** A quoted text, a name in backquotes, or a comment (group 1). */
    private static final Pattern PASSED_OVER = Pattern.compile(
            "'(?:[^'\\\\]++|\\\\.)*+'|\"(?:[^\"\\\\]++|\\\\.)*+\"|`[^`]*+`|(--[^\\n]*+|/[*].*?[*]/)", Pattern.DOTALL);

    /** {@code *} where it cannot be a multiplication; {@code count(*)} does not refer to columns. */
    private static final Pattern EVERYTHING =
            Pattern.compile("(?i)(?:\\bselect(?:\\s+(?:distinct|all))?|[,.]|(?<!\\bcount\\s{0,9})\\()\\s*[*]");

    private ColumnsInUse() {}

    /** Their positions among the feed's columns. */
    public static List<Integer> of(Force force, Feed feed) {
        List<String> queries = new ArrayList<>();
        force.stagings().stream()
                .filter(staging -> staging.feeds().contains(feed.name()))
                .forEach(staging -> queries.add(withoutComments(staging.sql())));
        force.gradings().stream()
                .filter(grading -> grading.feeds().contains(feed.name()))
                .forEach(grading -> queries.add(withoutComments(grading.sql())));
        force.staffings().stream()
                .filter(staffing -> staffing.feeds().contains(feed.name()))
                .forEach(staffing -> queries.add(withoutComments(staffing.sql())));
        boolean all = queries.isEmpty()
                || queries.stream().anyMatch(sql -> EVERYTHING.matcher(sql).find());
        List<String> expressions = new ArrayList<>(queries);
        force.rules().stream()
                .filter(rule -> rule.feed().equals(feed.name()))
                .forEach(rule -> expressions.add(withoutComments(rule.expression())));
        Set<String> lookedUp = force.stagings().stream()
                .flatMap(staging -> staging.atEntry().stream())
                .filter(attribute -> attribute.from() != AtEntry.From.EVENT
                        && attribute.feed().equals(feed.name()))
                .flatMap(attribute -> Stream.of(attribute.column(), attribute.datedBy()))
                .filter(Objects::nonNull)
                .collect(Collectors.toSet());
        if (feed.scope() != null) {
            expressions.add(withoutComments(feed.scope().where()));
        }
        List<Integer> positions = new ArrayList<>();
        for (int position = 0; position < feed.columns().size(); position++) {
            String column = feed.columns().get(position).name();
            if (all || lookedUp.contains(column) || isNamed(column, expressions)) {
                positions.add(position);
            }
        }
        return List.copyOf(positions);
    }

    /** Whether a query names a column or reads all. */
    static boolean isNamed(String column, String sql) {
        String code = withoutComments(sql);
        return EVERYTHING.matcher(code).find() || isNamed(column, List.of(code));
    }

    /** A query without its comments. */
    static String withoutComments(String sql) {
        return PASSED_OVER
                .matcher(sql)
                .replaceAll(found -> found.group(1) == null ? Matcher.quoteReplacement(found.group()) : " ");
    }

    private static boolean isNamed(String column, List<String> queries) {
        Pattern word = Pattern.compile("(?i)\\b" + column + "\\b");
        return queries.stream().anyMatch(sql -> word.matcher(sql).find());
    }
}

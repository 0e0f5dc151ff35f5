package uk.fpw.warehouse.force;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * The columns of a feed on which figures rest: those whose name is a word of a staging or grading query that reads the feed. All of them where no query does, or where one
 * reads {@code *}.
 */
public final class ColumnsInUse {

    private static final Pattern EVERYTHING =
            Pattern.compile("(?i)select\\s+(distinct\\s+)?([a-z_]\\w*\\s*[.]\\s*)?[*]");

    private ColumnsInUse() {}

    /** Their positions among the feed's columns. */
    public static List<Integer> of(Force force, Feed feed) {
        List<String> queries = new ArrayList<>();
        force.stagings().stream()
                .filter(staging -> staging.feeds().contains(feed.name()))
                .forEach(staging -> queries.add(staging.sql()));
        force.gradings().stream()
                .filter(grading -> grading.feeds().contains(feed.name()))
                .forEach(grading -> queries.add(grading.sql()));
        boolean all = queries.isEmpty()
                || queries.stream().anyMatch(sql -> EVERYTHING.matcher(sql).find());
        List<Integer> positions = new ArrayList<>();
        for (int position = 0; position < feed.columns().size(); position++) {
            if (all || isNamed(feed.columns().get(position).name(), queries)) {
                positions.add(position);
            }
        }
        return List.copyOf(positions);
    }

    private static boolean isNamed(String column, List<String> queries) {
        Pattern word = Pattern.compile("(?i)\\b" + column + "\\b");
        return queries.stream().anyMatch(sql -> word.matcher(sql).find());
    }
}

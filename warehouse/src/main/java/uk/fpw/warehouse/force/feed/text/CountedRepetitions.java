package uk.fpw.warehouse.force.feed.text;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The number of repetitions that a regular expression requires through counts such as {@code {3,5}}. Nested counts
 * multiply, adjacent counts do not.
 */
final class CountedRepetitions {

    private static final Pattern COUNT = Pattern.compile("\\{(\\d{1,9})(?:,(\\d{0,9}))?}");

    private final String expression;
    private final long enough;
    private final Deque<Long> outer = new ArrayDeque<>();
    private long max = 1;

    private CountedRepetitions(String expression, long enough) {
        this.expression = expression;
        this.enough = enough;
    }

    /**
     * The highest number of repetitions; 1 if there are no counts.
     *
     * @param expression a valid expression
     * @param enough limit above which the result need not be exact
     */
    static long of(String expression, long enough) {
        return new CountedRepetitions(expression, enough).count();
    }

    private long count() {
        Matcher counts = COUNT.matcher(expression);
        long last = 1;
        int at = 0;
        while (at < expression.length()) {
            char next = expression.charAt(at);
            if (next == '{' && counts.find(at) && counts.start() == at) {
                String upTo = counts.group(2);
                long times = Long.parseLong(upTo == null || upTo.isEmpty() ? counts.group(1) : upTo);
                last = Math.min(enough + 1, last * Math.max(1, times));
                max = Math.max(max, last);
                at = counts.end();
                continue;
            }
            last = next == ')' ? max : 1;
            if (next == '(') {
                outer.push(max);
                max = 1;
            } else if (next == ')' && !outer.isEmpty()) {
                max = Math.max(max, outer.pop());
            }
            at = next == '\\' ? afterEscape(at) : next == '[' ? afterClass(at) : at + 1;
        }
        while (!outer.isEmpty()) {
            max = Math.max(max, outer.pop());
        }
        return max;
    }

    /** The position after an escaped character or after a quotation from {@code \Q} to {@code \E}. */
    private int afterEscape(int at) {
        if (expression.startsWith("\\Q", at)) {
            int end = expression.indexOf("\\E", at);
            return end < 0 ? expression.length() : end + 2;
        }
        return at + 2;
    }

    /** The position after a character class, which contains no counts. */
    private int afterClass(int start) {
        int at = expression.startsWith("[^", start) ? start + 2 : start + 1;
        // A bracket in first place is a member of the class.
        at += expression.startsWith("]", at) ? 1 : 0;
        while (at < expression.length() && expression.charAt(at) != ']') {
            char next = expression.charAt(at);
            at = next == '\\' ? afterEscape(at) : next == '[' ? afterClass(at) : at + 1;
        }
        return at + 1;
    }
}

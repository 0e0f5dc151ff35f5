package uk.fpw.demo;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Lines, paragraphs and numbers of a report, as text for a screen. */
record TextReport(PrintStream out) {

    /** Width of a paragraph. */
    static final int WIDTH = 116;

    void line(String format, @Nullable Object... values) {
        out.println(String.format(Locale.ROOT, format, values).stripTrailing());
    }

    /** Prints a text that may be longer than a line, with a margin before each line. */
    void paragraph(String margin, String text) {
        wrapped(text, WIDTH - margin.length()).forEach(part -> line("%s%s", margin, part));
    }

    static List<String> wrapped(String text, int width) {
        List<String> lines = new ArrayList<>();
        StringBuilder current = new StringBuilder();
        for (String word : text.split(" ", -1)) {
            if (current.length() > 0 && current.length() + 1 + word.length() > width) {
                lines.add(current.toString());
                current.setLength(0);
            }
            current.append(current.length() == 0 ? "" : " ").append(word);
        }
        lines.add(current.toString());
        return lines;
    }

    static String number(@Nullable Object value) {
        if (!(value instanceof Number number)) {
            return "-";
        }
        double exact = number.doubleValue();
        return exact == Math.rint(exact)
                ? String.format(Locale.ROOT, "%,.0f", exact)
                : String.format(Locale.ROOT, "%.3f", exact).replaceFirst("0+$", "");
    }

    static long count(Map<String, ? extends @Nullable Object> row, String column) {
        return row.get(column) instanceof Number number ? number.longValue() : 0;
    }

    /** The source and the first eight characters of a pseudonym: enough to find it without filling a line. */
    static String brief(String key) {
        return key.substring(0, Math.min(key.length(), key.indexOf(':') + 9));
    }

    /** Joins names with commas, and the last two with 'and'. */
    static String and(List<String> names) {
        return names.size() < 2
                ? String.join("", names)
                : String.join(", ", names.subList(0, names.size() - 1)) + " and " + names.get(names.size() - 1);
    }
}

package uk.fpw.nightly;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * A manual page made from the help of a command, which is the only text about its options. Uses the macros of man(7);
 * source: groff_man(7).
 */
final class ManPage {

    private static final String USAGE = "Usage:";

    private ManPage() {}

    /**
     * Makes a page of section 1.
     *
     * @param command name of the command, such as {@code fpw nightly}
     * @param version version of the software
     * @param help text of its help: the usage, then a description
     */
    static String of(String command, String version, String help) {
        String name = command.replace(' ', '-');
        List<String> lines = help.lines().toList();
        int end = usageLines(lines);
        StringBuilder page = new StringBuilder();
        page.append(".TH \"").append(escaped(name.toUpperCase(Locale.ROOT))).append("\" \"1\" \"\" \"fpw ");
        page.append(escaped(version)).append("\" \"Force Performance Warehouse\"\n");
        page.append(".SH NAME\n").append(escaped(name)).append(" \\- ");
        page.append(escaped(summary(lines.subList(end, lines.size()))));
        page.append("\n.SH SYNOPSIS\n.nf\n");
        lines.subList(0, end).forEach(line -> append(page, line.replaceFirst("^" + USAGE + " ?", "")));
        page.append(".fi\n.SH DESCRIPTION\n.nf\n");
        boolean afterBlank = false;
        for (String line : lines.subList(end, lines.size())) {
            if (afterBlank && isHeading(line)) {
                page.append(".fi\n.SH \"").append(escaped(heading(line))).append("\"\n.nf\n");
            } else {
                append(page, line);
            }
            afterBlank = line.isBlank();
        }
        return page.append(".fi\n").toString();
    }

    /** Counts the lines of the usage: the first line and the indented lines that continue it. */
    private static int usageLines(List<String> lines) {
        int end = lines.isEmpty() ? 0 : 1;
        while (end < lines.size() && lines.get(end).startsWith(" ")) {
            end++;
        }
        return end;
    }

    /** The first sentence of the description, on one line. */
    private static String summary(List<String> description) {
        String text = description.stream()
                .map(String::strip)
                .takeWhile(line -> !line.isEmpty())
                .collect(Collectors.joining(" "));
        int end = text.indexOf(". ");
        String sentence = end < 0 ? text : text.substring(0, end);
        return sentence.endsWith(".") ? sentence.substring(0, sentence.length() - 1) : sentence;
    }

    private static boolean isHeading(String line) {
        return line.endsWith(":") && !line.startsWith(" ");
    }

    /** The heading without the part in brackets and the colon. */
    private static String heading(String line) {
        return line.replaceFirst(" \\(.*", "").replace(":", "").toUpperCase(Locale.ROOT);
    }

    private static void append(StringBuilder page, String line) {
        page.append(escaped(line)).append('\n');
    }

    /** Escapes a line that begins with a dot or an apostrophe, which groff would read as a request. */
    private static String escaped(String text) {
        String escaped = text.replace("\\", "\\e").replace("-", "\\-").replace("\"", "\\(dq");
        return escaped.startsWith(".") || escaped.startsWith("'") ? "\\&" + escaped : escaped;
    }
}

package uk.fpw.report.chart;

import static java.util.stream.Collectors.joining;

import java.util.List;
import java.util.Locale;
import uk.fpw.report.text.SafeText;

/** Writes SVG elements: every text is escaped, every number has at most two decimals. */
final class Svg {

    private static final int REPLACEMENT = 0xFFFD;

    private final StringBuilder out = new StringBuilder();

    /** Begins a picture with its name and text alternative; the caller closes {@code svg}. */
    static Svg picture(PictureText about, double width, double height, String cssClass, String role) {
        return new Svg()
                .open(
                        "svg",
                        "xmlns",
                        "http://www.w3.org/2000/svg",
                        "viewBox",
                        "0 0 " + number(width) + " " + number(height),
                        "class",
                        cssClass,
                        "role",
                        role,
                        "aria-labelledby",
                        about.id() + "-title " + about.id() + "-desc")
                .text("title", about.title(), "id", about.id() + "-title")
                .text("desc", about.description(), "id", about.id() + "-desc");
    }

    /** The same, with the positions of the rows of its table across it, where the script shows a row's values. */
    Svg rows(List<Double> across) {
        if (!across.isEmpty()) {
            out.insert(
                    out.indexOf(" role="),
                    across.stream().map(x -> Long.toString(Math.round(x))).collect(joining(" ", " data-x=\"", "\"")));
        }
        return this;
    }

    /** Opens an element; attributes are pairs of name and value. */
    Svg open(String element, Object... attributes) {
        return element(element, ">", attributes);
    }

    /** An element without content. */
    Svg empty(String element, Object... attributes) {
        return element(element, "/>", attributes);
    }

    Svg text(String element, String text, Object... attributes) {
        return open(element, attributes).raw(escape(text)).close(element);
    }

    /** Text within the open element. */
    Svg content(String text) {
        return raw(escape(text));
    }

    /** Appends what another instance has written. */
    Svg append(Svg other) {
        return raw(other.toString());
    }

    Svg close(String element) {
        out.append("</").append(element).append('>');
        return this;
    }

    private Svg element(String element, String end, Object... attributes) {
        out.append('<').append(element);
        for (int i = 0; i < attributes.length; i += 2) {
            Object value = attributes[i + 1];
            out.append(' ').append(attributes[i]).append("=\"");
            out.append(value instanceof Double number ? number(number) : escape(String.valueOf(value)));
            out.append('"');
        }
        out.append(end);
        return this;
    }

    private Svg raw(String text) {
        out.append(text);
        return this;
    }

    static String number(double value) {
        String text = String.format(Locale.ROOT, "%.2f", value);
        return text.endsWith(".00") ? text.substring(0, text.length() - 3) : text;
    }

    /**
     * Escapes markup. Control characters, which XML cannot contain, become spaces; unpaired surrogates and characters
     * that change the text direction become U+FFFD.
     */
    static String escape(String text) {
        StringBuilder escaped = new StringBuilder(text.length() + 16);
        text.codePoints().forEach(one -> {
            switch (one) {
                case '&' -> escaped.append("&amp;");
                case '<' -> escaped.append("&lt;");
                case '>' -> escaped.append("&gt;");
                case '"' -> escaped.append("&quot;");
                case '\'' -> escaped.append("&#39;");
                default ->
                    escaped.appendCodePoint(
                            Character.isISOControl(one) ? ' ' : SafeText.isUnsafe(one) ? REPLACEMENT : one);
            }
        });
        return escaped.toString();
    }

    @Override
    public String toString() {
        return out.toString();
    }
}

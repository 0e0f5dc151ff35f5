package uk.fpw.report.chart;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Lines of text below a picture that explain its letters, colours and marks. */
final class PlotKeys {

    private static final double LINE = 16;
    private static final int MOST_LINES = 3;

    private record Key(@Nullable String letter, String text, String cssClass) {}

    private final PictureSize size;
    private final List<Key> lines = new ArrayList<>();

    PlotKeys(PictureSize size) {
        this.size = size;
    }

    /** A text that explains a letter, or a general one if there is none. */
    void text(@Nullable String letter, String text) {
        lines.addAll(wrapped(new Key(letter, text, "key")));
    }

    void colour(String text, String cssClass) {
        lines.addAll(wrapped(new Key(null, text, cssClass)));
    }

    /** Height needed below the picture. */
    double height() {
        return LINE * lines.size() + (lines.isEmpty() ? 0 : 6);
    }

    private List<Key> wrapped(Key key) {
        List<Key> wrapped = new ArrayList<>();
        StringBuilder line = new StringBuilder();
        for (String word : key.text().split(" ", -1)) {
            if (line.length() > 0 && TextWidth.of(line + " " + word, size.font) > size.width - 24) {
                wrapped.add(new Key(wrapped.isEmpty() ? key.letter() : "", line.toString(), key.cssClass()));
                line.setLength(0);
            }
            line.append(line.length() == 0 ? "" : " ").append(TextWidth.fit(word, size.width - 24, size.font));
        }
        wrapped.add(new Key(wrapped.isEmpty() ? key.letter() : "", line.toString(), key.cssClass()));
        return wrapped.size() <= MOST_LINES ? wrapped : wrapped.subList(0, MOST_LINES);
    }

    void draw(Svg picture) {
        double y = size.height + 12;
        for (Key key : lines) {
            boolean isText = key.cssClass().equals("key");
            if (key.letter() != null) {
                picture.text("text", key.letter(), "x", 4.0, "y", y, "class", "letter");
            } else if (!isText) {
                String swatch = "swatch " + key.cssClass();
                picture.empty("rect", "x", 2.0, "y", y - 9, "width", 11.0, "height", 9.0, "class", swatch);
            }
            double x = isText && key.letter() == null ? 2.0 : 20.0;
            picture.text("text", key.text(), "x", x, "y", y, "class", "label " + key.cssClass());
            y += LINE;
        }
    }
}

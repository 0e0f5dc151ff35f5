package uk.fpw.report.chart;

import java.util.function.Function;

/** Each picture is drawn for screens and paper, and again for telephones; the stylesheet shows one of them. */
enum PictureSize {
    WIDE(760, 320, 12, ""),
    NARROW(340, 280, 13, "-n");

    final double width;
    final double height;
    final double font;
    final String suffix;

    PictureSize(double width, double height, double font, String suffix) {
        this.width = width;
        this.height = height;
        this.font = font;
        this.suffix = suffix;
    }

    boolean isWide() {
        return this == WIDE;
    }

    String cssClass() {
        return isWide() ? "chart wide" : "chart narrow";
    }

    static String both(Function<PictureSize, String> draw) {
        return draw.apply(WIDE) + draw.apply(NARROW);
    }
}

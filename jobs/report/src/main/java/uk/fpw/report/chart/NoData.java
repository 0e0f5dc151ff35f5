package uk.fpw.report.chart;

/** A picture that says that there is nothing to draw. */
final class NoData {

    private NoData() {}

    static String svg(String id, String title, String description) {
        return Svg.picture(new PictureText(id, title, description, ""), 340, 40, "chart no-data", "img")
                .text("text", "Nothing to draw: no value is available.", "x", 2.0, "y", 24.0, "class", "unit-label")
                .close("svg")
                .toString();
    }
}

package uk.fpw.report.chart;

/** A picture that says that there is nothing to draw. */
final class NoData {

    private NoData() {}

    static String svg(String id, String title, String description) {
        return new Svg()
                .open(
                        "svg", "xmlns", "http://www.w3.org/2000/svg", "viewBox", "0 0 640 60", "class", "chart", "role",
                        "img", "aria-labelledby", id + "-title " + id + "-desc")
                .text("title", title, "id", id + "-title")
                .text("desc", description, "id", id + "-desc")
                .text("text", "Nothing to draw: no value is available.", "x", 4.0, "y", 34.0, "class", "unit-label")
                .close("svg")
                .toString();
    }
}

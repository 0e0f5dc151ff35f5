package uk.fpw.report.chart;

/**
 * The texts of a picture.
 *
 * @param id prefix of the ids of its elements
 * @param title its name
 * @param description what it shows, for readers who cannot see it
 * @param unit what its values count or measure
 */
record PictureText(String id, String title, String description, String unit) {

    /** Begins a picture of a height, with the unit at its top. */
    Svg begin(PictureSize size, double height) {
        PictureText sized = new PictureText(id + size.suffix, title, description, unit);
        Svg svg = Svg.picture(sized, size.width, height, size.cssClass(), "img");
        svg.text("text", TextWidth.fit(unit, size.width - 8, size.font), "x", 2.0, "y", 14.0, "class", "unit-label");
        return svg;
    }
}

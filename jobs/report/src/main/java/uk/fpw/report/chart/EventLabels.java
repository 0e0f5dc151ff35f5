package uk.fpw.report.chart;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Vertical lines at dated events. Their labels are above the plot, in several rows if they would overlap. */
final class EventLabels {

    private static final double TOP = 34;
    private static final double ROW = 13;
    private static final double FONT = 11;
    private static final double GAP = 8;
    private static final int ROWS = 4;

    private final List<Plot.Note> notes;
    private final PictureSize size;
    private final Scale across;
    private final List<Integer> rows;

    EventLabels(List<Plot.Note> notes, PictureSize size, Scale across) {
        this.notes = notes;
        this.size = size;
        this.across = across;
        this.rows = rows();
    }

    /** Top of the plot, below the labels. */
    double top() {
        return TOP + ROW * rows.stream().mapToInt(row -> row + 1).max().orElse(0);
    }

    /** The first row with room for each label; -1 if there is none. */
    private List<Integer> rows() {
        double[] ends = new double[ROWS];
        Arrays.fill(ends, Double.NEGATIVE_INFINITY);
        List<Integer> found = new ArrayList<>();
        for (Plot.Note note : notes) {
            double start = start(note);
            int row = 0;
            while (row < ROWS && ends[row] > start) {
                row++;
            }
            if (row < ROWS) {
                ends[row] = start + TextWidth.of(label(note), FONT) + GAP;
            }
            found.add(row < ROWS ? row : -1);
        }
        return found;
    }

    private String label(Plot.Note note) {
        return TextWidth.fit(note.label(), size.isWide() ? 230 : 180, FONT);
    }

    private double start(Plot.Note note) {
        return Math.max(2, Math.min(across.at(note.at()) + 3, size.width - TextWidth.of(label(note), FONT) - 2));
    }

    void draw(Svg svg, double bottom) {
        for (int i = 0; i < notes.size(); i++) {
            draw(svg, notes.get(i), rows.get(i), bottom);
        }
    }

    private void draw(Svg svg, Plot.Note note, int row, double bottom) {
        double x = across.at(note.at());
        double labelY = row < 0 ? top() : TOP + ROW * row + 4;
        svg.open("g", "class", "event-group");
        svg.text("title", note.label());
        svg.empty("line", "x1", x, "x2", x, "y1", row < 0 ? top() : labelY - 8, "y2", bottom, "class", "event");
        if (row >= 0) {
            svg.text("text", label(note), "x", start(note), "y", labelY, "class", "event-label");
        }
        svg.close("g");
    }
}

package uk.fpw.report.chart;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("time-zone")
class PlotTest {

    private static final Plot.Axis HUNDRED = new Plot.Axis(0, 100, List.of());

    /** The plot extends from 32 to 742 horizontally, and from 34 to 292 vertically. */
    private static Plot plot(List<Plot.Note> notes) {
        return new Plot(
                new PictureText("p", "title", "description", "unit"),
                PictureSize.WIDE,
                HUNDRED,
                HUNDRED,
                notes,
                List.of());
    }

    @Test
    void valuesLieInProportionBetweenTheEndsOfTheAxes() {
        Plot plot = plot(List.of());
        assertThat(plot.x(0)).isEqualTo(32);
        assertThat(plot.x(100)).isEqualTo(742);
        assertThat(plot.x(50)).isEqualTo(387);
        assertThat(plot.y(0)).isEqualTo(292);
        assertThat(plot.y(100)).isEqualTo(34);
        assertThat(plot.y(25)).isEqualTo(227.5);
    }

    @Test
    void unknownValueIsAGapAndNeverZero() {
        String svg = plot(List.of())
                .line(
                        List.of(
                                new Plot.Point(0, 50.0),
                                new Plot.Point(20, 100.0),
                                new Plot.Point(40, null),
                                new Plot.Point(60, 25.0)), // alone between a gap and the end
                        "line blue")
                .finish();
        assertThat(svg)
                .contains("<path d=\"M32,163L174,34\" class=\"line blue\"/>")
                .contains("<circle cx=\"458\" cy=\"227.50\" r=\"2.50\" class=\"dot blue\"/>");
    }

    @Test
    void stepKeepsItsValueUntilTheNext() {
        String svg = plot(List.of())
                .steps(
                        List.of(new Plot.Point(0, 100.0), new Plot.Point(50, 50.0), new Plot.Point(100, 0.0)),
                        "line blue")
                .finish();
        assertThat(svg).contains("d=\"M32,34H387L387,163H742L742,292\"");
    }

    @Test
    void bandKeepsBothEndsUntilTheNext() {
        String svg = plot(List.of())
                .band(List.of(new Plot.Range(0, 50, 100), new Plot.Range(50, 0, 50)), "band blue")
                .finish();
        assertThat(svg).contains("d=\"M32,34H387L387,163L387,292L387,292L387,163L32,163Z\"");
    }

    @Test
    void labelsOfEventsThatWouldOverlapHaveRowsOfTheirOwn() {
        Plot plot =
                plot(List.of(new Plot.Note(10, "first change"), new Plot.Note(11, "second"), new Plot.Note(90, "x")));
        assertThat(plot.y(100)).as("two rows above the plot").isEqualTo(60);
        String svg = plot.finish();
        assertThat(svg).contains("y=\"38\" class=\"event-label\">first change</text>");
        assertThat(svg).contains("y=\"51\" class=\"event-label\">second</text>");
        assertThat(svg).contains("y=\"38\" class=\"event-label\">x</text>");
    }
}

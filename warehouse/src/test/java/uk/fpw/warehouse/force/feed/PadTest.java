package uk.fpw.warehouse.force.feed;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import uk.fpw.warehouse.force.feed.text.TextTransform;

class PadTest {

    @Test
    void textOfDigitsGetsItsLeadingZerosBack() {
        Feed.Column exhibit = column(List.of(TextTransform.TRIM), 6);
        assertThat(exhibit.transformed("42")).isEqualTo("000042");
        assertThat(exhibit.transformed("\u00A042 ")).isEqualTo("000042");
        for (String text : List.of("", "000042", "1234567", "42A", "4 2", "-42", "\u0664\u0662")) {
            assertThat(exhibit.transformed(text)).isEqualTo(text);
        }
        assertThat(column(List.of(), 0).transformed("42")).isEqualTo("42");
    }

    @Test
    void columnIsReadOtherwiseWithAnotherTransformOrPad() {
        Feed.Column column = column(List.of(TextTransform.TRIM), 6);
        assertThat(column.isReadLike(column(List.of(TextTransform.TRIM), 6))).isTrue();
        assertThat(column.isReadLike(column(List.of(), 6))).isFalse();
        assertThat(column.isReadLike(column(List.of(TextTransform.TRIM), 0))).isFalse();
        assertThat(column.untransformed().transformed("42")).isEqualTo("42");
    }

    private static Feed.Column column(List<TextTransform> transforms, int pad) {
        return new Feed.Column(
                "exhibit",
                "Exhibit",
                Feed.Type.TEXT,
                new Feed.TextFormat(List.of(), null, transforms, null, Feed.Unreadable.REFUSED, pad),
                true,
                Feed.Privacy.PSEUDONYMISE,
                "");
    }
}

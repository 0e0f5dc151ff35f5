package uk.fpw.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Reading of models, and messages for invalid ones. */
class ModelReaderTest {

    private static final String GOOD = """
            table: mart.stock
            owner: performance analysis
            description: What lies there.
            counted_by: series
            grain: [place]
            columns:
              - {name: place, type: text, length: 100, description: "Where it lies."}
              - {name: waiting_count, type: bigint, unit: items, add: last value only, explained: not,
                 description: "What lies there."}
              - include: standing
            tests:
              - {code: NEVER_NEGATIVE, severity: stop, expression: "waiting_count >= 0", message: "less than nothing"}
            """;

    private static List<Model> read(String mart) {
        return read("models: [mart.stock]", mart);
    }

    private static List<Model> read(String models, String mart) {
        return new ModelReader(path -> switch (path) {
                    case "models.yml" -> Optional.of(models);
                    case "common.yml" ->
                        Optional.of("standing:\n  - {name: release_id, type: text, length: 40, description: "
                                + "\"Release.\"}\n");
                    case "mart/stock.yml" -> Optional.of(mart);
                    default -> Optional.empty();
                })
                .models();
    }

    @Test
    void readsWhatATableIs() {
        assertThat(read(GOOD))
                .containsExactly(new Model(
                        "mart.stock",
                        "performance analysis",
                        "What lies there.",
                        Model.Access.OPEN,
                        "",
                        "",
                        List.of("place"),
                        List.of(
                                new Model.Column(
                                        "place",
                                        ColumnType.TEXT,
                                        100,
                                        "",
                                        Model.Add.NOT_A_MEASURE,
                                        false,
                                        false,
                                        Explained.NOT,
                                        "Where it lies."),
                                new Model.Column(
                                        "waiting_count",
                                        ColumnType.BIGINT,
                                        0,
                                        "items",
                                        Model.Add.LAST_VALUE_ONLY,
                                        false,
                                        false,
                                        Explained.NOT,
                                        "What lies there."),
                                new Model.Column(
                                        "release_id",
                                        ColumnType.TEXT,
                                        40,
                                        "",
                                        Model.Add.NOT_A_MEASURE,
                                        false,
                                        false,
                                        Explained.NOT,
                                        "Release.")),
                        List.of(new Model.Test(
                                "NEVER_NEGATIVE", "stop", "waiting_count >= 0", "", "less than nothing")),
                        "",
                        Family.SERIES,
                        false));
    }

    @Test
    void commentNamesUnitAndHowToAddUp() {
        assertThat(read(GOOD).get(0).columns().get(1).comment())
                .isEqualTo("What lies there. Unit: items. Last value only: add over slice values of one day, never "
                        + "over time.");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            type: bigint | type: money | mart/stock.yml: waiting_count: type 'money' is not one of text, bigint, int, \
            double, boolean, date, timestamp, map
            type: bigint | type: map | mart/stock.yml: waiting_count: a mart cannot have a column of type map
            add: last value only | add: sometimes | mart/stock.yml: waiting_count: add 'sometimes' is not \
            one of additive, last value only, never
            unit: items | units: items | mart/stock.yml: waiting_count: 'units' is not one of add, description, \
            explained, identifies, length, name, nullable, type, unit
            counted_by: series | counted_by: magic | mart/stock.yml: counted_by 'magic' is not one of item, series, \
            scheme, definition, mart, case, fact, comparison
            counted_by: series | counted_by: | mart/stock.yml: 'counted_by' is missing
            `, length: 100` | `` | mart/stock.yml: place: a text column needs a length of 1 to 10000 characters, such \
            as \
            'length: 100'
            length: 100 | length: 100000 | mart/stock.yml: place: a text column needs a length of 1 to 10000 \
            characters, such \
            as 'length: 100'
            length: 100 | length: long | mart/stock.yml: place: 'length' is not a whole number
            unit: items | length: 7 | mart/stock.yml: waiting_count: only a text column has a length; remove it
            name: place | name: Place | mart/stock.yml: Place: a column name consists of lower-case letters, digits \
            and '_', starting with a letter
            name: waiting_count | name: place | mart/stock.yml: column place occurs twice
            grain: [place] | grain: [spot] | mart/stock.yml: 'grain' names spot, which is not a column
            grain: [place] | grain: [] | mart/stock.yml: 'grain' is missing: the columns that together identify a row
            include: standing | include: sitting | mart/stock.yml: common.yml has no block 'sitting' to include
            `  - include: standing` | `` | mart/stock.yml: a published table needs the column release_id
            severity: stop | severity: loud | mart/stock.yml: NEVER_NEGATIVE: severity 'loud' is not stop \
            or warning
            owner: performance analysis | owner: | mart/stock.yml: 'owner' is missing
            table: mart.stock | table: mart.stocks | mart/stock.yml: 'table' is mart.stocks, but models.yml requires \
            mart.stock
            owner: performance | access: open to all\\nowner: performance | mart/stock.yml: access 'open to all' is \
            not 'restricted'; leave it out for an open table
            """)
    void saysWhichFileAndColumnIsWrong(String good, String bad, String message) {
        String mart = GOOD.replaceFirst(
                java.util.regex.Pattern.quote(good),
                java.util.regex.Matcher.quoteReplacement(bad == null ? "" : bad.replace("\\n", "\n")));
        assertThat(mart).isNotEqualTo(GOOD);

        assertThatThrownBy(() -> read(mart)).isInstanceOf(ModelException.class).hasMessage(message);
    }

    private static final String OF_A_QUEUE = """
            table: mart.stock
            owner: performance analysis
            description: What waits on a day.
            counted_by: series
            grain: [queue, slice, slice_value, day]
            columns:
              - {name: queue, type: text, length: 100, description: "Queue."}
              - {name: slice, type: text, length: 100, description: "Slice."}
              - {name: slice_value, type: text, length: 100, description: "Value of the slice."}
              - {name: day, type: date, description: "Day."}
              - {name: waiting_count, type: bigint, unit: items, add: last value only, explained: sum,
                 description: "What waits."}
              - {name: oldest_days, type: int, unit: days, add: never, explained: not, description: "The longest wait."}
              - include: standing
            """;

    @Test
    void readsHowTheChangesOfFiguresAreExplained() {
        Model model = read(OF_A_QUEUE).get(0);

        assertThat(model.explained(Explained.SUM)).containsExactly("waiting_count");
        assertThat(Explained.SUM.period(model)).isEqualTo("day");
        assertThat(Explained.SUM.hasFurther(model)).isFalse();
    }

    @Test
    void tableSaysOnceThatNoneOfItsFiguresIsExplained() {
        Model model = read(GOOD.replace("explained: not,", "").replace("grain:", "explained: not\ngrain:"))
                .get(0);

        assertThat(model.explained(Explained.NOT)).containsExactly("place", "waiting_count", "release_id");
    }

    /** A figure would otherwise be explained, or not, without anybody having decided it. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            `explained: sum,` | `` | mart/stock.yml: waiting_count: 'explained' is missing: how a change of this \
            figure is explained (sum: as a sum over changed spells, recomputed: by computing it again, cause by \
            cause, not: not at all)
            explained: sum | explained: yes | mart/stock.yml: waiting_count: explained 'yes' is not one of sum, \
            recomputed, not
            type: date, | type: date, explained: sum, | mart/stock.yml: day: only a column with 'add' is a figure \
            whose changes are explained; add it or remove 'explained'
            explained: sum | explained: recomputed | mart/stock.yml: waiting_count: explained 'recomputed', which \
            needs counted_by: series and the grain queue, slice, slice_value, one of cohort, month_start_on, and, if \
            need be, standard
            counted_by: series | counted_by: mart | mart/stock.yml: waiting_count: explained 'sum', which needs \
            counted_by: series and the grain queue, slice, slice_value, one of day, week_start_on, month_start_on, \
            and, if need be, exit_reason
            `grain: ` | `explained: sum\ngrain: ` | mart/stock.yml: explained 'sum' is not 'not'; leave it out, \
            and say of each measure how its changes are explained
            `grain: ` | `explained: not\ngrain: ` | mart/stock.yml: waiting_count: explained 'sum' contradicts that of \
            the table, which is 'not'; remove that and say it of each measure
            """)
    void refusesAFigureOfWhichItIsNotSaidHowItsChangesAreExplained(String good, String bad, String message) {
        String mart = OF_A_QUEUE.replaceFirst(
                java.util.regex.Pattern.quote(good),
                java.util.regex.Matcher.quoteReplacement(bad == null ? "" : bad.replace("\\n", "\n")));
        assertThat(mart).isNotEqualTo(OF_A_QUEUE);

        assertThatThrownBy(() -> read(mart)).isInstanceOf(ModelException.class).hasMessage(message);
    }

    @Test
    void refusesTwoSumsThatWouldHaveOneName() {
        assertThatThrownBy(() -> new ModelReader(path -> switch (path) {
                            case "models.yml" -> Optional.of("models: [mart.stock, mart.store]");
                            case "common.yml" ->
                                Optional.of("standing:\n  - {name: release_id, type: text, length: 40, description: "
                                        + "\"Release.\"}\n");
                            case "mart/stock.yml" -> Optional.of(OF_A_QUEUE);
                            default -> Optional.of(OF_A_QUEUE.replace("mart.stock", "mart.store"));
                        })
                        .models())
                .isInstanceOf(ModelException.class)
                .hasMessage("mart/store.yml: waiting_count: explained 'sum' is said of mart.stock too, and "
                        + "mart.figure_change could not tell the two apart; say 'not' of one, or give it another name");
    }

    @Test
    void refusesANameThatPostgresqlWouldCut() {
        String name = "a".repeat(55);

        assertThatThrownBy(() -> new ModelReader(path -> switch (path) {
                            case "models.yml" -> Optional.of("models: [mart." + name + "]");
                            case "common.yml" ->
                                Optional.of("standing:\n  - {name: release_id, type: text, length: 40, description: "
                                        + "\"Release.\"}\n");
                            default -> Optional.of(GOOD.replace("mart.stock", "mart." + name));
                        })
                        .models())
                .isInstanceOf(ModelException.class)
                .hasMessage("mart/" + name
                        + ".yml: a table name consists of lower-case letters, digits and '_', at most 54 characters, "
                        + "since PostgreSQL truncates the names of its views after 63");
    }

    @Test
    void refusesWhatIsNotYaml() {
        assertThatThrownBy(() -> read("table: [mart"))
                .isInstanceOf(ModelException.class)
                .hasMessageStartingWith("mart/stock.yml: ")
                .hasMessageContaining("line 1");
    }

    @Test
    void digestIsOfWhatIsPublishedNotOfQueriesAndTests() {
        String digest = Models.digest(read(GOOD));

        assertThat(Models.digest(read(GOOD.replace(">= 0", ">= 1")))).isEqualTo(digest);
        for (String changed : List.of(
                GOOD.replace("What lies there.\n", "What lies here.\n"),
                GOOD.replace("length: 100", "length: 200"),
                GOOD.replace("description: What", "access: restricted\ndescription: What"),
                GOOD.replace("Where it lies.", "Where it lay."))) {
            assertThat(changed).isNotEqualTo(GOOD);
            assertThat(Models.digest(read(changed))).isNotEqualTo(digest);
        }
    }
}

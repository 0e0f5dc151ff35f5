package uk.fpw.warehouse.store.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import uk.fpw.layout.ReleaseId;
import uk.fpw.warehouse.failure.FpwException;
import uk.fpw.warehouse.store.ledger.Publications.Decision;
import uk.fpw.warehouse.store.ledger.Publications.Figures;
import uk.fpw.warehouse.store.ledger.Publications.Graded;
import uk.fpw.warehouse.store.ledger.Publications.Origin;
import uk.fpw.warehouse.store.ledger.Publications.Publication;
import uk.fpw.warehouse.store.ledger.Publications.Row;
import uk.fpw.warehouse.testing.TestDatabase;

class PublicationsIT {

    private static final Instant NOON = Instant.parse("2016-01-12T12:00:00Z");
    private static final LocalDate APRIL = LocalDate.of(2015, 4, 1);
    private static final LocalDate JULY = LocalDate.of(2015, 7, 1);

    @TempDir
    private Path folder;

    private TestDatabase database;

    TestDatabase database(Path inFolder) {
        return TestDatabase.embedded(inFolder);
    }

    @BeforeEach
    void oldestSupported() throws SQLException {
        database = database(folder);
        database.baseline();
    }

    private Publications publications() {
        return new Publications(database.dataSource());
    }

    private static Figures figures(LocalDate quarter, String release, Row... rows) {
        return new Figures(
                quarter, new Origin(ReleaseId.of(release), "f", "devices to 2016-01-10", 1), 4, List.of(rows));
    }

    private static Row waiting(long count) {
        return new Row("waiting", "2015Q3", "seized", "Seized", null, count);
    }

    private static Decision decision(Instant at) {
        return new Decision(at, "sam", "board");
    }

    @Test
    void databaseOfAnEarlierVersionNeedsANight() {
        assertThatThrownBy(() -> publications().latest()).isInstanceOf(FpwException.class);
    }

    @Test
    void whatWasPublishedStaysUntilAllOfItIsRestated() throws SQLException {
        database.migrate("V0059__create_publication");
        database.migrate("V0061__name_published_themes");
        assertThat(publications().latest(JULY)).isNull();
        Row graded = new Row(
                "graded", "2014/15", "audit", "Audits", new Graded(2, "care", "closed cases", "random", "good"), 120);
        Figures spring = figures(APRIL, "2016-01-10.1", graded);
        Figures summer = figures(JULY, "2016-01-10.1", waiting(40), waiting(45));
        publications().publish(summer, decision(NOON));
        publications().publish(spring, decision(NOON));

        assertThat(publications().latest())
                .containsExactly(new Publication(spring, 1, NOON, null), new Publication(summer, 1, NOON, null));
        assertThatThrownBy(() -> publications().publish(summer, decision(NOON)))
                .isInstanceOf(IllegalStateException.class);

        Instant later = NOON.plusSeconds(60);
        assertThatThrownBy(() -> publications().restate(2016, List.of(summer), decision(later)))
                .hasMessage("no figures to restate the quarter from 2015-04-01");
        assertThat(publications().restatedAt(2016)).isNull();

        Figures newSpring = figures(APRIL, "2016-01-11.1");
        Figures newSummer = figures(JULY, "2016-01-11.1", waiting(50));
        publications().restate(2016, List.of(newSpring, newSummer), decision(later));
        assertThat(publications().latest())
                .containsExactly(
                        new Publication(newSpring, 2, later, 2016), new Publication(newSummer, 2, later, 2016));
        assertThat(publications().restatedAt(2016)).isEqualTo(later);
        assertThatThrownBy(() -> publications().restate(2016, List.of(newSpring, newSummer), decision(later)))
                .isInstanceOf(IllegalStateException.class);
        assertThat(publications().latest(JULY)).isEqualTo(new Publication(newSummer, 2, later, 2016));
    }
}

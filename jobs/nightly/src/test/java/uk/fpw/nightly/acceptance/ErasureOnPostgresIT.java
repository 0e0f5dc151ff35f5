package uk.fpw.nightly.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.Connection;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import uk.fpw.warehouse.store.absence.DatabaseSearch;
import uk.fpw.warehouse.testing.TestDatabase;

/** On PostgreSQL, whose triggers refuse changes of the records of looks, nothing of an erased person is left either. */
@Tag("thorough")
class ErasureOnPostgresIT {

    @TempDir
    private static Path folder;

    @Test
    void nothingOfAnErasedPersonIsLeft() throws Exception {
        Installation fpw = Installation.here(folder);
        ErasureForce force = ErasureForce.in(folder.resolve("erased"), true);
        force.force().trial().with(TestDatabase.postgres());
        assertThat(force.night(fpw, ErasureForce.FIRST).exitCode()).isZero();
        ErasureIT.look(fpw, force);

        Installation.Outcome erased =
                fpw.succeed(ErasureIT.erase(force, force.values(folder).toString()));

        assertThat(erased.out())
                .contains("raw.devices: 2 rows", "raw.exits: 2 rows", "The database was compacted.")
                .contains("nothing was found.")
                .containsPattern("not searched: the data directory of PostgreSQL .*\\RLeft to you: .* pg_basebackup ")
                .doesNotContain("CANARY", "Canary");
        assertThat(ErasureIT.search(force).hits()).isEmpty();
        try (Connection connection = force.force().trial().keepOpen()) {
            assertThat(DatabaseSearch.search(ErasureIT.needles(force), connection)
                            .hits())
                    .isEmpty();
        }
        assertThat(ErasureIT.rows(
                        force, "select tgenabled from pg_trigger where tgname like '%_is_only_added_to' order by 1"))
                .containsExactly("O", "O");
        assertThat(fpw.succeed("looks", "--verify", "--force", force.path()).out())
                .contains("complete and unchanged but for the texts of 1 record, which were erased");
    }
}

package uk.fpw.nightly.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import uk.fpw.nightly.run.MigratedWarehouse;

/** A warehouse created by an earlier version keeps its keys; a new one has shorter keys and the same figures. */
@Tag("thorough")
class KeyFormatIT {

    private static final String FIGURES = "select * exclude (release_id) from mart.queue_monthly order by all";

    @TempDir
    private static Path folder;

    @Test
    void figuresAreTheSameInEitherFormatAndAWarehouseKeepsItsOwn() throws Exception {
        Installation fpw = Installation.here(folder);
        Path kent = force(fpw, "new");
        night(fpw, kent, "2026-11-23");
        Path earlier = force(fpw, "earlier");
        Path warehouse = earlier.resolveSibling("var").resolve("kent");
        // as versions without the column do, which stop before they write the folder's file
        MigratedWarehouse.in(warehouse)
                .execute("insert into ops.warehouse (warehouse_id, force_code, real_path, data_prefix, force_folder, "
                        + "database_id, created_at) values ('00000000-0000-0000-0000-000000000001', 'kent', '"
                        + warehouse + "', 'data/00000000-0000-0000-0000-000000000001', '" + earlier
                        + "', '', current_timestamp)");
        night(fpw, earlier, "2026-11-23");

        assertThat(keys(fpw, kent)).allMatch(keys -> keys.matches("[a-z2-7]{26} dfu:[a-z2-7]{26} dfu:[a-z2-7]{26}"));
        assertThat(keys(fpw, earlier)).allMatch(keys -> keys.matches("[0-9a-f]{64} dfu:[0-9a-f]{64} dfu:[0-9a-f]{64}"));
        List<JsonNode> figures = fpw.query(kent, FIGURES);
        assertThat(figures).isNotEmpty().isEqualTo(fpw.query(earlier, FIGURES));

        night(fpw, kent, "2026-11-24");
        night(fpw, earlier, "2026-11-24");
        assertThat(keys(fpw, kent)).allMatch(keys -> keys.matches("[a-z2-7]{26} dfu:[a-z2-7]{26} dfu:[a-z2-7]{26}"));
        assertThat(keys(fpw, earlier)).allMatch(keys -> keys.matches("[0-9a-f]{64} dfu:[0-9a-f]{64} dfu:[0-9a-f]{64}"));
        assertThat(fpw.query(kent, FIGURES)).isEqualTo(fpw.query(earlier, FIGURES));
    }

    private static Path force(Installation fpw, String parent) throws IOException {
        Path kent = folder.toRealPath().resolve(parent).resolve("kent");
        fpw.succeed("init", kent.toString());
        Path drop = kent.resolve("drop");
        Files.copy(drop.resolve("devices_2026-11-23.csv"), drop.resolve("devices_2026-11-24.csv"));
        return kent;
    }

    private static void night(Installation fpw, Path force, String date) {
        fpw.succeed("nightly", "--force", force.toString(), "--date", date);
    }

    /** Id of each spell, its item, and the case. */
    private static List<String> keys(Installation fpw, Path force) {
        List<JsonNode> rows = fpw.query(
                force, "select spell_id || ' ' || item_key || ' ' || contributor_key as keys from core.spell");
        assertThat(rows).isNotEmpty();
        return rows.stream().map(row -> row.get("keys").asText()).toList();
    }
}

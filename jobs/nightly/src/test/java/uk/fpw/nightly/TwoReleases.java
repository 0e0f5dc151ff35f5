package uk.fpw.nightly;

import com.zaxxer.hikari.HikariDataSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import uk.fpw.layout.ReleaseId;
import uk.fpw.nightly.run.MigratedWarehouse;
import uk.fpw.nightly.run.database.WarehouseDatabase;
import uk.fpw.warehouse.force.Force;
import uk.fpw.warehouse.store.catalog.WarehouseCatalog;

/** A warehouse with two releases of a queue, counted by hand. */
final class TwoReleases {

    static final ReleaseId FIRST = ReleaseId.of("2016-01-12.1");
    static final ReleaseId SECOND = ReleaseId.of("2016-01-13.1");

    /** A slice value in a recorded change. */
    static final String HOSTILE = "ph\u001B[31mone" + "!".repeat(300);

    /** In the earlier release D left on 30 October, and B had not left; E left before the source is complete. */
    private static final String THEN = """
            a | A | 2015-09-10 | 2015-10-05 | examined | phone    | seized
            b | B | 2015-10-03 | -          | -        | computer | seized
            c | C | 2015-10-20 | -          | -        | phone    | seized
            d | D | 2015-10-21 | 2015-10-30 | examined | phone    | seized
            e | E | 2012-01-01 | 2012-02-01 | examined | phone    | seized
            f | F | 2015-09-10 | 2015-10-05 | examined | phone    | sent
            """;

    private static final String NOW = THEN.replace(
                    "B | 2015-10-03 | -          | -       ", "B | 2015-10-03 | 2015-10-31 | returned")
            .replace("2015-10-30", "2015-11-01");

    private TwoReleases() {}

    /** Writes a force folder with the warehouse in it. */
    static void in(Path folder) throws IOException {
        Files.writeString(folder.resolve("force.yml"), """
            force: test_force
            name: Test force
            zone: Europe/London
            pages: {made: false}
            storage: {warehouse: warehouse}
            """);
        Path warehouse = folder.resolve("warehouse");
        MigratedWarehouse.in(warehouse);
        Force.Storage storage = Force.Storage.embedded(warehouse);
        try (HikariDataSource dataSource = WarehouseDatabase.open(storage, "");
                WarehouseCatalog catalog = WarehouseCatalog.open(storage, "")) {
            ReleasedTables tables = new ReleasedTables(warehouse, new JdbcTemplate(dataSource), catalog);
            tables.release(FIRST, null, tables(THEN, FIRST, List.of("seized"), List.of()));
            tables.release(
                    SECOND,
                    FIRST,
                    tables(
                            NOW,
                            SECOND,
                            List.of("seized", "sent"),
                            List.of(
                                    change("all", "all", 2L, 3L, "corrected", 1L),
                                    change("device_type", HOSTILE, 1L, null, "coverage", null))));
        }
    }

    private static Map<String, List<Map<String, Object>>> tables(
            String spells, ReleaseId id, List<String> queues, List<Map<String, Object>> changes) {
        LocalDate day = id.businessDate();
        return Map.of(
                "core.spell", spells(spells, day),
                "mart.queue_daily",
                        List.of(
                                Map.of(
                                        "queue",
                                        "seized",
                                        "slice",
                                        "all",
                                        "day",
                                        LocalDate.of(2013, 1, 1),
                                        "data_as_at",
                                        day),
                                Map.of("queue", "seized", "slice", "all", "day", day, "data_as_at", day)),
                "mart.queue_monthly",
                        List.of(
                                month("all", "all", true),
                                month("device_type", "phone", true),
                                month("device_type", "computer", id.equals(SECOND)),
                                month("device_type", "tablet", false)),
                "mart.queue_exit",
                        List.of(Map.of(
                                "queue", "seized",
                                "slice", "all",
                                "slice_value", "all",
                                "month_start_on", LocalDate.of(2015, 10, 1),
                                "exit_reason", "examined",
                                "left_count", 1L,
                                "is_available", true)),
                "mart.dim_queue",
                        queues.stream()
                                .map(queue -> Map.<String, Object>of("queue", queue))
                                .toList(),
                "mart.dim_slice",
                        List.of(
                                Map.of("queue", "seized", "slice", "all"),
                                Map.of("queue", "seized", "slice", "device_type")),
                "mart.figure_change", changes);
    }

    private static List<Map<String, Object>> spells(String lines, LocalDate businessDate) {
        List<Map<String, Object>> rows = new ArrayList<>();
        for (String line : lines.lines().toList()) {
            String[] fields = line.split(" *\\| *", -1);
            LocalDate entered = LocalDate.parse(fields[2]);
            LocalDate left = fields[3].equals("-") ? null : LocalDate.parse(fields[3]);
            LocalDate from = LocalDate.of(2013, 1, 1);
            Map<String, Object> row = new HashMap<>(Map.of(
                    "spell_id",
                    fields[0],
                    "item_key",
                    fields[1],
                    "queue",
                    fields[6],
                    "entered_on",
                    entered,
                    "is_reentry",
                    false,
                    "is_age_known",
                    true,
                    "is_out_of_order",
                    false,
                    "observed_from_on",
                    entered.isBefore(from) ? from : entered,
                    "observed_to_on",
                    left == null ? businessDate : left,
                    "slices",
                    Map.of("device_type", fields[5])));
            if (left != null) {
                row.put("left_on", left);
                row.put("left_as", fields[4]);
                row.put("is_served", fields[4].equals("examined"));
            }
            rows.add(row);
        }
        return rows;
    }

    /** By hand: A and B left in October (one phone), and C and D still wait at its end. */
    private static Map<String, Object> month(String slice, String value, boolean isAvailable) {
        Map<String, Object> row = new HashMap<>(Map.of(
                "queue", "seized",
                "slice", slice,
                "slice_value", value,
                "month_start_on", LocalDate.of(2015, 10, 1),
                "is_available", isAvailable));
        if (isAvailable) {
            row.put("left_count", slice.equals("all") ? 2L : 1L);
            row.put("waiting_count", 2L);
            row.put("received_count", slice.equals("all") ? 3L : 99L);
        } else {
            row.put("unavailable_reason", "exits is missing");
        }
        return row;
    }

    private static Map<String, Object> change(
            String slice, String value, long from, @Nullable Long to, String cause, @Nullable Long part) {
        Map<String, Object> row = new HashMap<>(Map.of(
                "new_release_id",
                SECOND.value(),
                "queue",
                "seized",
                "slice",
                slice,
                "slice_value",
                value,
                "measure",
                "left_count",
                "exit_reason",
                "all",
                "period_start_on",
                LocalDate.of(2015, 10, 1),
                "period_end_on",
                LocalDate.of(2015, 10, 31),
                "cause",
                cause,
                "replaced_value",
                from));
        row.put("period_kind", "month");
        if (to != null) {
            row.put("new_value", to);
        }
        if (part != null) {
            row.put("part", part);
        }
        return row;
    }
}

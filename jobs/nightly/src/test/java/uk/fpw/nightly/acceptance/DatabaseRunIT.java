package uk.fpw.nightly.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDate;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Nights whose devices come from a database table: the first reads all of it, the next what has changed since. The
 * figures are counted here from the rows written to the table.
 */
class DatabaseRunIT {

    private static final LocalDate FIRST = KeptNights.FIRST;
    private static final LocalDate SECOND = FIRST.plusDays(7);

    @TempDir
    private static Path folder;

    @Test
    void rowsOfATableAndItsChangesAreCounted() throws IOException, SQLException {
        Installation fpw = Installation.here(folder);
        Path system = Files.createDirectories(fpw.systems()).resolve("lab");
        TrialForce trial = TrialForce.in(folder)
                .edit(
                        "connections.yml",
                        "connections:\n",
                        "connections:\n  - {name: lab, kind: jdbc, url: \"jdbc:h2:file:" + system
                                + "\", user: reader}\n")
                .edit("feeds/devices.yml", "connection: drop\nfile: devices_{date}.csv\ndelivery: {days: daily}\n", """
                        connection: lab
                        table: lab.device
                        """)
                .edit("feeds/devices.yml", "extract: full\n", """
                        extract: changes
                        cursor: {column: change_number, look_back: 0}
                        reconcile: none
                        """)
                .edit("feeds/devices.yml", "columns:\n", """
                        columns:
                          - {name: change_number, from: CHANGE, type: whole, required: true, privacy: not_personal}
                        """)
                .edit("feeds/devices.yml", "ignored: [REMARKS]\n", "");
        String force = trial.folder().toString();
        List<String> first = TrialForce.devices(FIRST);
        write(system, first, Set.of());
        trial.writeExits(FIRST, TrialForce.gzip(String.join("\n", TrialForce.exits(FIRST)) + "\n"));

        Installation.Outcome night = fpw.succeed("nightly", "--force", force, "--date", FIRST.toString());
        assertThat(night.out()).contains("feed devices: 200 rows received; 200 loaded, 0 unchanged, 0 repeated, ");
        assertThat(waiting(fpw, trial, FIRST)).isEqualTo(waiting(FIRST));

        List<String> second = TrialForce.devices(SECOND);
        Set<String> changed = new HashSet<>(second);
        first.forEach(changed::remove);
        write(system, second, changed);
        trial.writeExits(SECOND, TrialForce.gzip(String.join("\n", TrialForce.exits(SECOND)) + "\n"));
        Installation.Outcome next = fpw.succeed("nightly", "--force", force, "--date", SECOND.toString());
        // the row with the highest number of the first night is read again
        assertThat(changed).hasSize(2);
        assertThat(next.out()).contains("feed devices: 3 rows received; 2 loaded, 1 unchanged, 0 repeated, ");
        assertThat(waiting(fpw, trial, SECOND)).isEqualTo(waiting(SECOND)).isNotEqualTo(waiting(FIRST));
        assertThat(waiting(fpw, trial, FIRST)).isEqualTo(waiting(FIRST));
    }

    /** Writes these rows to the table; changed ones get numbers above all others. */
    private static void write(Path system, List<String> lines, Set<String> changed) throws SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:h2:file:" + system, "reader", "");
                Statement statement = connection.createStatement()) {
            statement.execute("create schema if not exists lab");
            statement.execute("create table if not exists lab.device (change bigint, device varchar(10) primary key, "
                    + "suspect varchar(10), received date, examined date, kind varchar(10))");
            try (PreparedStatement row =
                    connection.prepareStatement("merge into lab.device values (?, ?, ?, ?, ?, ?)")) {
                for (int line = 1; line < lines.size(); line++) {
                    if (!changed.isEmpty() && !changed.contains(lines.get(line))) {
                        continue;
                    }
                    String[] fields = lines.get(line).split(",", -1);
                    row.setLong(1, changed.isEmpty() ? line : 1000 + line);
                    row.setString(2, fields[0]);
                    row.setString(3, fields[1]);
                    row.setObject(4, LocalDate.parse(fields[2]));
                    row.setObject(5, date(fields[3]));
                    row.setString(6, fields[4].isEmpty() ? null : fields[4]);
                    row.executeUpdate();
                }
            }
        }
    }

    private static @Nullable LocalDate date(String text) {
        return text.isEmpty() ? null : LocalDate.parse(text);
    }

    /** Devices that have arrived, and have been neither examined nor withdrawn by the end of the day. */
    private static long waiting(LocalDate day) {
        Set<String> withdrawn = new HashSet<>();
        TrialForce.exits(day).stream().skip(1).forEach(line -> withdrawn.add(line.split(",", -1)[0]));
        return TrialForce.devices(day).stream()
                .skip(1)
                .map(line -> line.split(",", -1))
                .filter(device -> !LocalDate.parse(device[2]).isAfter(day))
                .filter(device -> device[3].isEmpty() && !withdrawn.contains(device[0]))
                .count();
    }

    private static long waiting(Installation fpw, TrialForce force, LocalDate day) {
        return fpw.query(
                        force.folder(),
                        "select waiting_count from mart.queue_daily where is_total and \"day\" = date '" + day + "'")
                .get(0)
                .get("waiting_count")
                .asLong();
    }
}

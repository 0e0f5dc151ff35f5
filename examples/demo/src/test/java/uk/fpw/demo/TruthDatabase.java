package uk.fpw.demo;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDate;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The true figures of the force, as known at the end of a day: a database in memory, created for the first test that
 * needs it.
 */
final class TruthDatabase {

    private static final Set<LocalDate> MADE = new HashSet<>();

    private TruthDatabase() {}

    static Connection connect(LocalDate knownOn) throws SQLException {
        Connection database = DriverManager.getConnection("jdbc:h2:mem:truth-" + knownOn + ";DB_CLOSE_DELAY=-1");
        if (MADE.add(knownOn)) {
            create(database, knownOn);
        }
        return database;
    }

    private static void create(Connection database, LocalDate knownOn) throws SQLException {
        Path files = DemoRun.run().truth(knownOn);
        try (Statement statement = database.createStatement()) {
            for (String table : List.of("spells", "milestones", "gradings", "exclusions")) {
                statement.execute(
                        "create table " + table + " as select * from csvread('" + files.resolve(table + ".csv") + "')");
            }
            for (String column : List.of("first_entered_on", "entered_on", "left_on")) {
                statement.execute("alter table spells alter column " + column + " date");
            }
            statement.execute("alter table spells alter column entered_at timestamp");
            statement.execute("alter table spells alter column left_at timestamp");
            statement.execute("""
                    create table sliced as
                    select queue, 'all' as slice_value, entered_on, left_on, is_reentry from spells
                    union all
                    select queue, coalesce(device_type, case_type, risk_level, '(not recorded)'), entered_on, left_on, \
                    is_reentry from spells""");
            statement.execute("""
                    create table moves as
                    select queue, slice_value, greatest(entered_on, date '2012-12-31') as today,
                        case when is_reentry = 'false' then 1 else 0 end as received, case when is_reentry = 'true' \
                    then 1 else 0 end as reentered, 0 as gone
                    from sliced
                    union all
                    select queue, slice_value, greatest(left_on, date '2012-12-31'), 0, 0, 1 from sliced where left_on \
                    is not null""");
            statement.execute("create index move_days on moves (queue, slice_value, today)");
            statement.execute("create index spell_days on spells (queue, entered_on, left_on)");
            statement.execute(
                    "create table days as select dateadd(day, x, date '2012-12-31') as today from system_range(1, "
                            + (knownOn.toEpochDay() - LocalDate.of(2012, 12, 31).toEpochDay()) + ")");
        }
    }
}

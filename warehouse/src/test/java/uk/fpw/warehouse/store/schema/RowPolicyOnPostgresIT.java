package uk.fpw.warehouse.store.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import uk.fpw.warehouse.testing.PostgresServer;
import uk.fpw.warehouse.testing.TestDatabase;

/** The row policies of docs/postgresql.md: analysts see the single cases of their unit, the nightly user all. */
@Tag("thorough")
class RowPolicyOnPostgresIT {

    private static final Pattern EXAMPLE = Pattern.compile("<!-- row policies -->\n```sql\n(.*?)```", Pattern.DOTALL);

    @Test
    void analystSeesTheCasesOfTheUnitAndTheNightSeesAll() throws Exception {
        TestDatabase administrator = TestDatabase.postgres().migrated();
        TestDatabase night = user(administrator, "fpw_night", "fpw_owner");
        TestDatabase alice = user(administrator, "alice", "fpw_analyst");
        TestDatabase bob = user(administrator, "bob", "fpw_analyst");
        release(administrator, "2016-01-12.1");
        add(night, "child_protection", "cms:1");
        assertThat(bob.query("select case_key from mart.case_silence")).containsExactly("cms:1");

        administrator.execute(example());

        add(night, "domestic_abuse", "cms:2");
        for (String view : new String[] {"mart.case_silence", "mart_releases.case_silence"}) {
            String cases = "select case_key from " + view + " order by case_key";
            assertThat(alice.query(cases)).as(view).containsExactly("cms:1");
            assertThat(bob.query(cases)).as(view).isEmpty();
            assertThat(night.query(cases)).as(view).containsExactly("cms:1", "cms:2");
        }
        assertThat(night.query("select count(*) from mart_rows.case_silence")).containsExactly("2");
        night.execute("delete from mart_rows.case_silence where case_key = 'cms:2'");
        assertThat(night.query("select count(*) from mart_rows.case_silence")).containsExactly("1");
        night.execute("set row_security = off; select * from mart_rows.case_silence"); // as pg_dump does
        for (String table : new String[] {"mart_rows.case_silence", "unit_access.member"}) {
            assertThatThrownBy(() -> alice.query("select * from " + table))
                    .isInstanceOf(SQLException.class)
                    .hasMessageContaining("permission denied");
        }
    }

    private static void release(TestDatabase database, String id) throws SQLException {
        database.execute("insert into ops.release (release_id, run_id, business_date, released_at, software_version, "
                + "force_digest, digest) values ('" + id + "', 'r', date '2016-01-12', now(), '0.1.0', 'f', 'd'); "
                + "insert into ops.current_release (release_id) values ('" + id + "')");
    }

    private static void add(TestDatabase database, String milestones, String caseKey) throws SQLException {
        database.execute("insert into mart_rows.case_silence (release_id, force, milestones, milestones_version, "
                + "case_key, aware_on, age_days, is_never_recorded, ignored_event_count, data_as_at) values "
                + "('2016-01-12.1', 'town', '" + milestones + "', 1, '" + caseKey + "', date '2015-04-01', 286, false, "
                + "0, date '2016-01-12')");
    }

    private static TestDatabase user(TestDatabase administrator, String name, String role) throws SQLException {
        administrator.execute("do $$ begin if not exists (select 1 from pg_roles where rolname = '" + name
                + "') then create user " + name + "; end if; end $$; alter user " + name + " password '"
                + PostgresServer.PASSWORD + "'; grant " + role + " to " + name);
        return administrator.as(name, PostgresServer.PASSWORD);
    }

    private static String example() throws IOException {
        Path folder = Path.of("").toAbsolutePath();
        while (!Files.isRegularFile(folder.resolve("docs/postgresql.md"))) {
            folder = Objects.requireNonNull(folder.getParent(), "docs/postgresql.md");
        }
        Matcher example = EXAMPLE.matcher(Files.readString(folder.resolve("docs/postgresql.md")));
        assertThat(example.find()).isTrue();
        return example.group(1);
    }
}

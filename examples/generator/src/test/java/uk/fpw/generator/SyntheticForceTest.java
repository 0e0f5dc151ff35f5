package uk.fpw.generator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TimeZone;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import uk.fpw.generator.record.DayPlan.FeedChanges;

class SyntheticForceTest {

    private static final LocalDate FIRST = LocalDate.of(2015, 12, 29);
    private static final LocalDate SECOND = LocalDate.of(2015, 12, 30);
    private static final LocalDate THIRD = LocalDate.of(2015, 12, 31);
    private static final Map<String, String> TABLES = Map.of(
            "dfu.exhibit", "exhibit_ref",
            "dfu.exhibit_event", "event_id",
            "dfu.exhibit_priority", "priority_id",
            "cases.case_file", "case_ref",
            "cases.case_action", "action_id",
            "da.referral", "referral_ref");

    private static final Map<String, String> FEEDS = Map.of(
            "exhibits", "dfu.exhibit",
            "exhibit_events", "dfu.exhibit_event",
            "exhibit_priorities", "dfu.exhibit_priority",
            "case_files", "cases.case_file",
            "case_actions", "cases.case_action",
            "referrals", "da.referral");

    @TempDir
    private static Path folder;

    /** The content of the systems after each of the three nights. */
    private static final List<Map<String, Map<String, String>>> NIGHTS = new ArrayList<>();

    /** The force that wrote the three nights step by step. */
    private static SyntheticForce inSteps;

    /** The last night is written by another process than the previous ones. */
    @BeforeAll
    static void writeThreeNights() throws SQLException {
        SyntheticForce before = force("steps", 1);
        before.writeUpTo(FIRST);
        NIGHTS.add(everything("steps"));
        before.writeUpTo(SECOND);
        NIGHTS.add(everything("steps"));
        inSteps = force("steps", 1);
        inSteps.writeUpTo(THIRD);
        NIGHTS.add(everything("steps"));
        inSteps.truth(THIRD, folder.resolve("steps/truth"));
    }

    private static SyntheticForce force(String name, int scale) {
        return new SyntheticForce(SyntheticForce.DEMO_SEED, scale, Systems.embedded(folder.resolve(name)));
    }

    /** All rows of a table by key, independent of the session's time zone. */
    private static Map<String, String> rows(String name, String table) throws SQLException {
        String url = Systems.embedded(folder.resolve(name))
                .dfu()
                .url()
                .replaceAll("dfu$", table.substring(0, table.indexOf('.')));
        try (Connection connection = DriverManager.getConnection(url, "fpw_reader", "");
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("select * from " + table)) {
            Map<String, String> byKey = new TreeMap<>();
            while (rows.next()) {
                StringBuilder row = new StringBuilder();
                for (int i = 1; i <= rows.getMetaData().getColumnCount(); i++) {
                    row.append(rows.getString(i)).append('|');
                }
                byKey.put(rows.getString(TABLES.get(table)), row.toString());
            }
            return byKey;
        }
    }

    private static Map<String, Map<String, String>> everything(String name) throws SQLException {
        Map<String, Map<String, String>> all = new TreeMap<>();
        for (String table : TABLES.keySet()) {
            all.put(table, rows(name, table));
        }
        return all;
    }

    private static Map<String, String> files(String name) throws IOException {
        Map<String, String> texts = new TreeMap<>();
        try (Stream<Path> files = Files.walk(folder.resolve(name))) {
            for (Path file : files.filter(path -> path.toString().matches(".*[.](csv|ctl)"))
                    .toList()) {
                texts.put(file.getFileName().toString(), Files.readString(file));
            }
        }
        return texts;
    }

    @Test
    void scaleIsAtLeastOne() {
        assertThatThrownBy(() -> force("none", 0)).hasMessage("scale is 0, but must be 1 or more");
    }

    @Test
    void sameSeedGivesTheSameRowsInEveryTimeZoneAndInAnyNumberOfSteps() throws Exception {
        TimeZone zone = TimeZone.getDefault();
        try {
            TimeZone.setDefault(TimeZone.getTimeZone("Pacific/Auckland"));
            SyntheticForce atOnce = force("once", 1);
            atOnce.writeUpTo(THIRD);
            atOnce.truth(THIRD, folder.resolve("once/truth"));
        } finally {
            TimeZone.setDefault(zone);
        }
        assertThat(everything("once")).isEqualTo(NIGHTS.get(2));
        Map<String, String> truth = files("once/truth");
        assertThat(truth).hasSize(7).isEqualTo(files("steps/truth"));
        assertThat(files("steps/drop"))
                .containsOnlyKeys(
                        "case_audits_2015-12-29.csv",
                        "case_audits_2015-12-30.csv",
                        "case_audits_2015-12-31.csv",
                        "staff_in_post.csv",
                        "staff_in_post.ctl");
    }

    @Test
    void nightsChangeWhatIsPlanned() {
        List<LocalDate> nights = List.of(FIRST, SECOND, THIRD);
        for (int night = 1; night < nights.size(); night++) {
            for (FeedChanges planned : inSteps.plan(nights.get(night)).feeds()) {
                String table = FEEDS.get(planned.feed());
                if (table != null) {
                    assertThat(counted(
                                    planned.feed(), rows(NIGHTS.get(night - 1), table), rows(NIGHTS.get(night), table)))
                            .isEqualTo(withoutLate(planned));
                }
            }
        }
    }

    private static Map<String, String> rows(Map<String, Map<String, String>> all, String table) {
        return all.getOrDefault(table, Map.of());
    }

    private static FeedChanges withoutLate(FeedChanges changes) {
        return new FeedChanges(
                changes.feed(), changes.inserted(), changes.updated(), changes.deleted(), changes.reinserted(), 0, 0);
    }

    private static FeedChanges counted(String feed, Map<String, String> before, Map<String, String> after) {
        int inserted = 0;
        int updated = 0;
        int deleted = 0;
        int reinserted = 0;
        for (Map.Entry<String, String> row : after.entrySet()) {
            String was = before.get(row.getKey());
            boolean isDeleted = row.getValue().endsWith("|TRUE|");
            if (was == null) {
                inserted++;
            } else if (!was.equals(row.getValue())) {
                boolean wasDeleted = was.endsWith("|TRUE|");
                reinserted += wasDeleted ? 1 : 0;
                deleted += !wasDeleted && isDeleted ? 1 : 0;
                updated += !wasDeleted && !isDeleted ? 1 : 0;
            }
        }
        deleted += (int)
                before.keySet().stream().filter(key -> !after.containsKey(key)).count();
        return new FeedChanges(feed, inserted, updated, deleted, reinserted, 0, 0);
    }

    @Test
    void lastNightsHoldWhatTheDemonstrationTells() {
        List<String> told = new ArrayList<>();
        for (LocalDate night : List.of(SECOND, THIRD)) {
            for (String feed : List.of("exhibits", "case_audits")) {
                FeedChanges changes = inSteps.plan(night).feed(feed);
                told.add(String.join(
                        " ",
                        feed,
                        "late " + changes.late(),
                        "deleted " + changes.deleted(),
                        "reinserted " + changes.reinserted(),
                        "refused " + changes.refused()));
            }
        }
        assertThat(told)
                .containsExactly(
                        "exhibits late 5 deleted 1 reinserted 0 refused 0",
                        "case_audits late 0 deleted 0 reinserted 0 refused 0",
                        // 20 duplicates and the old number of the renumbered one; that one and four late ones are new
                        "exhibits late 5 deleted 21 reinserted 1 refused 0",
                        "case_audits late 0 deleted 0 reinserted 0 refused 1");
    }

    @Test
    void systemsDoNotUnlearn() {
        assertThatThrownBy(() -> inSteps.writeUpTo(FIRST))
                .hasMessage("system dfu is at 2015-12-31 and cannot go back to 2015-12-29; delete it to start from "
                        + "scratch");
    }

    @Test
    void brokenAuditsHaveNoGrade() throws IOException {
        force("broken", 1).writeBrokenAudits(LocalDate.of(2016, 1, 1));
        assertThat(files("broken/drop")).containsOnly(Map.entry("case_audits_2016-01-01.csv", """
                        Audit,Case,Scheme version,Theme,Assessor,Population,Selection,Judged on
                        Q999999,N15-00001,2,investigation,force,child_protection,random,01/01/2016
                        """));
    }

    @Test
    @Tag("thorough")
    void largerScalesAreForcesSideBySide() throws SQLException {
        force("one", 1).writeUpTo(LocalDate.of(2013, 3, 31));
        force("three", 3).writeUpTo(LocalDate.of(2013, 3, 31));
        int one = rows("one", "dfu.exhibit").size();
        assertThat(rows("three", "dfu.exhibit").size()).isBetween(5 * one / 2, 7 * one / 2);
        assertThat(rows("three", "dfu.exhibit").keySet())
                .containsAll(rows("one", "dfu.exhibit").keySet());
    }
}

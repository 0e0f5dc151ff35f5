package uk.fpw.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import uk.fpw.layout.ReleaseId;
import uk.fpw.layout.file.WrittenFile;

@Tag("time-zone")
class AvailableReleasesTest {

    @TempDir
    private Path folder;

    private Path warehouse;

    @BeforeEach
    void findTheFolder() throws IOException {
        warehouse = folder.toRealPath();
    }

    @Test
    void theCurrentReleaseIsTheOneThatThePointerNames() throws IOException {
        QueryTestWarehouse.release(warehouse, "2016-01-11.1", "2016-01-11", "");
        QueryTestWarehouse.release(warehouse, "2016-01-12.1", "2016-01-12", """
                {"name": "mart.queue_daily", "description": "One day.", "row_count": 3, "digest": "d",
                 "columns": [{"name": "day", "type": "date", "description": "The day."}], "files": ["data/a.parquet", \
                "data/b.parquet"]}
                """);
        QueryTestWarehouse.point(warehouse, "2016-01-12.1");

        assertThat(new AvailableReleases(warehouse).read(null))
                .isEqualTo(new ReleaseManifest(
                        ReleaseId.of("2016-01-12.1"),
                        "2016-01-12",
                        "City of Boston",
                        ZoneId.of("America/New_York"),
                        List.of(),
                        List.of(),
                        List.of(),
                        List.of(),
                        List.of(new ReleaseManifest.Table(
                                "mart.queue_daily",
                                "One day.",
                                3,
                                List.of(new ReleaseManifest.Column("day", "date", "The day.")),
                                List.of(
                                        new WrittenFile(warehouse.resolve("data/a.parquet")),
                                        new WrittenFile(warehouse.resolve("data/b.parquet"))))),
                        Map.of(),
                        null));
        assertThat(new AvailableReleases(warehouse).read("2016-01-11.1").id()).isEqualTo(ReleaseId.of("2016-01-11.1"));
    }

    @Test
    void theLineOfAReleaseSaysOfWhichFeedsDeletionsAreHeld() throws IOException {
        QueryTestWarehouse.release(warehouse, "2016-01-12.1", "2016-01-12", "");
        Path file = warehouse.resolve("releases/2016-01-12.1/release.json");
        Files.writeString(file, Files.readString(file).replaceFirst("\\{", """
                        {"feeds": [
                          {"name": "closures", "complete_to": "2016-01-12", "held_count": 1},
                          {"name": "devices", "complete_to": "2016-01-12", "held_count": 299},
                          {"name": "requests", "complete_to": "2016-01-12", "held_count": 0}],
                        """));

        assertThat(new AvailableReleases(warehouse).read("2016-01-12.1").line())
                .isEqualTo("release 2016-01-12.1, City of Boston, data as at 2016-01-12; deletions held: closures "
                        + "(1 row), devices (299 rows)");
    }

    @Test
    void theLineOfAReleaseSaysWhichFeedsAreMissing() throws IOException {
        QueryTestWarehouse.release(warehouse, "2016-01-12.1", "2016-01-12", "");
        Path file = warehouse.resolve("releases/2016-01-12.1/release.json");
        Files.writeString(
                file,
                Files.readString(file)
                        .replaceFirst(
                                "\\{",
                                "{\"feeds\": [{\"name\": \"closures\", \"complete_to\": \"2016-01-10\"}, "
                                        + "{\"name\": \"requests\", \"complete_to\": \"2016-01-12\"}],"));

        assertThat(new AvailableReleases(warehouse).read("2016-01-12.1").line())
                .isEqualTo(
                        "release 2016-01-12.1, City of Boston, data as at 2016-01-12; missing: closures (complete to "
                                + "2016-01-10)");
    }

    @Test
    void feedOfWhichNothingWasDueIsNotMissing() throws IOException {
        QueryTestWarehouse.release(warehouse, "2016-01-12.1", "2016-01-12", "");
        Path file = warehouse.resolve("releases/2016-01-12.1/release.json");
        Files.writeString(file, Files.readString(file).replaceFirst("\\{", """
                        {"feeds": [
                            {"name": "audits", "complete_to": "2016-01-11", "due_to": "2016-01-11"},
                            {"name": "closures", "complete_to": "2016-01-09", "due_to": "2016-01-11"},
                            {"name": "requests", "complete_to": "2016-01-12", "due_to": "2016-01-12"}],"""));

        assertThat(new AvailableReleases(warehouse).read("2016-01-12.1").line())
                .isEqualTo(
                        "release 2016-01-12.1, City of Boston, data as at 2016-01-12; missing: closures (complete to "
                                + "2016-01-09); no later delivery was due for audits (complete to 2016-01-11)");
    }

    @Test
    void lineOfAReleaseTellsOldContentFromWhatDidNotComeAndFromWhatWasNotDue() throws IOException {
        QueryTestWarehouse.release(warehouse, "2016-01-12.1", "2016-01-12", "");
        Path file = warehouse.resolve("releases/2016-01-12.1/release.json");
        Files.writeString(file, Files.readString(file).replaceFirst("\\{", """
                        {"feeds": [
                            {"name": "audits", "complete_to": "2016-01-11", "due_to": "2016-01-11",
                             "delivery": "not_due"},
                            {"name": "devices", "complete_to": "2016-01-10", "due_to": "2016-01-10",
                             "delivery": "old_content"},
                            {"name": "exits", "complete_to": "2016-01-11", "due_to": "2016-01-10",
                             "delivery": "not_delivered"},
                            {"name": "phones", "complete_to": "2016-01-11", "due_to": "2016-01-10",
                             "delivery": "old_content"},
                            {"name": "requests", "complete_to": "2016-01-09", "due_to": "2016-01-12",
                             "delivery": "not_delivered"}],"""));

        assertThat(new AvailableReleases(warehouse).read("2016-01-12.1").line())
                .isEqualTo(
                        "release 2016-01-12.1, City of Boston, data as at 2016-01-12; missing: requests (complete to "
                                + "2016-01-09); no later delivery was due for audits (complete to 2016-01-11); the "
                                + "latest delivery has no newer data of devices (complete to 2016-01-10), phones "
                                + "(complete to 2016-01-11); no newer delivery came for exits (complete to "
                                + "2016-01-11)");
    }

    @Test
    void theLineOfAReleaseSaysWhatWasAcceptedAndWhy() throws IOException {
        QueryTestWarehouse.release(warehouse, "2016-01-12.1", "2016-01-12", "");
        Path file = warehouse.resolve("releases/2016-01-12.1/release.json");
        Files.writeString(
                file,
                Files.readString(file)
                        .replaceFirst(
                                "\\{",
                                "{\"accepted\": [\"requests:deleted of 2016-01-12, because the archive was cleared "
                                        + "(recorded by ann)\"],"));

        assertThat(new AvailableReleases(warehouse).read("2016-01-12.1").line())
                .isEqualTo("release 2016-01-12.1, City of Boston, data as at 2016-01-12; accepted requests:deleted of "
                        + "2016-01-12, because the archive was cleared (recorded by ann)");
    }

    @Test
    void releaseThatIsKeptAnswersToItsName() throws IOException {
        QueryTestWarehouse.release(warehouse, "2016-01-12.1", "2016-01-12", "");
        QueryTestWarehouse.release(warehouse, "2016-01-13.1", "2016-01-13", "");
        Files.writeString(warehouse.resolve("releases/2016-01-12.1/name"), "inspection-2016\n");

        assertThat(new AvailableReleases(warehouse).read("inspection-2016").id())
                .isEqualTo(ReleaseId.of("2016-01-12.1"));
        assertThatThrownBy(() -> new AvailableReleases(warehouse).read("inspection-2017"))
                .hasMessage("there is no release 'inspection-2017' in " + warehouse
                        + "; releases: 2016-01-12.1 (inspection-2016), 2016-01-13.1");
    }

    @Test
    void anUnknownReleaseNamesThoseThereAre() throws IOException {
        for (String id : List.of("2016-01-12.2", "2016-01-12.10", "2016-01-11.1")) {
            QueryTestWarehouse.release(warehouse, id, "2016-01-12", "");
        }

        assertThatThrownBy(() -> new AvailableReleases(warehouse).read("2016-01-13.1"))
                .hasMessage("there is no release '2016-01-13.1' in " + warehouse
                        + "; releases: 2016-01-11.1, 2016-01-12.2, 2016-01-12.10");
        assertThatThrownBy(() -> new AvailableReleases(warehouse).read("../../etc"))
                .hasMessageStartingWith("there is no release '../../etc' in " + warehouse);
    }

    @Test
    void withdrawnReleaseSaysSo() throws IOException {
        QueryTestWarehouse.release(warehouse, "2016-01-12.1", "2016-01-12", "");
        Files.writeString(
                warehouse.resolve("releases/2016-01-12.1/withdrawn.json"),
                "{\"release_id\": \"2016-01-12.1\", \"withdrawn_at\": \"2016-01-13T08:00:00Z\", \"withdrawn_by\": "
                        + "\"fpw\", \"reason\": \"wrong file\"}");

        assertThat(new AvailableReleases(warehouse).read("2016-01-12.1").line())
                .isEqualTo("release 2016-01-12.1, City of Boston, data as at 2016-01-12; withdrawn 2016-01-13 by fpw: "
                        + "wrong file");
        assertThatThrownBy(() -> new AvailableReleases(warehouse).read(null))
                .hasMessage("no release in " + warehouse
                        + " is current, since all of them were withdrawn (`fpw releases`); run `fpw nightly`, or "
                        + "choose one of [2016-01-12.1] with --release");
    }

    @Test
    void noReleaseYetSaysWhatToDo() {
        assertThatThrownBy(() -> new AvailableReleases(warehouse).read(null))
                .hasMessage("there is no release yet in " + warehouse
                        + "; run `fpw nightly` for this force and check its output, or use another folder");
    }

    /** The next run corrects it; until then readers can choose another release. */
    @ParameterizedTest
    @ValueSource(strings = {"2016-01-12.1", "../../elsewhere", "", "\u00ff2016-01-11.1", "missing"})
    void pointerThatNamesNoReleaseIsDamaged(String content) throws IOException {
        QueryTestWarehouse.release(warehouse, "2016-01-11.1", "2016-01-11", "");
        QueryTestWarehouse.point(warehouse, content);
        Path pointer = warehouse.resolve("releases/current");
        if (content.equals("missing")) {
            Files.delete(pointer);
        }

        assertThatThrownBy(() -> new AvailableReleases(warehouse).read(null))
                .isInstanceOfSatisfying(QueryException.class, damaged -> assertThat(damaged.exitCode())
                        .isEqualTo(10))
                .hasMessage(pointer + ", which names the current release, is damaged: "
                        + (content.equals("missing")
                                ? "it is missing"
                                : "it names release '" + content + "', which does not exist")
                        + ". Choose one of [2016-01-11.1] with --release; "
                        + "the next `fpw nightly` restores it");
    }

    @Test
    void currentReleaseWithoutItsFileIsDamaged() throws IOException {
        QueryTestWarehouse.release(warehouse, "2016-01-11.1", "2016-01-11", "");
        QueryTestWarehouse.point(warehouse, "2016-01-11.1");
        Path file = warehouse.resolve("releases/2016-01-11.1/release.json");
        Files.delete(file);

        assertThatThrownBy(() -> new AvailableReleases(warehouse).read(null))
                .isInstanceOfSatisfying(QueryException.class, damaged -> assertThat(damaged.exitCode())
                        .isEqualTo(10))
                .hasMessageStartingWith("release 2016-01-11.1 is damaged, not the SQL:\n  " + file
                        + " is damaged: it is " + "missing\n");
    }

    @Test
    void folderWhoseNameIsNoReleaseIdHoldsNoRelease() throws IOException {
        QueryTestWarehouse.release(warehouse, "2016-01-12.1", "2016-01-12", "");
        QueryTestWarehouse.release(warehouse, "backup", "2016-01-12", "");

        assertThat(new AvailableReleases(warehouse).ids()).containsExactly(ReleaseId.of("2016-01-12.1"));
        assertThatThrownBy(() -> new AvailableReleases(warehouse).read("backup"))
                .hasMessage("there is no release 'backup' in " + warehouse + "; releases: 2016-01-12.1");
    }

    @Test
    void aMarkOfAWithdrawalThatCannotBeReadIsNamed() throws IOException {
        QueryTestWarehouse.release(warehouse, "2016-01-12.1", "2016-01-12", "");
        Path mark = Files.writeString(
                warehouse.resolve("releases/2016-01-12.1/withdrawn.json"), "{\"release_id\": \"2016-01-12.1\"}");

        assertThatThrownBy(() -> new AvailableReleases(warehouse).read("2016-01-12.1"))
                .hasMessage(mark + " cannot be read: withdrawn_at: missing; the release was withdrawn, do not use its"
                        + " figures. If this file is deleted, the next `fpw nightly` writes it again");
    }

    @Test
    void aTableWithoutItsNumberOfRowsIsNotReadAsEmpty() throws IOException {
        QueryTestWarehouse.release(
                warehouse,
                "2016-01-12.1",
                "2016-01-12",
                "{\"name\": \"mart.queue_daily\", \"digest\": \"d\", \"columns\": [], \"files\": []}");

        assertThatThrownBy(() -> new AvailableReleases(warehouse).read("2016-01-12.1"))
                .hasMessage(warehouse.resolve("releases/2016-01-12.1/release.json")
                        + " cannot be read: row_count of mart.queue_daily: missing; run `fpw nightly` again to create"
                        + " another one");
    }

    @Test
    void aReleaseOfAnotherFormatIsNotGuessedAt() throws IOException {
        QueryTestWarehouse.release(warehouse, "2016-01-11.1", "2016-01-11", "");
        Path file = warehouse.resolve("releases/2016-01-11.1/release.json");
        Files.writeString(file, Files.readString(file).replace("\"format\": 1", "\"format\": 2"));

        assertThatThrownBy(() -> new AvailableReleases(warehouse).read("2016-01-11.1"))
                .hasMessage(file + " has format 2; this version of fpw reads format 1."
                        + " Use the version of fpw that created release '2016-01-11.1', or a newer one");
    }
}

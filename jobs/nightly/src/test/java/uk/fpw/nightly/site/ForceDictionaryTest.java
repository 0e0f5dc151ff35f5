package uk.fpw.nightly.site;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import uk.fpw.layout.ReleaseId;
import uk.fpw.layout.site.DictionaryInput;
import uk.fpw.layout.site.KeptPages;
import uk.fpw.layout.site.Operations;
import uk.fpw.layout.site.SiteRequest;
import uk.fpw.process.RunFiles;
import uk.fpw.warehouse.force.Force;
import uk.fpw.warehouse.force.ForceFolder;

/** The dictionary of a force folder, using the synthetic force. */
@Tag("time-zone")
class ForceDictionaryTest {

    private static final Force FORCE = ForceFolder.read(Path.of("../../examples/fenmarch"));

    private static final DictionaryInput DICTIONARY = ForceDictionary.of(FORCE, FORCE.digest());

    @TempDir
    private Path folder;

    @Test
    void feedHasItsSourceKeyAndWhatIsPersonal() {
        DictionaryInput.Feed exhibits = DICTIONARY.feeds().stream()
                .filter(feed -> feed.name().equals("exhibits"))
                .findFirst()
                .orElseThrow();

        assertThat(exhibits.source()).isEqualTo("dfu");
        assertThat(exhibits.reads()).isEqualTo("the table dfu.exhibit");
        assertThat(exhibits.extract()).isEqualTo("changed rows: a row that is missing did not change");
        assertThat(exhibits.delivery()).isEqualTo("read in every run; at most 7 days old, by the newest updated_at");
        assertThat(exhibits.key()).containsExactly("exhibit_ref");
        assertThat(exhibits.columns().stream()
                        .filter(DictionaryInput.Column::isPseudonym)
                        .map(DictionaryInput.Column::name))
                .containsExactly("exhibit_ref", "case_ref");
        assertThat(exhibits.columns().get(0).isRequired()).isTrue();
        assertThat(exhibits.columns().get(5).type()).isEqualTo("local time");
    }

    @Test
    void queueHasItsEventsAndTheFeedsBehindThem() {
        DictionaryInput.Counted queue = DICTIONARY.queues().stream()
                .filter(each -> each.name().equals("awaiting_acceptance"))
                .findFirst()
                .orElseThrow();

        assertThat(queue.itemKind()).isEqualTo("device");
        assertThat(queue.events()).contains("submitted", "accepted", "rejected").isSorted();
        assertThat(queue.feeds()).containsExactly("exhibit_events", "exhibits");
    }

    @Test
    void queriesOfEveryKindAndRulesAreThere() {
        assertThat(DICTIONARY.queries().stream().map(DictionaryInput.Query::kind))
                .contains("staging", "grading", "staffing");
        assertThat(DICTIONARY.rules())
                .contains(new DictionaryInput.Rule(
                        "SEIZED_ON_MISSING",
                        "exhibits",
                        "exclude",
                        "seized_on is not null",
                        "there is no day of seizure, so nobody knows how long it waits"));
        assertThat(DICTIONARY.milestones().get(0).events()).isNotEmpty();
        assertThat(DICTIONARY.changeKinds())
                .containsExactly("practice", "system", "recording", "definition", "staffing", "outsourcing", "other");
    }

    @Test
    void recommendationHasTheFeedsBehindItsFigures() {
        assertThat(DICTIONARY.recommendations())
                .containsExactly(
                        // a query of judgements, a queue of cases, and a queue of devices
                        new DictionaryInput.Recommended("cases_handled_adequately", List.of("case_audits")),
                        new DictionaryInput.Recommended(
                                "children_seen_and_safe", List.of("case_actions", "case_files")),
                        new DictionaryInput.Recommended(
                                "computers_examined_in_time", List.of("exhibit_events", "exhibits")));
    }

    @Test
    void otherFolderThanThatOfTheReleaseIsKnownAsSuch() {
        assertThat(DICTIONARY.isOfRelease()).isTrue();
        assertThat(ForceDictionary.of(FORCE, "another").isOfRelease()).isFalse();
    }

    @Test
    void requestIsReadAsItWasWrittenAndNamesNoConnection() throws IOException {
        SiteRequest request = new SiteRequest(
                folder,
                ReleaseId.of("2016-01-12.1"),
                folder.resolve("site"),
                new SiteRequest.Audience("fpw-readers"),
                new SiteRequest.Timeliness("07:00", null),
                List.of(),
                Operations.NONE,
                DICTIONARY,
                KeptPages.apart(LocalDate.of(2016, 1, 13)));
        Path file = folder.resolve("request.json");

        RunFiles.write(request, file);

        assertThat(RunFiles.read(file, SiteRequest.class)).isEqualTo(request);
        assertThat(Files.readString(file)).doesNotContain("jdbc:").doesNotContain("PASSWORD");
    }
}

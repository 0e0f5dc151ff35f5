package uk.fpw.metrics.entry;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import uk.fpw.metrics.entry.EntryRules.Rule;
import uk.fpw.metrics.entry.EntryRules.VersionedColumn;
import uk.fpw.metrics.entry.EntryValues.Entry;
import uk.fpw.metrics.entry.EntryValues.Kept;
import uk.fpw.metrics.entry.EntryValues.Version;
import uk.fpw.metrics.lifecycle.ItemEvent;
import uk.fpw.metrics.lifecycle.Spell;

class EntryValuesTest {

    private static final String BASIS = "exhibits.priority by load within 3 days";
    private static final LocalDate ENTERED = LocalDate.of(2015, 3, 10);
    private static final Entry ENTRY = new Entry("priority", BASIS, (int) ENTERED.toEpochDay());
    private static final EntryRules RULES = new EntryRules(
            List.of(new VersionedColumn("exhibits", "priority", null), new VersionedColumn("exhibits", "unit", null)),
            Map.of("devices", List.of(new Rule("priority", 0, 3, BASIS, ENTRY.enteredOn() + 1))));

    private static final int KNOWN_TO = (int) LocalDate.of(2015, 4, 30).toEpochDay();

    private final List<Version> versions = new ArrayList<>();
    private final List<Map.Entry<Entry, Kept>> kept = new ArrayList<>();

    private EntryValuesTest had(String day, @Nullable String value) {
        versions.add(new Version(
                0, (int) LocalDate.parse(day).toEpochDay(), versions.size(), value, "load " + versions.size()));
        return this;
    }

    private EntryValuesTest released(String basis, String value, String load, String run) {
        kept.add(Map.entry(new Entry("priority", basis, ENTRY.enteredOn()), new Kept(value, load, run)));
        return this;
    }

    private static Spell spell(String staging) {
        ItemEvent received = new ItemEvent(
                "dfu",
                "device",
                "case",
                "received",
                ENTRY.enteredOn(),
                null,
                1,
                Map.of("priority", "today's", "type", "phone"),
                staging);
        return new Spell(0, received, null, null, ENTRY.enteredOn(), null, false, Map.of(), Map.of());
    }

    private String value() {
        return new EntryValues(RULES, versions, kept)
                .of(List.of(spell("devices")), queue -> KNOWN_TO)
                .get(0)
                .sliceValue("priority");
    }

    private Map<Entry, Kept> found() {
        EntryValues values = new EntryValues(RULES, versions, kept);
        values.of(List.of(spell("devices"), spell("devices")), queue -> KNOWN_TO);
        return values.found();
    }

    @Test
    void itIsTheLatestVersionOnOrBeforeTheDayOfEntry() {
        had("2015-03-11", "high").had("2015-01-02", "low").had("2015-03-10", "normal");

        assertThat(value()).isEqualTo("normal");
        assertThat(found()).containsExactly(Map.entry(ENTRY, new Kept("normal", "load 2", "")));
    }

    @Test
    void ofTheVersionsOfADayTheLastCountsBeforeTheEntryAndTheFirstAfterIt() {
        had("2015-03-09", "low").had("2015-03-09", "normal");
        assertThat(value()).isEqualTo("normal");

        versions.clear();
        had("2015-03-12", "low").had("2015-03-12", "normal");
        assertThat(value()).isEqualTo("low");
    }

    @ParameterizedTest
    @CsvSource({"2015-03-13, high", "2015-03-14, (not known at entry)"})
    void whatIsFirstKnownAfterTheEntryCountsWithinTheLag(String firstKnown, String value) {
        had(firstKnown, "high").had("2015-05-01", "low");

        assertThat(value()).isEqualTo(value);
        assertThat(found()).hasSize(value.equals(Spell.NOT_KNOWN) ? 0 : 1);
    }

    @Test
    void ofEntriesAfterTheLastDayThatIsKnownOfTheFeedNothingIsKnown() {
        had("2015-03-01", "high");
        ItemEvent received = spell("devices").opening();
        Spell later = new Spell(
                0,
                new ItemEvent(
                        received.source(),
                        received.itemKind(),
                        received.contributorKey(),
                        received.event(),
                        ENTRY.enteredOn() + 2,
                        null,
                        1,
                        Map.of(),
                        "devices"),
                null,
                null,
                ENTRY.enteredOn(),
                null,
                false,
                Map.of(),
                Map.of());
        EntryValues values = new EntryValues(RULES, versions, kept);

        assertThat(values.of(List.of(later), queue -> KNOWN_TO).get(0).sliceValue("priority"))
                .isEqualTo(Spell.NOT_KNOWN);
        assertThat(values.found()).isEmpty();
    }

    @Test
    void aVersionWithoutAValueIsNotRecordedAndThatIsKnown() {
        had("2015-03-01", null).had("2015-04-01", "high");

        assertThat(value()).isEqualTo(Spell.NOT_RECORDED);
        assertThat(found()).containsKey(ENTRY);
    }

    @Test
    void whatWasReleasedStaysWhateverTheSourceSays() {
        had("2015-03-01", "high").released(BASIS, "normal", "load of 2015-03-10", "run 1");

        assertThat(value()).isEqualTo("normal");
        assertThat(found()).isEmpty();
    }

    @Test
    void ofWhatTwoReleasesHadThatOfTheFirstRunStays() {
        released(BASIS, "low", "b", "run 2").released(BASIS, "normal", "a", "run 1");

        assertThat(value()).isEqualTo("normal");
    }

    @Test
    void whatWasReleasedByAnotherDeclarationDoesNotStay() {
        had("2015-03-01", "high").released("exhibits.priority by changed_on within 3 days", "normal", "a", "run 1");

        assertThat(value()).isEqualTo("high");
    }

    @Test
    void otherAttributesColumnsAndQueriesAreLeftAlone() {
        versions.add(new Version(1, ENTRY.enteredOn(), 0, "the unit", "load"));
        Spell resolved = new EntryValues(RULES, versions, kept)
                .of(List.of(spell("devices")), queue -> KNOWN_TO)
                .get(0);

        assertThat(resolved.sliceValue("priority")).isEqualTo(Spell.NOT_KNOWN);
        assertThat(resolved.sliceValue("type")).isEqualTo("phone");
        assertThat(resolved.sliceValue("unit")).isEqualTo(Spell.NOT_RECORDED);
        assertThat(new EntryValues(RULES, versions, kept)
                        .of(List.of(spell("others")), queue -> KNOWN_TO)
                        .get(0)
                        .sliceValue("priority"))
                .isEqualTo("today's");
    }

    private String valueNow() {
        return new EntryValues(RULES, versions, kept)
                .of(List.of(spell("devices")), queue -> KNOWN_TO)
                .get(0)
                .sliceValueNow("priority");
    }

    @Test
    void itIsNowTheLatestVersionUpToTheLastKnownDayWhateverWasReleased() {
        had("2015-03-01", "low").had("2015-04-30", "high").had("2015-05-01", "normal");
        released(BASIS, "normal", "a", "run 1");

        assertThat(value()).isEqualTo("normal");
        assertThat(valueNow()).isEqualTo("high");

        had("2015-04-30", null);
        assertThat(valueNow()).isEqualTo(Spell.NOT_RECORDED);
    }

    @Test
    void withoutAVersionItIsNowWhatItWasAtEntry() {
        assertThat(valueNow()).isEqualTo(Spell.NOT_KNOWN);

        released(BASIS, "normal", "a", "run 1");
        assertThat(valueNow()).isEqualTo("normal");
        assertThat(spell("devices").sliceValueNow("type")).isEqualTo("phone");
    }

    @Test
    void ofWhatHasLeftNothingIsNow() {
        had("2015-03-01", "low").had("2015-04-30", "high");
        Spell open = spell("devices");
        Spell left = new Spell(
                0, open.opening(), open.opening(), null, ENTRY.enteredOn(), "examined", true, Map.of(), Map.of());

        assertThat(new EntryValues(RULES, versions, kept)
                        .of(List.of(left), queue -> KNOWN_TO)
                        .get(0)
                        .now())
                .isEmpty();
    }
}

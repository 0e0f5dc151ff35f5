package uk.fpw.warehouse.force;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import uk.fpw.warehouse.force.queue.Queue;

class DefinitionComparisonTest {

    private static final String QUEUE = "queues/awaiting_examination.yml";

    @TempDir
    private Path temp;

    private TinyFolder one;
    private TinyFolder other;

    @BeforeEach
    void make() {
        one = folder("one");
        other = folder("other");
    }

    private TinyFolder folder(String name) {
        return new TinyFolder(temp.resolve(name))
                .edit("staging/device_events.yml", "[received, examined]", "[received, accepted, examined, withdrawn]")
                .edit("staging/device_events.yml", "[device_type]", "[device_type, priority]")
                .edit(QUEUE, "age_bands: [30, 90]", """
                        re_enters:
                          - {event: accepted, reason: further work}
                        standards:
                          - {standard: urgent, title: Urgent, within_hours: 24, when: {device_type: [phone]}}
                          - {standard: soon, title: Soon, within_days: 28}
                        """);
    }

    private DefinitionComparison comparison() {
        return new DefinitionComparison(one.read(), "one", other.read(), "other");
    }

    private DefinitionComparison.Compared only() {
        List<DefinitionComparison.Compared> compared = comparison().compared();
        assertThat(compared).hasSize(1);
        return compared.get(0);
    }

    @Test
    void sameDefinitionsAreCountedTheSame() {
        other.edit("force.yml", "force: tiny", "force: small");
        assertThat(only()).isEqualTo(new DefinitionComparison.Compared("awaiting_examination", List.of(), List.of()));
        assertThat(comparison().days()).isEmpty();
        assertThat(comparison().onlyInOne()).isEmpty();
        assertThat(comparison().onlyInOther()).isEmpty();
    }

    @Test
    void otherBankHolidaysAreNamed() {
        other.write("bank_holidays.csv", "date,name\n2015-12-25,Christmas Day\n");
        assertThat(only().counts()).isEmpty();
        assertThat(only().presentation())
                .singleElement()
                .asString()
                .matches("bank_holidays: none in one, 1 date to 2015-12-25 \\([0-9a-f]{8}\\) in other");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "enters: [received] | enters: [received, withdrawn] | enters by: only in other withdrawn",
                "reason: further work | reason: rework "
                        + "| comes back by: only in one accepted (further work); only in other accepted (rework)",
                "served: true | served: false | leaves by: only in one examined (examined, served); "
                        + "only in other examined (examined, not served)",
                "slices: [device_type] | slices: [priority, device_type] | slices: only in other priority",
                "within_days: 28 | within_days: 90 | standards: only in one soon (within 28 days); "
                        + "only in other soon (within 90 days)",
                "'[phone]' | '[phone, computer]' | standards: only in one urgent (within 24 hours, device_type is "
                        + "phone); only in other urgent (within 24 hours, device_type is computer or phone)",
                "item_unit: devices | item_unit: exhibits | item_unit: devices in one, exhibits in other",
                "item_unit: devices | 'item_unit: devices\nobserved_from: 2013-01-01' "
                        + "| observed_from: none in one, 2013-01-01 in other",
                "item_unit: devices | 'item_unit: devices\nprovisional_days: 7' "
                        + "| provisional_days: 0 in one, 7 in other",
                "item_unit: devices | 'item_unit: devices\nage_bands: [7]' "
                        + "| age_bands: [30,90,180,365] in one, [7] in other",
            })
    void eachFieldThatChangesAFigureIsNamed(String text, String by, String line) {
        other.edit(QUEUE, text, by);
        assertThat(only().counts()).containsExactly(line);
        assertThat(only().presentation()).isEmpty();
    }

    @Test
    void orderOfStandardsCounts() {
        other.edit(QUEUE, "  - {standard: soon, title: Soon, within_days: 28}\n", "")
                .edit(QUEUE, "standards:\n", "standards:\n  - {standard: soon, title: Soon, within_days: 28}\n");
        assertThat(only().counts())
                .containsExactly("standards: the same in another order, and the first one that applies counts");
    }

    @Test
    void filtersAreNamedWithTheirConditions() {
        other.edit("rules/devices.yml", "severity: exclude", "severity: warning")
                .edit("feeds/devices.yml", "ignored: [Officer]", """
                        scope: {where: "device_type <>  'drone'", fixed: [device_type]}
                        ignored: [Officer]""");
        assertThat(only().counts())
                .containsExactly("counts only rows with: only in one EXAMINED_BEFORE_RECEIVED (devices: examined_on is "
                        + "null or examined_on>=received_on); only in other scope (devices: device_type<>'drone')");
    }

    @Test
    void whatChangesNoFigureIsApart() {
        other.edit(QUEUE, "item_unit: devices", "item_unit: devices\nservice: every_day")
                .edit(QUEUE, "title: Devices awaiting", "title: Devices that await");
        assertThat(only())
                .isEqualTo(new DefinitionComparison.Compared(
                        "awaiting_examination",
                        List.of(),
                        List.of(
                                "service: working_days in one, every_day in other",
                                "title: Devices awaiting examination in one, Devices that await examination in "
                                        + "other")));
    }

    @Test
    void queuesOfOneFolderAndDaysAreNamed() {
        other.edit("force.yml", "Europe/London", "Europe/Dublin").write("queues/accepted.yml", """
                queue: accepted
                version: 1
                title: Accepted
                description: From acceptance to examination.
                item_kind: device
                item_unit: devices
                enters: [accepted]
                leaves:
                  - {event: examined, as: examined, served: true}
                """);
        assertThat(comparison().onlyInOne()).isEmpty();
        assertThat(comparison().onlyInOther()).extracting(Queue::name).containsExactly("accepted");
        assertThat(comparison().days()).containsExactly("days: Europe/London in one, Europe/Dublin in other");
    }
}

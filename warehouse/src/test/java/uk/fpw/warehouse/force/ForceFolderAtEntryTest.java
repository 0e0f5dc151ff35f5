package uk.fpw.warehouse.force;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import uk.fpw.warehouse.force.queue.Queue;
import uk.fpw.warehouse.force.staging.AtEntry;
import uk.fpw.warehouse.force.staging.StagingQuery;

/** Declarations in staging queries of where an attribute's value at entry comes from. */
class ForceFolderAtEntryTest extends ConfigErrorTesting {

    private static final String ATTRIBUTES = "attributes: [device_type]";
    private static final String UNDECLARED =
            "where the value of device_type at entry comes from is not declared (at_entry in "
                    + "staging/device_events.yml)";

    private static Force force(Path folder, String declaration) {
        return new TinyFolder(folder)
                .edit(
                        STAGING,
                        ATTRIBUTES,
                        ATTRIBUTES + "\nat_entry:\n  - {attribute: device_type, " + declaration + "}")
                .edit(QUEUE, "age_bands: [30, 90]", """
                        standards:
                          - {standard: phones, title: Phones, within_days: 2, when: {device_type: [phone]}}
                          - {standard: all, title: All, within_days: 9}
                        comparisons:
                          - {comparison: types, title: Slower?, by: slice, slice: device_type}
                          - {comparison: years, title: Slower?, by: cohort, every: quarter}
                          - {comparison: within, title: Slower?, by: cohort, every: quarter, within: device_type}
                        """)
                .read();
    }

    private static List<String> refusals(Force force) {
        Queue queue = force.queues().get(0);
        EntryRefusals refusals = EntryRefusals.of(force, queue);
        return Stream.of(
                        refusals.slices().values().stream(),
                        queue.standards().stream().map(refusals::ofStandard),
                        queue.comparisons().stream().map(refusals::ofComparison))
                .flatMap(reasons -> reasons)
                .map(String::valueOf)
                .toList();
    }

    @Test
    void whatIsDeclaredIsRefusedNowhere(@TempDir Path folder) {
        Force force = force(folder, "from: changes, of: devices.device_type, dated_by: received_on, lag_days: 5");
        StagingQuery staging = force.stagings().get(0);

        assertThat(staging.atEntry("device_type"))
                .isEqualTo(new AtEntry(
                        "device_type", AtEntry.From.CHANGES, "devices.device_type", "received_on", 5, null));
        assertThat(staging.atEntry())
                .extracting(AtEntry::basis)
                .containsExactly("devices.device_type by received_on within 5 days");
        assertThat(AtEntry.versionedFeeds(force.stagings())).containsExactly("devices");
        assertThat(refusals(force)).containsExactly("null", "null", "null", "null", "null");
    }

    @Test
    void ofWhatIsNotDeclaredThereAreCountsOnly(@TempDir Path folder) {
        Force declared = force(folder, "from: fixed, of: devices.device_type");
        assertThat(declared.stagings().get(0).atEntry())
                .extracting(AtEntry::basis, AtEntry::changedShare)
                .containsExactly(tuple("fixed", 0.05));

        Force undeclared =
                new TinyFolder(folder).edit(QUEUE, "age_bands: [30, 90]", """
                        comparisons:
                          - {comparison: types, title: Slower?, by: slice, slice: device_type}
                          - {comparison: years, title: Slower?, by: cohort, every: quarter}
                        standards:
                          - {standard: phones, title: Phones, within_days: 2, when: {device_type: [phone]}}
                        """).read();

        assertThat(refusals(undeclared)).containsExactly(UNDECLARED, UNDECLARED, UNDECLARED, "null");
    }

    @Test
    void groupsThatItemsMoveBetweenAreNotTested(@TempDir Path folder) {
        Force moving = new TinyFolder(folder)
                .edit(STAGING, ATTRIBUTES, ATTRIBUTES + "\nat_entry: [{attribute: device_type, from: event}]")
                .edit(QUEUE, "as: examined, served: true", "as: moved, served: false")
                .edit(
                        QUEUE,
                        "age_bands: [30, 90]",
                        "comparisons: [{comparison: types, title: Slower?, by: slice, slice: device_type}]")
                .read();

        assertThat(refusals(moving))
                .containsExactly("items move between the groups, and who moves depends on how long he waited");
    }

    @TestFactory
    Stream<DynamicTest> errors() {
        return Stream.of(
                declared(
                        "of an attribute that there is not",
                        "{attribute: kind, from: event}",
                        "attribute: 'kind' is not among the attributes; the attributes are device_type"),
                declared(
                        "column for an event",
                        "{attribute: device_type, from: event, of: devices.device_type}",
                        "of: is not allowed with from: event; remove it"),
                declared(
                        "lag of what is fixed",
                        "{attribute: device_type, from: fixed, of: devices.device_type, lag_days: 2}",
                        "lag_days: is not allowed with from: fixed; remove it"),
                declared(
                        "fixed without a column",
                        "{attribute: device_type, from: fixed}",
                        "of: is missing; name the column of the source, such as exhibits.priority; an attribute that "
                                + "the query derives from others must come from the event or have no at_entry"),
                declared(
                        "feed that there is not",
                        "{attribute: device_type, from: changes, of: device.device_type}",
                        "of: there is no feed 'device'; did you mean 'devices'?"),
                declared(
                        "column that there is not",
                        "{attribute: device_type, from: changes, of: devices.device_kind}",
                        "of: 'device_kind' is not among the columns of feeds/devices.yml; did you mean 'device_id'?"),
                declared(
                        "column of another type",
                        "{attribute: device_type, from: changes, of: devices.received_on}",
                        "of: 'received_on' is of type date; choose a column of type text"),
                declared(
                        "personal column",
                        "{attribute: device_type, from: changes, of: devices.device_id}",
                        "of: 'device_id' is personal, and the value would be published; choose a column with privacy: "
                                + "not_personal"),
                declared(
                        "text for a date",
                        "{attribute: device_type, from: changes, of: devices.device_type, dated_by: device_type}",
                        "dated_by: 'device_type' is of type text; choose a column of type date, instant or "
                                + "local_time"));
    }

    private DynamicTest declared(String name, String declaration, String message) {
        return edit(
                name,
                STAGING,
                ATTRIBUTES,
                ATTRIBUTES + "\nat_entry:\n  - " + declaration,
                "staging/device_events.yml:8: at_entry[0]." + message);
    }
}

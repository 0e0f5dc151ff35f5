package uk.fpw.warehouse.force;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import uk.fpw.warehouse.force.capacity.Capacity;
import uk.fpw.warehouse.force.capacity.StaffingQuery;

/** Units, providers and their staff: reading, and errors. */
class ForceFolderCapacityTest extends ConfigErrorTesting {

    private static final String UNIT = "capacity/unit.yml";
    private static final String PROVIDER = "capacity/provider.yml";
    private static final String STAFFING = "staffing/posts.yml";

    @TempDir
    private Path temp;

    private static TinyFolder withCapacity(TinyFolder folder) {
        return folder.write(UNIT, """
                        capacity: unit
                        kind: unit
                        title: The unit
                        description: What it examines.
                        queue: awaiting_examination
                        staffing_unit: Unit 1
                        """)
                .write(PROVIDER, """
                        capacity: provider
                        kind: provider
                        title: Providers
                        description: What they have.
                        queue: awaiting_examination
                        slice: device_type
                        """)
                .write(STAFFING, """
                        staffing: posts
                        source: lab
                        description: Staff on the first of the month.
                        feeds: [devices]
                        """)
                .write("staffing/posts.sql", "select * from devices\n");
    }

    private DynamicTest with(String name, Consumer<TinyFolder> edit, String... messages) {
        return test(name, folder -> edit.accept(withCapacity(folder)), messages);
    }

    @Test
    void unitsAndProvidersAreRead() {
        Force force = withCapacity(new TinyFolder(temp.resolve("read"))).read();

        assertThat(force.capacities())
                .containsExactly(
                        new Capacity(
                                "provider",
                                Capacity.Kind.PROVIDER,
                                "Providers",
                                "What they have.",
                                "awaiting_examination",
                                "device_type",
                                null),
                        new Capacity(
                                "unit",
                                Capacity.Kind.UNIT,
                                "The unit",
                                "What it examines.",
                                "awaiting_examination",
                                null,
                                "Unit 1"));
        assertThat(force.staffings()).extracting(StaffingQuery::name).containsExactly("posts");
        assertThat(force.staffings().get(0).sql()).isEqualTo("select * from devices\n");
    }

    @TestFactory
    Stream<DynamicTest> errors() {
        return Stream.of(
                with(
                        "unknown queue",
                        folder -> folder.edit(UNIT, "queue: awaiting_examination", "queue: waiting_examination"),
                        "capacity/unit.yml:5: queue: there is no queue 'waiting_examination'; did you mean "
                                + "'awaiting_examination'?"),
                with(
                        "unknown slice",
                        folder -> folder.edit(PROVIDER, "slice: device_type", "slice: device_typ"),
                        "capacity/provider.yml:6: slice: 'device_typ' is not among the slices of queue "
                                + "'awaiting_examination'; did you mean 'device_type'?"),
                with(
                        "slice of a unit",
                        folder -> folder.edit(UNIT, "staffing_unit: Unit 1", "slice: device_type"),
                        "capacity/unit.yml:6: slice: is only for providers; remove it, or write one file for each "
                                + "unit, with a queue of its own"),
                with(
                        "same staff twice",
                        folder -> folder.edit(PROVIDER, "slice: device_type", "staffing_unit: Unit 1"),
                        "capacity/unit.yml:6: staffing_unit: 'Unit 1' is also in capacity/provider.yml; keep it in one "
                                + "of them, otherwise the same staff is counted twice"),
                with(
                        "two units of a queue",
                        folder -> folder.write("capacity/other.yml", """
                                capacity: other
                                kind: unit
                                title: Another
                                description: The same again.
                                queue: awaiting_examination
                                """),
                        "capacity/unit.yml:5: queue: 'awaiting_examination' is also the queue of the unit in "
                                + "capacity/other.yml; give each unit a queue of its own, otherwise the same work is "
                                + "counted twice"),
                with(
                        "two providers of a queue",
                        folder -> folder.write("capacity/other.yml", """
                                capacity: other
                                kind: provider
                                title: Another
                                description: The same again.
                                queue: awaiting_examination
                                """),
                        "capacity/provider.yml:5: queue: 'awaiting_examination' is also the queue of the provider in "
                                + "capacity/other.yml; keep one of them, with the slice that tells the providers "
                                + "apart, otherwise the same work is counted twice"),
                with(
                        "a title longer than its column",
                        folder -> folder.edit(UNIT, "title: The unit", "title: " + "u".repeat(201)),
                        "capacity/unit.yml:3: title: has 201 characters, more than 200; shorten it"),
                with(
                        "a description of a staffing query without end",
                        folder -> folder.edit(STAFFING, "Staff on the first of the month.", "s".repeat(4001)),
                        "staffing/posts.yml:3: description: has 4,001 characters, more than 4,000; shorten it"),
                with(
                        "no staffing query",
                        folder -> folder.delete(STAFFING).delete("staffing/posts.sql"),
                        "capacity/unit.yml:6: staffing_unit: there is no staffing query that could return 'Unit 1'; "
                                + "add one in the folder staffing, or remove the field"),
                with(
                        "unknown feed",
                        folder -> folder.edit(STAFFING, "feeds: [devices]", "feeds: [device]"),
                        "staffing/posts.yml:4: feeds[0]: there is no feed 'device'; did you mean 'devices'?"),
                with(
                        "no query",
                        folder -> folder.delete("staffing/posts.sql"),
                        "staffing/posts.yml: has no matching .sql file; add staffing/posts.sql"));
    }
}

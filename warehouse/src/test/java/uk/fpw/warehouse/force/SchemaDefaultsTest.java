package uk.fpw.warehouse.force;

import static java.util.Map.entry;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import uk.fpw.warehouse.force.change.Change;
import uk.fpw.warehouse.force.connection.SourceConnection;
import uk.fpw.warehouse.force.fact.Fact;
import uk.fpw.warehouse.force.feed.Delivery;
import uk.fpw.warehouse.force.feed.Feed;
import uk.fpw.warehouse.force.feed.Origin;
import uk.fpw.warehouse.force.queue.Milestones;
import uk.fpw.warehouse.force.queue.Queue;
import uk.fpw.warehouse.force.recommendation.Recommendation;
import uk.fpw.warehouse.force.staging.StagingQuery;

/** Defaults in the schemas must reach the records. */
class SchemaDefaultsTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final ObjectMapper NAMED_AS_IN_FILES =
            new ObjectMapper().setPropertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE);

    @TempDir
    private Path temp;

    private Force force;

    @BeforeEach
    void readAFolderThatSaysNothingMoreThanItMust() {
        force = new TinyFolder(temp)
                .edit("feeds/devices.yml", "ignored: [Officer]\n", "delivery: {days: daily}\n")
                .write("connections.yml", """
                        connections:
                          - {name: drop, kind: files, path: drop}
                          - {name: lab, kind: jdbc, url: "jdbc:postgresql://lab/lab", user: reader}
                        """)
                .write("feeds/reports.yml", """
                        feed: reports
                        source: lab
                        description: One row per report.
                        connection: lab
                        table: report
                        extract: changes
                        cursor: {column: report_id, look_back: 10}
                        key: [report_id]
                        item: report_id
                        columns:
                          - {name: report_id, type: whole, privacy: not_personal}
                          - {name: pages, type: whole, privacy: not_personal}
                        """)
                .edit("staging/device_events.yml", "attributes: [device_type]\n", "")
                .edit("queues/awaiting_examination.yml", "slices: [device_type]\nage_bands: [30, 90]\n", """
                        standards:
                          - {standard: soon, title: Soon, within_days: 28}
                        comparisons:
                          - {comparison: years, title: Slower?, by: window, every: financial_year}
                        """)
                .write("milestones/laboratory.yml", """
                        milestones: laboratory
                        version: 1
                        title: Steps
                        description: Steps of a case.
                        item_kind: device
                        opens: [received]
                        closes: [examined]
                        steps:
                          - {step: examination, title: Examination, done: [examined]}
                        """)
                .write("schemes/audit.yml", """
                        scheme: audit
                        title: Audits
                        description: Audits.
                        versions: [{version: 1, valid_from: 2015-01-01, grades: [good, poor]}]
                        """)
                .write("facts/computers.yml", """
                        fact: computers
                        quote: about 70 computers
                        operator: about
                        value: 70
                        unit: computers
                        as_of: {from: 2015-01-31, to: 2015-01-31}
                        population: All.
                        definition: Not said.
                        bodies: 1
                        source: A report.
                        not_comparable: Another unit.
                        """)
                .write("changes/hours.yml", """
                        change: hours
                        date: 2015-04-01
                        kind: practice
                        what: Longer hours.
                        why: To see more.
                        decided_by: The board
                        queues: [awaiting_examination]
                        comparison: {outcome: left, direction: higher, declared_on: 2015-03-01}
                        """)
                .write("recommendations/sooner.yml", """
                        recommendation: sooner
                        report: {by: An inspectorate, title: A report, made_on: 2015-01-31}
                        words: Sooner.
                        quoted: true
                        kind: urgent
                        owner: The head
                        due: {within: not stated, on: not stated}
                        status: {state: open, on: 2015-01-31, decided_by: The board}
                        """)
                .read();
    }

    @Test
    void ofTheForce() throws IOException {
        Force.Pages pages = force.identity().pages();
        assertDefaults(
                "force",
                Map.of(
                        "packs",
                        force.identity().packs(),
                        "confirm_date_after_days",
                        force.confirmDateAfterDays(),
                        "pages",
                        Map.of(),
                        "pages.made",
                        pages.areMade(),
                        "pages.expected_by",
                        pages.expectedBy().toString()));
    }

    @Test
    void ofConnections() throws IOException {
        SourceConnection.Database lab = force.databases().get(0);
        assertDefaults(
                "connections",
                Map.of(
                        "connections[].fetch_rows", lab.fetchRows(),
                        "connections[].timeout_seconds", lab.timeoutSeconds(),
                        "connections[].max_sessions", lab.maxSessions()));
    }

    @Test
    void ofFeeds() throws IOException {
        Feed devices = force.feed("devices");
        Feed reports = force.feed("reports");
        Origin.DroppedFile file = requireNonNull(devices.droppedFile());
        Delivery delivery = requireNonNull(devices.delivery());
        Origin.Cursor cursor = requireNonNull(reports.cursor());
        Map<String, Object> held = new HashMap<>(Map.ofEntries(
                entry("codes", devices.lists().codes()),
                entry("dates", devices.lists().dates()),
                entry("columns[].values", devices.lists().values().keySet()),
                entry("format", file.format().options()),
                entry("format.kind", file.format().kind()),
                entry("delivery.bank_holidays", delivery.onBankHolidays()),
                entry("delivery.within_days", delivery.withinDays()),
                entry("ignored", file.ignored()),
                entry("cursor.max_gap", cursor.maxGap()),
                entry("cursor.compared_rows", cursor.comparedRows()),
                entry("columns[].transform", reports.column("pages").transforms()),
                entry("columns[].required", reports.column("pages").required())));
        held.putAll(fields("limits", devices.limits().rows()));
        held.putAll(fields("limits", devices.limits().changes()));
        held.putAll(fields("limits", devices.limits().in28Days()));
        assertDefaults("feed", held);
    }

    @Test
    void ofStagings() throws IOException {
        StagingQuery staging = force.stagings().get(0);
        assertDefaults("staging", Map.of("attributes", staging.attributes(), "at_entry", staging.atEntry()));
    }

    @Test
    void ofQueues() throws IOException {
        Queue queue = force.queues().get(0);
        Map<String, Object> held = new HashMap<>(Map.of(
                "matters_from", queue.mattersFrom(),
                "re_enters", queue.reEnters(),
                "slices", queue.slices(),
                "earliest_entry", queue.earliestEntry().toString(),
                "provisional_days", queue.provisionalDays(),
                "age_bands", queue.ageBandLimits(),
                "in_publications", queue.isInPublications(),
                "service", queue.service().code(),
                "standards[].when", queue.standards().get(0).when(),
                "comparisons[].of", queue.comparisons().get(0).of()));
        held.put("cross", queue.cross());
        held.putAll(fields("limits", queue.limits()));
        assertDefaults("queue", held);
    }

    @Test
    void ofQueuesWithoutStandardsAndComparisons() {
        Queue queue = new TinyFolder(temp.resolve("without")).read().queues().get(0);
        assertThat(queue.standards()).isEmpty();
        assertThat(queue.comparisons()).isEmpty();
    }

    @Test
    void ofMilestones() throws IOException {
        Milestones milestones = force.milestones().get(0);
        assertDefaults(
                "milestones",
                Map.of(
                        "steps[].not_applicable",
                        milestones.steps().get(0).notApplicable(),
                        "linked_item_kinds",
                        milestones.linkedItemKinds(),
                        "silence.activity",
                        milestones.silence().activity(),
                        "silence.bulk_update_min_cases",
                        milestones.silence().bulkUpdateMinCases(),
                        "silence.bulk_update_min_percent",
                        milestones.silence().bulkUpdateMinPercent()));
    }

    @Test
    void ofFacts() throws IOException {
        Fact fact = force.facts().get(0);
        assertDefaults("fact", Map.of("about_share", fact.aboutShare(), "by_construction", fact.byConstruction()));
    }

    @Test
    void ofChanges() throws IOException {
        Change change = force.changes().all().get(0);
        assertDefaults(
                "change",
                Map.of(
                        "rebase",
                        change.rebase(),
                        "comparison.weeks",
                        requireNonNull(change.comparison()).weeks()));
    }

    @Test
    void ofRecommendations() throws IOException {
        Recommendation recommendation = force.recommendations().get(0);
        assertDefaults(
                "recommendation",
                Map.of("report.reference", recommendation.report().reference(), "figures", recommendation.figures()));
    }

    @Test
    void ofSchemes() throws IOException {
        assertDefaults(
                "scheme", Map.of("in_publications", force.schemes().get(0).isInPublications()));
    }

    @Test
    void otherDefinitionsHaveNone() throws IOException {
        for (String kind : List.of("rules", "grading", "staffing", "capacity", "example")) {
            assertDefaults(kind, Map.of());
        }
    }

    /** The components of a record that is a group of a file, by their fields; without those that are null. */
    private static Map<String, Object> fields(String group, Object held) {
        Map<String, Object> fields = new HashMap<>();
        for (Map.Entry<String, JsonNode> field :
                NAMED_AS_IN_FILES.valueToTree(held).properties()) {
            if (!field.getValue().isNull()) {
                fields.put(group + "." + field.getKey(), field.getValue());
            }
        }
        return fields;
    }

    /** Every default in a schema must be in the record; in the groups limits and silence, those of their fields. */
    private static void assertDefaults(String kind, Map<String, Object> held) throws IOException {
        Map<String, String> declared = new TreeMap<>();
        try (InputStream schema = Force.class.getResourceAsStream("/fpw/schema/" + kind + ".schema.json")) {
            collect(JSON.readTree(schema), "", declared);
        }
        Map<String, String> found = new TreeMap<>();
        held.forEach((field, value) -> found.put(field, JSON.valueToTree(value).toString()));
        // An absent list of standards or comparisons cannot show the defaults of its entries.
        declared.remove("standards");
        declared.remove("comparisons");
        assertThat(found).isEqualTo(declared);
    }

    private static void collect(JsonNode schema, String path, Map<String, String> defaults) {
        for (Map.Entry<String, JsonNode> property : schema.path("properties").properties()) {
            JsonNode rule = property.getValue();
            String field = path.isEmpty() ? property.getKey() : path + "." + property.getKey();
            if (rule.has("default") && !List.of("limits", "silence").contains(field)) {
                defaults.put(field, rule.path("default").toString());
            }
            collect(rule, field, defaults);
            collect(rule.path("items"), field + "[]", defaults);
        }
    }
}

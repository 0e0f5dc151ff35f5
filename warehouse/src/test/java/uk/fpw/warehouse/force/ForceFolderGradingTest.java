package uk.fpw.warehouse.force;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import uk.fpw.warehouse.force.fact.Fact;
import uk.fpw.warehouse.force.grading.GradingQuery;
import uk.fpw.warehouse.force.grading.GradingScheme;

/** Schemes, gradings and facts: reading, and errors. */
@Tag("time-zone")
class ForceFolderGradingTest extends ConfigErrorTesting {

    private static final String SCHEME = "schemes/case_audit.yml";
    private static final String GRADING = "gradings/audits.yml";
    private static final String GRADING_SQL = "gradings/audits.sql";
    private static final String FACT = "facts/computers.yml";

    @TempDir
    private Path temp;

    private static TinyFolder graded(TinyFolder folder) {
        return folder.write(SCHEME, """
                        scheme: case_audit
                        title: Case audits
                        description: How a case was handled.
                        versions:
                          - {version: 1, valid_from: 2013-01-01, grades: [good, adequate, inadequate]}
                          - {version: 2, valid_from: 2015-04-01, grades: [good, inadequate]}
                        """)
                .write(GRADING, """
                        grading: audits
                        source: lab
                        description: The lab's own audits.
                        feeds: [devices]
                        """)
                .write(GRADING_SQL, "select device_id as item_key from devices\n")
                .write(FACT, """
                        fact: computers
                        quote: "around 70 computers"
                        operator: about
                        value: 70
                        unit: computers
                        as_of: {from: 2014-11-01, to: 2014-11-30}
                        population: Computers
                        definition: Not said.
                        bodies: 1
                        source: A report
                        query: |
                          select waiting_count as value from queue_daily
                          where day between :as_of_from and :as_of_to
                        """);
    }

    private DynamicTest graded(String name, Consumer<TinyFolder> change, String... messages) {
        return test(name, folder -> change.accept(graded(folder)), messages);
    }

    private DynamicTest graded(String name, String file, String text, String by, String... messages) {
        return graded(name, folder -> folder.edit(file, text, by), messages);
    }

    @Test
    void schemesGradingsAndFactsAreRead() {
        Force force = graded(new TinyFolder(temp)).read();

        assertThat(force.schemes())
                .containsExactly(new GradingScheme(
                        "case_audit",
                        "Case audits",
                        "How a case was handled.",
                        true,
                        List.of(
                                new GradingScheme.Version(
                                        1, LocalDate.of(2013, 1, 1), List.of("good", "adequate", "inadequate")),
                                new GradingScheme.Version(
                                        2, LocalDate.of(2015, 4, 1), List.of("good", "inadequate")))));
        assertThat(force.gradings())
                .containsExactly(new GradingQuery(
                        "audits",
                        "lab",
                        "The lab's own audits.",
                        List.of("devices"),
                        "select device_id as item_key from devices\n",
                        temp.toAbsolutePath().resolve(GRADING_SQL)));
        assertThat(force.facts())
                .containsExactly(new Fact(
                        "computers",
                        "around 70 computers",
                        Fact.Operator.ABOUT,
                        70,
                        70,
                        0.1,
                        "computers",
                        LocalDate.of(2014, 11, 1),
                        LocalDate.of(2014, 11, 30),
                        null,
                        "Computers",
                        "Not said.",
                        1,
                        "A report",
                        false,
                        null,
                        "select waiting_count as value from queue_daily\nwhere day between :as_of_from and :as_of_to",
                        null));
    }

    @Test
    void gradingsAloneMakeAForceFolder() {
        TinyFolder folder =
                graded(new TinyFolder(temp)).delete(QUEUE).delete(STAGING).delete(SQL);

        assertThat(folder.read().queues()).isEmpty();
        assertThat(ForceFolderTest.errorsOf(folder.delete(SCHEME).path()))
                .containsExactly("schemes/: has no .yml file; add at least one, as described in docs/force-folder.md");
    }

    @TestFactory
    Stream<DynamicTest> schemes() {
        return Stream.of(
                graded(
                        "versions that do not ascend",
                        SCHEME,
                        "version: 2",
                        "version: 1",
                        "schemes/case_audit.yml:6: versions[1].version: 1 is not greater than 1 before it; list "
                                + "the versions in ascending order, each only once"),
                graded(
                        "first days that do not ascend",
                        SCHEME,
                        "2015-04-01",
                        "2013-01-01",
                        "schemes/case_audit.yml:6: versions[1].valid_from: 2013-01-01 is not after 2013-01-01, "
                                + "the first valid day of the previous version; set it to the first "
                                + "valid day of this version"),
                graded(
                        "first day that does not exist",
                        SCHEME,
                        "2015-04-01",
                        "2015-04-31",
                        "schemes/case_audit.yml:6: versions[1].valid_from: there is no date '2015-04-31'; write an "
                                + "existing date, such as 2015-01-31"),
                graded(
                        "grade twice",
                        SCHEME,
                        "[good, inadequate]",
                        "[good, inadequate, good]",
                        "schemes/case_audit.yml:6: versions[1].grades: holds 'good' twice; remove one of them"));
    }

    @TestFactory
    Stream<DynamicTest> gradings() {
        return Stream.of(
                graded(
                        "grading of another source",
                        GRADING,
                        "source: lab",
                        "source: custody",
                        "gradings/audits.yml:4: feeds[0]: feed 'devices' is of source 'lab', but source here is "
                                + "'custody'; a grading query reads a single source; correct "
                                + "one of them, or split the query"),
                graded(
                        "grading without its query",
                        folder -> folder.delete(GRADING_SQL),
                        "gradings/audits.yml: has no matching .sql file; add gradings/audits.sql"));
    }

    @TestFactory
    Stream<DynamicTest> facts() {
        return Stream.of(
                graded(
                        "fact without a figure",
                        FACT,
                        "value: 70\n",
                        "",
                        "facts/computers.yml: has no value; set value, or from and to"),
                graded(
                        "value beside a range",
                        FACT,
                        "value: 70",
                        "value: 70\nfrom: 65\nto: 74",
                        "facts/computers.yml:4: value: cannot be combined with 'from' or 'to'; set value, or from and "
                                + "to"),
                graded(
                        "half a range",
                        FACT,
                        "value: 70",
                        "from: 65",
                        "facts/computers.yml:4: from: contains only one end of the range; set both from and to"),
                graded(
                        "range downwards",
                        FACT,
                        "value: 70",
                        "from: 74\nto: 65",
                        "facts/computers.yml:5: to: 65 is not greater than 74; write the lower end first"),
                graded(
                        "bound that is a range",
                        FACT,
                        "operator: about\nvalue: 70",
                        "operator: '>'\nfrom: 65\nto: 74",
                        "facts/computers.yml:3: operator: '>' cannot be used with a range; use = or about, "
                                + "or set a single value"),
                graded(
                        "share of what is not about",
                        FACT,
                        "operator: about",
                        "operator: '='\nabout_share: 0.2",
                        "facts/computers.yml:4: about_share: is only allowed with operator about and a single value; "
                                + "remove it"),
                graded(
                        "window backwards",
                        FACT,
                        "to: 2014-11-30",
                        "to: 2014-10-30",
                        "facts/computers.yml:6: as_of.to: 2014-10-30 is before 2014-11-01; set it to "
                                + "the last day of the window"),
                graded(
                        "query and reason",
                        FACT,
                        "bodies: 1",
                        "bodies: 1\nnot_comparable: another definition",
                        "facts/computers.yml:10: not_comparable: cannot be combined with a query; set either "
                                + "query or not_comparable"),
                graded(
                        "query of two statements",
                        FACT,
                        "  where day",
                        "  ; select day",
                        "facts/computers.yml:11: query: contains more than one statement; keep one query, without "
                                + "';'"));
    }
}

package uk.fpw.profile;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What looks personal. Every value is invented; the NHS number is one of the range that is reserved for tests. */
class PersonalTest extends ProfilerTesting {

    @ParameterizedTest
    @CsvSource({
        "Victim surname, name of a person",
        "OfficerName, name of a person",
        "created_by, name of a person",
        "Officer, name of a person",
        "Officer Id, number of a person",
        "Collar warrant, number of a person",
        "Victim ethnicity, special category data of a person",
        "ethnic_group_code, special category data of a person",
        "Race, special category data of a person",
        "Political affiliation, special category data of a person",
        "birthdate, date of birth",
        "E-mail, e-mail address",
        "home_phone, telephone number",
        "Postcode, address",
        "DOB, date of birth",
        "Date of birth, date of birth",
        "NHS number, number of a person",
        "Latitude, place"
    })
    void nameOfAColumnTells(String header, String kind) {
        assertThat(PersonalNames.kind(header)).isEqualTo(kind);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Station name",
                "Device type",
                "Received",
                "neighborhood",
                "OPEN_DT",
                "child protection",
                "Officer Age",
                "Suspect gender",
                "officer_rank",
                "victim count",
                "Ethnicity count",
                "health and safety class",
                "Closed"
            })
    void otherNamesDoNot(String header) {
        assertThat(PersonalNames.kind(header)).isNull();
    }

    @ParameterizedTest
    @CsvSource({
        "jo.bloggs@example.org, EMAIL",
        "see jo@example.org, EMAIL",
        "01632 960123, PHONE",
        "+44 1632 960123, PHONE",
        "SW1A 1AA, POSTCODE",
        "999 000 0018, NHS",
        "QQ123456C, ''",
        "AB 12 34 56 C, NATIONAL_INSURANCE",
        "'Smith, John', FIRST_NAME",
        "Mary O'Neil, FIRST_NAME"
    })
    void shapeOfAValueTells(String value, String kind) {
        PersonalShapes.Kind found = PersonalShapes.kind(value);
        assertThat(found == null ? "" : found.name()).isEqualTo(kind);
    }

    @ParameterizedTest
    @ValueSource(strings = {"computer", "C-101", "9990000017", "17/11/2026", "Street Light Outages", "101001240735"})
    void otherValuesDoNot(String value) {
        assertThat(PersonalShapes.kind(value)).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"exhibit_ref", "Case", "CASE_ENQUIRY_ID", "Crime No", "Exhibit"})
    void numbersOfThingsAreReferences(String header) {
        assertThat(PersonalNames.isReference(header)).isTrue();
    }

    /** In doubt a date is personal; only the name of an event makes old dates of few years, or dates of many, open. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', nullValues = "null", textBlock = """
            datum      | 1931 | 1971 | date of birth
            datum      | 1968 | 1972 | date of birth
            started    | 1931 | 1971 | date of birth
            accept.dt  | 1968 | 1972 | null
            datum      | 2003 | 2019 | perhaps a date of birth
            Closed     | 2003 | 2019 | null
            started by | 2003 | 2019 | null
            on         | 2024 | 2026 | null
            """)
    void datesOfManyYearsMayBeThoseOfBirthUnlessTheirNameSaysOtherwise(
            String header, int first, int last, @Nullable String kind) {
        StringBuilder rows = new StringBuilder("id," + header + "\n");
        for (int year = first; year <= last; year++) {
            rows.append(year).append(",17/11/").append(year).append('\n');
        }
        // what stands for none makes no span of years
        rows.append("1,01/01/1900\n2,31/12/9999\n");
        FeedDraft draft = draft("list.csv", rows.toString());
        assertThat(profile("list.csv", rows.toString()).columns().get(1).personal())
                .isEqualTo(kind);
        assertThat(draft.yaml().contains("type: date")).isEqualTo(kind == null);

        String timed = rows.toString().replaceAll("(?m)(/\\d{4})$", "$1 00:00");
        assertThat(profile("list.csv", timed).columns().get(1).personal())
                .as("as a database exports them")
                .isEqualTo(kind);
    }

    @Test
    void specialCategoryDataIsNotLoaded() {
        String rows = IntStream.range(0, 99)
                .mapToObj(row -> row + "," + (row % 2 == 0 ? "White" : "Black") + "\n")
                .collect(Collectors.joining());
        assertThat(draft("list.csv", "id,Race\n" + rows).yaml())
                .endsWith(
                        "ignored:\n  - \"Race\"    # DECIDE: special category data (UK GDPR, article 9); load it only "
                                + "for a purpose that the law allows\n")
                .doesNotContain("White");
    }

    @Test
    void numberIsNotTheNameOfAPerson() {
        assertThat(profile("people.csv", """
                                id,Officer Age,Officer,Suspect,Witness
                                1,31,1042,0.5,PC Ann Archer
                                2,31,1042,1.5,PC Ben Baker
                                """).columns().stream()
                        .map(column -> column.header() + ": " + column.personal()))
                .containsExactly(
                        "id: null",
                        "Officer Age: null",
                        "Officer: number of a person",
                        "Suspect: null",
                        "Witness: name of a person");
    }
}

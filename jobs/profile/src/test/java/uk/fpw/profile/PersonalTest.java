package uk.fpw.profile;

import static org.assertj.core.api.Assertions.assertThat;

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

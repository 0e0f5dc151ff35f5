package uk.fpw.ingest.file;

import org.junit.jupiter.api.Test;

/** Headers of delimited files. */
class CsvHeaderTest extends CsvTesting {

    @Test
    void firstLineMustNotBeEmpty() {
        assertBad(
                "\n" + HEADER + "A,1,phone,2,x\n",
                ":1: the first line is empty, but must be the header; ask the source to write "
                        + "the header on the first line");
    }

    @Test
    void headerWithMissingNewAndRenamedColumnsIsReportedAtOnce() {
        assertBad(
                "DEVICE,SUBMITTED_AT,KIND,REMARKS,OFFICER\n",
                ":1: the header is not what feeds/devices.yml declares: missing: SIZE, SUBMITTED (likely renamed "
                        + "to SUBMITTED_AT); not declared: OFFICER; correct 'from' of the renamed columns, or list "
                        + "new columns under 'columns' or 'ignored', or ask the source to deliver the extract "
                        + "as agreed");
    }

    @Test
    void headerThatRepeatsAColumnIsBad() {
        assertBad(
                "DEVICE,SUBMITTED,KIND,SIZE,REMARKS,KIND\n",
                ":1: the header is not what feeds/devices.yml declares: repeated: KIND; ask the source to deliver "
                        + "the extract as agreed");
    }

    @Test
    void headerlessFileShowsNoneOfItsValues() {
        assertBad(
                "A,01/05/2024 10:00,Jane Doe,2,x\n",
                ":1: the first line is not the header: none of its 5 fields is one of the 5 columns that "
                        + "feeds/devices.yml declares; ask the source to write a header, "
                        + "or correct each column's 'from'");
    }

    /** The line break after the header is missing, so a person's row follows on the same line. */
    @Test
    void headerThatRunsIntoARowShowsNoneOfItsValues() {
        assertBad(
                "DEVICE,SUBMITTED,KIND,SIZE,REMARKSA17,01/05/2024 10:00,Jane Doe,2,x\n",
                ":1: the header is not what feeds/devices.yml declares: missing: REMARKS; not declared: 5 fields that "
                        + "may be data and are not shown ([8 letters]dd, dd/dd/dddd dd:dd, [4 letters] [3 "
                        + "letters], ...); check the first line of the file: if its line break "
                        + "is missing, ask the source to deliver it again; if these are new columns, "
                        + "list them under 'columns' or 'ignored', or ask the source to deliver the extract as agreed");
        assertBad(
                "DEVICE,SUBMITTED,KIND,SIZE,REMARKSJane,,,,\n",
                ":1: the header is not what feeds/devices.yml declares: missing: REMARKS; not declared: 2 fields that "
                        + "may be data and are not shown (11 letters, empty); repeated: 1 name; check the "
                        + "first line of the file: if its line break is missing, ask the source to deliver "
                        + "it again; if these are new columns, list them under 'columns' or 'ignored', or ask "
                        + "the source to deliver the extract as agreed");
    }

    @Test
    void newColumnWithDigitsIsShownByItsShape() {
        assertBad(
                "DEVICE,SUBMITTED,KIND,SIZE,REMARKS,ADDRESS1\n",
                ":1: the header is not what feeds/devices.yml declares: not declared: 1 field that may be data and is "
                        + "not shown ([7 letters]d); check the first line of the file: if its "
                        + "line break is missing, ask the source to deliver it again; if these are new columns, "
                        + "list them under 'columns' or 'ignored'");
    }

    @Test
    void lineOfThousandsOfFieldsIsNoHeader() {
        assertBad(
                "x,".repeat(3000) + "x\n",
                ":1: the first line has 3001 fields, more than the 2000 columns that a file may have; check "
                        + "whether it is the file that the feed declares");
    }

    @Test
    void otherDelimiterIsRecognised() {
        assertBad(
                HEADER.replace(',', ';'),
                ":1: the header is one field, not split by the delimiter ',' that feeds/devices.yml declares, "
                        + "but contains ';'; correct format.delimiter");
    }
}

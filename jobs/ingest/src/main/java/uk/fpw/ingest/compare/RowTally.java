package uk.fpw.ingest.compare;

/** Where the rows of an extract went, counted row by row. Refused rows are counted by {@link RefusedRowBuffer}. */
final class RowTally {

    /** New and changed rows, and those that the source marks as deleted and that were current. */
    long loaded;

    long unchanged;
    long repeated;

    /** Rows of whose key the same extract has a later version. */
    long superseded;

    /** Rows of a late file of whose key one of a later date has a version. */
    long late;

    /** Loaded rows in which something had to be assumed. */
    long flagged;

    /** Loaded rows whose key was not current. */
    long newKeys;

    /** Those of them that reading changes only would not have found. */
    long missedNew;

    /** Changed and deleted rows that reading changes only would not have found. */
    long missedChanged;

    /** Adds the counts of other rows. */
    void add(RowTally others) {
        loaded += others.loaded;
        unchanged += others.unchanged;
        repeated += others.repeated;
        superseded += others.superseded;
        late += others.late;
        flagged += others.flagged;
        newKeys += others.newKeys;
        missedNew += others.missedNew;
        missedChanged += others.missedChanged;
    }
}

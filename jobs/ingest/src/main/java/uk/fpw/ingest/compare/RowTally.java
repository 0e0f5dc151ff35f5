package uk.fpw.ingest.compare;

/** Counts of the rows of an extract by outcome. Refused rows are counted by {@link RefusedRowBuffer}. */
final class RowTally {

    /** New and changed rows, and current rows that the source marks as deleted. */
    long loaded;

    long unchanged;
    long repeated;

    /** Rows whose key has a later version in the same extract. */
    long superseded;

    /** Rows of a late file whose key has a version in a file of a later date. */
    long late;

    /** Loaded rows read with an assumption. */
    long flagged;

    /** Loaded rows whose key was not current. */
    long newKeys;

    /** Of these, rows that an incremental read would have missed. */
    long missedNew;

    /** Changed and deleted rows that an incremental read would have missed. */
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

package uk.fpw.query;

import java.io.IOException;
import java.io.Writer;

/** Writes an answer in one format. */
interface AnswerWriter {

    /**
     * Writes the rows.
     *
     * @param mostRows rows to write at most
     */
    Written write(Answer answer, long mostRows, Writer out) throws IOException;

    /**
     * What was written.
     *
     * @param hasMore whether the answer had more rows than were to be written
     * @param isCut whether some values were shortened
     */
    record Written(long rowCount, boolean hasMore, boolean isCut) {}
}

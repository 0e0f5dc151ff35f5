/**
 * Profiles a source that no feed describes yet and writes a draft feed. Values are counted and compared by their
 * hashes; only how they are written is shown, but for the values of short lists ({@code CommonValues}).
 *
 * <p>The source is read as a load would read it, so that the draft loads. DuckDB's {@code sniff_csv} and
 * {@code SUMMARIZE} (tried with 2.0.0) read other rows and say less: files in windows-1252 and UTF-16 are refused, a
 * first line of names becomes the header, lines before a table are skipped, an open quote is read as a letter, day and
 * month are put in an order without a word on whether the dates show it, distinct values are estimated even if there
 * are a hundred, and error messages quote the row.
 */
@NullMarked
package uk.fpw.profile;

import org.jspecify.annotations.NullMarked;

/**
 * Excel workbooks ({@code format: {kind: xlsx}}), row by row. Excel changes values as people type them and shows others
 * than it holds: a cell becomes a value of its column only where there is one way to understand it, otherwise its row
 * is refused by cell.
 *
 * <p>Memory: the sheet is read as a stream. What a workbook holds beside its sheets, the shared texts among it, may
 * have 64 MiB unpacked, which is some million different texts.
 */
@NullMarked
package uk.fpw.ingest.xlsx;

import org.jspecify.annotations.NullMarked;

/**
 * Excel workbooks ({@code format: {kind: xlsx}}), row by row. Excel changes values on entry and displays values other
 * than those stored. A cell is therefore accepted only if it can be interpreted in exactly one way; otherwise its row
 * is refused and the message names the cell.
 *
 * <p>Memory: sheets are streamed. Other parts of a workbook, including shared texts, may take up to 64 MiB
 * decompressed, which is about a million distinct texts.
 */
@NullMarked
package uk.fpw.ingest.xlsx;

import org.jspecify.annotations.NullMarked;

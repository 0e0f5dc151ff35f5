/** Exports a release for people without a database: Parquet, CSV and a workbook. */
@NullMarked
package uk.fpw.publish.export;

import org.jspecify.annotations.NullMarked;

/** The files of a release for people without a database: CSV and a workbook for each mart. */
@NullMarked
package uk.fpw.publish.export;

import org.jspecify.annotations.NullMarked;

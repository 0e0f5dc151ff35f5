/** Words, numbers and dates of pages and pictures, and texts of others as these can show them. */
@NullMarked
package uk.fpw.report.text;

import org.jspecify.annotations.NullMarked;

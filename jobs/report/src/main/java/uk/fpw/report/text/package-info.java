/** Words, numbers and dates of pages and pictures, and safe forms of texts from other systems. */
@NullMarked
package uk.fpw.report.text;

import org.jspecify.annotations.NullMarked;

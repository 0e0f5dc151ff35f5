/** What the application and the Spark process say to each other: one run file in, one result file out. */
@NullMarked
package uk.fpw.warehouse.run;

import org.jspecify.annotations.NullMarked;

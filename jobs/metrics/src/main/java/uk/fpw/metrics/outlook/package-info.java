/** What follows if the flows of a queue stay as they are, and its best pace. Only {@code OutlookPass} uses Spark. */
@NullMarked
package uk.fpw.metrics.outlook;

import org.jspecify.annotations.NullMarked;

/** How programs fail: exit codes, messages that say what to do, and failures caused by machine or database. */
@NullMarked
package uk.fpw.warehouse.failure;

import org.jspecify.annotations.NullMarked;

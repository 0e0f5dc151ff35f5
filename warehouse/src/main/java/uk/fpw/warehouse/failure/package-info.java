/** How programs fail: exit codes, messages with a remedy, and the causes that machines and databases give. */
@NullMarked
package uk.fpw.warehouse.failure;

import org.jspecify.annotations.NullMarked;

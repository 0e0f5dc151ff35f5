/** What is deleted at the end of a night, and what never is. */
@NullMarked
package uk.fpw.warehouse.upkeep;

import org.jspecify.annotations.NullMarked;

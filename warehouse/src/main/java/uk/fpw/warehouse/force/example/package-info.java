/** Examples of what a force folder makes of rows: {@code examples/*.yml}. */
@NullMarked
package uk.fpw.warehouse.force.example;

import org.jspecify.annotations.NullMarked;

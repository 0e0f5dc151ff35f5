/** What operators watch of a warehouse: for {@code fpw status} in each of its forms, and for the page of runs. */
@NullMarked
package uk.fpw.nightly.measure;

import org.jspecify.annotations.NullMarked;

/** The demonstration, run as its users run it, against the generator's own truth. */
@NullMarked
package uk.fpw.demo;

import org.jspecify.annotations.NullMarked;

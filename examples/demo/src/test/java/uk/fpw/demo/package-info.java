/** The demonstration, run as its users run it, compared with the generator's true figures. */
@NullMarked
package uk.fpw.demo;

import org.jspecify.annotations.NullMarked;

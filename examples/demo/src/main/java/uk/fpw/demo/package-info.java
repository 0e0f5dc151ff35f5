/**
 * {@code fpw demo}: runs of the example forces, and what an analyst finds in them. It depends on the product; the
 * product does not depend on it.
 */
@NullMarked
package uk.fpw.demo;

import org.jspecify.annotations.NullMarked;

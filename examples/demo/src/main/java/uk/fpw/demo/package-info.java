/**
 * {@code fpw demo}: runs of the example forces, and what an analyst finds in them. It knows the product; the product
 * does not know it.
 */
@NullMarked
package uk.fpw.demo;

import org.jspecify.annotations.NullMarked;

/** Runs the examples of a force folder through its staging queries, rules and models. */
@NullMarked
package uk.fpw.metrics.example;

import org.jspecify.annotations.NullMarked;

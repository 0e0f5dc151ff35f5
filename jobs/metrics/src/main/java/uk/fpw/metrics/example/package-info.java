/** The examples of a force folder, through the real staging queries, rules and models. */
@NullMarked
package uk.fpw.metrics.example;

import org.jspecify.annotations.NullMarked;

/**
 * The layout of a warehouse folder and the format of the files that several programs read. Independent of Iceberg and
 * databases, so that every program can use it.
 */
@NullMarked
package uk.fpw.layout;

import org.jspecify.annotations.NullMarked;

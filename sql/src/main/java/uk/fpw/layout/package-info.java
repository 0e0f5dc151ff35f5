/**
 * Where everything lies in a warehouse folder, and the format of the files that several programs read. Independent of
 * Iceberg and of databases, so that every program can use it.
 */
@NullMarked
package uk.fpw.layout;

import org.jspecify.annotations.NullMarked;

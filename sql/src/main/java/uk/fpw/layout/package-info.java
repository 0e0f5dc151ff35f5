/**
 * Where everything lies in a warehouse folder, and the form of the files there that more than one program reads. Knows
 * neither Iceberg nor a database, so that every program can have it.
 */
@NullMarked
package uk.fpw.layout;

import org.jspecify.annotations.NullMarked;

/**
 * Dropped files: validates them and reads their rows.
 *
 * <p>To add a file format, write a <em>connector</em>: a class that implements
 * {@link uk.fpw.ingest.file.FileConnector}, the JSON Schema of its options in {@code fpw/format/<kind>.schema.json},
 * and its line in {@code META-INF/services/uk.fpw.warehouse.force.feed.FileFormat}. There is no other list of formats.
 * The interface is split along the modules: {@code FileFormat} in the warehouse module defines what a force folder may
 * contain, so that {@code fpw check} reports all errors of a feed at once, by line; {@code FileConnector} in this
 * module adds reading. One class implements both, so that checking and reading of options do not drift apart. Options
 * are kept as written in the feed ({@code Origin.Format}) until a connector opens a file, because the Spark process
 * reads the same folder without this module on its class path, and so cannot check formats.
 *
 * <p>Kinds of connections ({@code files}, {@code jdbc}) are not extensible in this way: folders and databases differ in
 * more than how a row is read (dates of files, cursors, sessions, passwords), and each has its own package.
 */
@NullMarked
package uk.fpw.ingest.file;

import org.jspecify.annotations.NullMarked;

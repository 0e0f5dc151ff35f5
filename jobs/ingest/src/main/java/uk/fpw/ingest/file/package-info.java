/**
 * Dropped files: whether one can be trusted, and its rows.
 *
 * <p>A kind of file is a <em>connector</em>: one class that implements {@link uk.fpw.ingest.file.FileConnector}, the
 * JSON Schema of its options in {@code fpw/format/<kind>.schema.json}, and its line in
 * {@code META-INF/services/uk.fpw.warehouse.force.feed.FileFormat}. There is no other list of kinds. The two
 * halves of the interface are cut where the modules are: {@code FileFormat} in the warehouse module defines what a
 * force folder may contain, so that {@code fpw check} reports all errors of a feed at once, by line;
 * {@code FileConnector} in this module adds the reading. Both are one class, since options that are checked here and
 * read there would drift apart. The options stay as the feed gives them ({@code Origin.Format}) until a connector opens
 * a file, because the Spark process reads the same folder without this module on its class path: it knows no formats
 * and so judges none.
 *
 * <p>What connections there are ({@code files}, {@code jdbc}) is no part of this: a folder or a database differ in more
 * than how a row is read (dates of files, cursors, sessions, passwords), and each has its own package.
 */
@NullMarked
package uk.fpw.ingest.file;

import org.jspecify.annotations.NullMarked;

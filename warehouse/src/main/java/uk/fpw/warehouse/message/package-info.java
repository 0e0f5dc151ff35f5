/**
 * The messages between the processes of a run, each a file: a request or a result. The metrics process, the audit and
 * the nightly job read and write them; none of them needs the warehouse to do so.
 */
@NullMarked
package uk.fpw.warehouse.message;

import org.jspecify.annotations.NullMarked;

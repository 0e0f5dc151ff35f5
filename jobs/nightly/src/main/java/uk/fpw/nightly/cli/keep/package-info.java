/** Commands that maintain a warehouse: pins, acceptances, withdrawals, backups, moves, keys. */
@NullMarked
package uk.fpw.nightly.cli.keep;

import org.jspecify.annotations.NullMarked;

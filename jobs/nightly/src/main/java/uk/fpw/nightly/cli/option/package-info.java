/** Options and other code that several commands share. Commands know each other only through this package. */
@NullMarked
package uk.fpw.nightly.cli.option;

import org.jspecify.annotations.NullMarked;

/** Options, and what several commands have in common. No command knows another but through here. */
@NullMarked
package uk.fpw.nightly.cli.option;

import org.jspecify.annotations.NullMarked;

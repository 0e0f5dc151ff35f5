@NullMarked
package uk.fpw.warehouse.ledger;

import org.jspecify.annotations.NullMarked;

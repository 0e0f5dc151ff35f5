@NullMarked
package uk.fpw.warehouse.store.ledger;

import org.jspecify.annotations.NullMarked;

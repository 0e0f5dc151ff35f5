package uk.fpw.ingest;

import java.time.Clock;
import uk.fpw.warehouse.catalog.WarehouseCatalog;
import uk.fpw.warehouse.ledger.Acceptances;
import uk.fpw.warehouse.ledger.ChangeLedger;
import uk.fpw.warehouse.ledger.LoadLedger;
import uk.fpw.warehouse.lock.LockGuard;
import uk.fpw.warehouse.privacy.Pseudonymiser;

/**
 * What every load works with.
 *
 * @param sideBySide from how many rows on several threads compare
 */
record LoadServices(
        WarehouseCatalog catalog,
        LoadLedger ledger,
        ChangeLedger changes,
        Acceptances acceptances,
        LockGuard guard,
        Clock clock,
        Pseudonymiser pseudonymiser,
        ParallelTasks.Limit sideBySide) {}

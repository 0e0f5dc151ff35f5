package uk.fpw.ingest.extract;

import java.time.Clock;
import uk.fpw.warehouse.privacy.Pseudonymiser;
import uk.fpw.warehouse.store.catalog.WarehouseCatalog;
import uk.fpw.warehouse.store.ledger.Acceptances;
import uk.fpw.warehouse.store.ledger.ChangeLedger;
import uk.fpw.warehouse.store.ledger.feed.LoadLedger;
import uk.fpw.warehouse.store.lock.LockGuard;

/**
 * The services used by all loads.
 *
 * @param sideBySide number of rows from which several threads are used
 */
public record LoadServices(
        WarehouseCatalog catalog,
        LoadLedger ledger,
        ChangeLedger changes,
        Acceptances acceptances,
        LockGuard guard,
        Clock clock,
        Pseudonymiser pseudonymiser,
        ParallelTasks.Limit sideBySide) {}

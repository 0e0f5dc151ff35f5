package uk.fpw.ingest.extract;

import java.time.Clock;
import uk.fpw.warehouse.privacy.Pseudonymiser;
import uk.fpw.warehouse.store.catalog.WarehouseCatalog;
import uk.fpw.warehouse.store.ledger.Acceptances;
import uk.fpw.warehouse.store.ledger.ChangeLedger;
import uk.fpw.warehouse.store.ledger.feed.LoadLedger;
import uk.fpw.warehouse.store.lock.LockGuard;

/**
 * What every load works with.
 *
 * @param sideBySide from how many rows on several threads compare
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

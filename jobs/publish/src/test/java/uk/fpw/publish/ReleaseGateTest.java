package uk.fpw.publish;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.file.Path;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import uk.fpw.layout.ReleaseId;
import uk.fpw.layout.ReleasedFeed;
import uk.fpw.layout.RunId;
import uk.fpw.model.Models;
import uk.fpw.warehouse.failure.ExitCode;
import uk.fpw.warehouse.failure.FpwException;
import uk.fpw.warehouse.force.Force;
import uk.fpw.warehouse.force.feed.Delivery;
import uk.fpw.warehouse.force.feed.Feed;
import uk.fpw.warehouse.force.feed.Freshness;
import uk.fpw.warehouse.message.MetricsResult;
import uk.fpw.warehouse.store.ledger.Release;
import uk.fpw.warehouse.store.ledger.ResultLedger.AccountedLoad;
import uk.fpw.warehouse.store.limit.AcceptableLimit;
import uk.fpw.warehouse.testing.TestDatabase;

@Tag("time-zone")
class ReleaseGateTest {

    private static final LocalDate DAY = LocalDate.of(2016, 1, 12);
    private static final RunId RUN = RunId.of("2016-01-12-20160113T040000-0a1b");

    private static final Path WAREHOUSE = Path.of("/warehouse");

    private Force force = ExampleCandidates.force(WAREHOUSE);
    private ReleaseGate gate = new ReleaseGate(force, Models.all());

    private final List<MetricsResult.TableVersion> tables = new ArrayList<>();
    private final List<MetricsResult.FeedAccount> accounts = new ArrayList<>();
    private final List<MetricsResult.QualityResult> quality = new ArrayList<>();
    private final List<MetricsResult.FeedCoverage> coverage = new ArrayList<>();
    private final List<AccountedLoad> loads = new ArrayList<>();
    private boolean allowsMissingFeeds;

    ReleaseGateTest() {
        Models.all()
                .forEach(model -> tables.add(new MetricsResult.TableVersion(
                        model.table(),
                        1,
                        switch (model.table()) {
                            case "core.exclusion" -> 140;
                            case "core.ahead" -> 0;
                            default -> 10;
                        },
                        "d")));
        accounts.add(new MetricsResult.FeedAccount(
                "requests", 63_118, 62_978, List.of(new MetricsResult.Excluded("CLOSED_BEFORE_OPENED", 140))));
        coverage.add(new MetricsResult.FeedCoverage("requests", "2016-01-12"));
        loads.add(new AccountedLoad("requests", "requests.csv", DAY, 63_118L, 63_118L));
    }

    /** Audits a force with other feeds. */
    private void feeds(Feed... feeds) {
        force = ExampleCandidates.force(WAREHOUSE, TestDatabase.embedded(WAREHOUSE), feeds);
        gate = new ReleaseGate(force, Models.all());
    }

    private ReleaseCandidate candidate(@Nullable String keyFingerprint) {
        return new ReleaseCandidate(
                request(keyFingerprint, allowsMissingFeeds),
                ExampleCandidates.audited(MetricsResult.computed(tables, accounts, coverage, quality, List.of())));
    }

    private static ReleaseRequest request(@Nullable String keyFingerprint, boolean allowsMissingFeeds) {
        return new ReleaseRequest(
                RUN,
                DAY,
                ReleaseId.of("2016-01-12.1"),
                Path.of("result.json"),
                keyFingerprint,
                allowsMissingFeeds,
                false);
    }

    private static Release standing(LocalDate businessDate, long rows) {
        return new Release(
                ReleaseId.of(businessDate, 1),
                RUN,
                businessDate,
                Instant.EPOCH,
                "0.1.0",
                "f",
                "k1",
                "d",
                null,
                List.of(new Release.Table("mart.queue_daily", 1, rows, "d")),
                List.of());
    }

    private FpwException failure(@Nullable Release standing) {
        return catchThrowableOfType(FpwException.class, () -> gate.pass(candidate("k1"), loads, standing, List.of()));
    }

    @Test
    void candidateThatAddsUpPasses() {
        quality.add(new MetricsResult.QualityResult("core.spell", "GRAIN", "stop", 0, "spell_id is not unique"));
        quality.add(new MetricsResult.QualityResult("core.spell", "LONG_WAIT", "warning", 3, "a very long wait"));

        gate.pass(candidate("k1"), loads, null, List.of());
        gate.pass(candidate("k1"), loads, standing(DAY, 10), List.of());
    }

    @Test
    void candidateThatWasNotAuditedIsNotReleased() {
        ReleaseCandidate unaudited = new ReleaseCandidate(
                request("k1", false), MetricsResult.computed(tables, accounts, coverage, quality, List.of()));

        assertThatThrownBy(() -> gate.pass(unaudited, loads, null, List.of()))
                .hasMessage("candidate 2016-01-12.1 was not audited: its run was interrupted, or"
                        + " used an earlier version; recompute it: fpw metrics --date 2016-01-12");
    }

    @Test
    void defectOfTheSoftwareIsNotToBeCorrectedInTheSources() {
        quality.add(new MetricsResult.QualityResult(
                "mart.queue_daily", "COUNTED_AGAIN_QUEUE_DAILY", "stop", 1, "at queue q there is one less."));

        assertThat(failure(null)).hasMessage("""
                        the audit failed, so nothing was published; there is no earlier release. The recount does \
                        not match. This is a bug that cannot be fixed in the sources or the force folder: \
                        keep the folder of this run and report it. Found:
                          mart.queue_daily COUNTED_AGAIN_QUEUE_DAILY (1 row): at queue q there is one less.""");
    }

    @Test
    void everythingThatStandsAgainstTheReleaseIsListedAtOnce() {
        quality.add(new MetricsResult.QualityResult("core.spell", "GRAIN", "stop", 2, "spell_id is not unique"));
        quality.add(new MetricsResult.QualityResult("mart.open_age", "NOT_NULL", "stop", 1, "force is null"));
        loads.set(0, new AccountedLoad("requests", "requests.csv", DAY, 63_118L, null));
        accounts.set(
                0,
                new MetricsResult.FeedAccount(
                        "requests",
                        63_118,
                        62_000,
                        List.of(new MetricsResult.Excluded("NO_EVENT", 139)),
                        1,
                        new MetricsResult.OutOfScope(10, 0, 0),
                        List.of()));

        FpwException failure = failure(standing(DAY.minusDays(1), 10));

        assertThat(failure.exitCode()).isEqualTo(ExitCode.AUDIT_FAILED);
        assertThat(failure).hasMessage("""
                        the audit failed, so nothing was published; release 2016-01-11.1 stays current. Fix what \
                        is listed here in the source or the force folder, then run again:
                          core.spell GRAIN (2 rows): spell_id is not unique
                          mart.open_age NOT_NULL (1 row): force is null
                          requests LOAD_DOES_NOT_ADD_UP: received 63118, but loaded + unchanged + repeated + \
                        superseded + refused + kept out = unknown
                          requests ACCOUNT_DOES_NOT_ADD_UP (968 rows): current 63,118, used 62,000 + excluded \
                        139 + ahead 1 + out of scope 10 = 62150
                          core.exclusion EXCLUSIONS_DO_NOT_ADD_UP (1 row): it lists 140 rows, but the row \
                        counts of the feeds add up to 139
                          core.ahead ROWS_AHEAD_DO_NOT_ADD_UP (1 row): it lists 0 rows, but the row counts of the \
                        feeds add up to 1""");
    }

    @Test
    void feedThatWasNotLoadedForTheDateStandsAgainstTheRelease() {
        loads.clear();
        coverage.set(0, new MetricsResult.FeedCoverage("requests", "2016-01-10"));

        assertThat(failure(null)).hasMessage("""
                        the audit failed, so nothing was published; there is no earlier release. Fix what is \
                        listed here in the source or the force folder, then run again:
                          requests LOAD_MISSING: it was not loaded for 2016-01-12 but last for 2016-01-10; load it: \
                        fpw ingest requests --date 2016-01-12, or release without it: fpw release --incomplete""");

        allowsMissingFeeds = true;
        assertThat(failure(null)).hasMessage("""
                        the audit failed, so nothing was published; there is no earlier release. Fix what is \
                        listed here in the source or the force folder, then run again:
                          release 2016-01-12.1 NOTHING_LOADED: no feed was loaded for 2016-01-12""");

        feeds(
                ExampleCandidates.feed("requests", "requests.csv", null),
                ExampleCandidates.feed("closures", "closures.csv", null));
        coverage.add(new MetricsResult.FeedCoverage("closures", "2016-01-12"));
        accounts.add(new MetricsResult.FeedAccount("closures", 0, 0, List.of()));
        gate.pass(candidate("k1"), loads, null, List.of());
    }

    @Test
    void feedOfWhichNothingMoreIsDueDoesNotStandAgainstTheRelease() {
        Delivery mondays = Delivery.weekly(Set.of(DayOfWeek.MONDAY));
        feeds(ExampleCandidates.feed("requests", "requests_{date}.csv", mondays));
        loads.clear();
        coverage.set(0, new MetricsResult.FeedCoverage("requests", "2016-01-11")); // a Monday; the 12th is a Tuesday
        gate.pass(candidate("k1"), loads, null, List.of());
        assertThat(delivery()).isEqualTo("due to 2016-01-11: not_due");

        coverage.set(0, new MetricsResult.FeedCoverage("requests", "2016-01-10"));
        assertThat(failure(null)).hasMessageEndingWith("""
                          requests LOAD_MISSING: it was not loaded for 2016-01-11 but last for 2016-01-10; load it: \
                          fpw ingest requests --date 2016-01-12, or release without it: fpw release --incomplete""");
    }

    @Test
    void fileThatCameInTimeMayHaveTheContentOfAnEarlierDelivery() {
        Feed daily = ExampleCandidates.feed("requests", "requests_{date}.csv", Delivery.daily());
        Freshness freshness = new Freshness(
                Freshness.DatedBy.FILE_NAME, null, DateTimeFormatter.ISO_LOCAL_DATE, 2, ZoneId.of("Europe/London"));
        feeds(new Feed(
                daily.name(),
                daily.source(),
                daily.description(),
                new Feed.Input(daily.connection(), daily.origin(), daily.extract(), freshness),
                daily.rows(),
                daily.limits()));
        coverage.set(0, new MetricsResult.FeedCoverage("requests", "2016-01-10"));
        loads.set(0, new AccountedLoad("requests", "requests_2016-01-12.csv", DAY.minusDays(2), 63_118L, 63_118L));
        gate.pass(candidate("k1"), loads, null, List.of());
        assertThat(delivery()).isEqualTo("due to 2016-01-10: old_content");

        // a file that was not delivered is missing on its day
        loads.set(0, new AccountedLoad("requests", "requests_2016-01-10.csv", DAY.minusDays(2), 63_118L, 63_118L));
        assertThat(failure(null))
                .hasMessageContaining("LOAD_MISSING: it was not loaded for 2016-01-12 but last for 2016-01-10");
        assertThat(delivery()).isEqualTo("due to 2016-01-12: not_delivered");
    }

    /** What a release would say of the only feed. */
    private String delivery() {
        ReleasedFeed feed = candidate("k1").feeds(force, loads, Map.of()).get(0);
        return "due to " + feed.dueTo() + ": " + feed.why().code();
    }

    @Test
    void feedThatDoesNotSayWhenItIsDeliveredMayBeMissing() {
        feeds(
                ExampleCandidates.feed("requests", "requests.csv", null),
                ExampleCandidates.feed("closures", "closures_{date}.csv", null));
        accounts.add(new MetricsResult.FeedAccount("closures", 0, 0, List.of()));
        coverage.add(new MetricsResult.FeedCoverage("closures", "2016-01-10"));
        gate.pass(candidate("k1"), loads, null, List.of());

        coverage.set(1, new MetricsResult.FeedCoverage("closures", null));
        assertThat(failure(null)).hasMessageEndingWith("""
                          closures LOAD_MISSING: it was never loaded; load it: fpw ingest closures --date 2016-01-12\
                          """);
    }

    @Test
    void lateFileThatWasLoadedAfterTheCandidateIsNotReleasedAsIfItWereMissing() {
        feeds(ExampleCandidates.feed("requests", "requests_{date}.csv", null));
        loads.set(0, new AccountedLoad("requests", "requests.csv", DAY.minusDays(1), 63_118L, 63_118L));
        coverage.set(0, new MetricsResult.FeedCoverage("requests", "2016-01-10"));
        allowsMissingFeeds = true;

        assertThat(failure(null)).hasMessageEndingWith("""
                          requests LOADED_AFTER_CANDIDATE: it was loaded after the candidate was \
                          computed; recompute it: fpw metrics --date 2016-01-12""");
    }

    @Test
    void releaseCannotDoWithoutAFeedThatWasNeverLoaded() {
        loads.clear();
        coverage.set(0, new MetricsResult.FeedCoverage("requests", null));
        allowsMissingFeeds = true;

        assertThat(failure(null)).hasMessage("""
                        the audit failed, so nothing was published; there is no earlier release. Fix what is \
                        listed here in the source or the force folder, then run again:
                          requests LOAD_MISSING: it was never loaded; load it: fpw ingest requests --date 2016-01-12\
                        """);
    }

    @Test
    void candidateThatWasComputedBeforeAFeedWasLoadedIsNotReleasedAsIfItWereMissing() {
        coverage.set(0, new MetricsResult.FeedCoverage("requests", "2016-01-10"));
        allowsMissingFeeds = true;

        assertThat(failure(null)).hasMessage("""
                        the audit failed, so nothing was published; there is no earlier release. Fix what is \
                        listed here in the source or the force folder, then run again:
                          requests LOADED_AFTER_CANDIDATE: it was loaded after the candidate was \
                        computed; recompute it: fpw metrics --date 2016-01-12""");
    }

    @Test
    void feedThatWasNotAccountedForIsUnknownNotZero() {
        accounts.clear();
        tables.replaceAll(table -> table.table().equals("core.exclusion")
                ? new MetricsResult.TableVersion(table.table(), 1, 0, "d")
                : table);

        assertThat(failure(null)).hasMessage("""
                        the audit failed, so nothing was published; there is no earlier release. Fix what is \
                        listed here in the source or the force folder, then run again:
                          requests ACCOUNT_MISSING: there is no account of its current rows: their number is unknown, \
                        not zero""");
    }

    @Test
    void nightThatGoesBackOrLooksTruncatedIsRefused() {
        tables.replaceAll(table -> table.table().equals("mart.queue_daily")
                ? new MetricsResult.TableVersion(table.table(), 1, 0, "d")
                : table);

        assertThat(failure(standing(DAY.plusDays(1), 365))).hasMessage("""
                        the audit failed, so nothing was published; release 2016-01-13.1 stays current. Fix what \
                        is listed here in the source or the force folder, then run again:
                          release 2016-01-12.1 BUSINESS_DATE_GOES_BACK: the business date 2016-01-12 is earlier than \
                        that of release 2016-01-13.1, 2016-01-13; business dates must not decrease
                          mart.queue_daily EMPTY: it has no rows, but 365 in release 2016-01-13.1; the data \
                        looks truncated""");
    }

    /** They are empty if the audit could not compare releases. */
    @Test
    void tablesOfTheComparisonMayBeEmpty() {
        tables.replaceAll(table -> table.table().equals("mart.settling")
                ? new MetricsResult.TableVersion(table.table(), 1, 0, "d")
                : table);
        Release before = standing(DAY.minusDays(1), 10);

        gate.pass(
                candidate("k1"),
                loads,
                new Release(
                        before.releaseId(),
                        RUN,
                        before.businessDate(),
                        Instant.EPOCH,
                        "0.1.0",
                        "f",
                        "k1",
                        "d",
                        null,
                        List.of(new Release.Table("mart.settling", 1, 10, "d")),
                        List.of()),
                List.of());
    }

    @Test
    void changeSinceTheCurrentReleaseStopsWithTheCommandThatLetsItPass() {
        List<ReleaseLimits.Verdict> changes = List.of(
                new ReleaseLimits.Verdict(
                        "waiting", AcceptableLimit.TOTAL, "TOTAL", true, 745, "6 waited, and 751 before"),
                new ReleaseLimits.Verdict("waiting", null, "CLOSURES", false, 60, "60 of 90 have left"));

        assertThatThrownBy(() -> gate.pass(candidate("k1"), loads, standing(DAY.minusDays(1), 10), changes))
                .hasMessage("""
                        the audit failed, so nothing was published; release 2016-01-11.1 stays current. Fix what \
                        is listed here in the source or the force folder, then run again:
                          waiting TOTAL: 6 waited, and 751 before. If it is correct, accept it once: fpw accept \
                        waiting:total --date 2016-01-12 --reason "...", and run again""");
    }

    @Test
    void anotherPseudonymKeyIsRefused() {
        assertThatThrownBy(() -> gate.pass(candidate("k2"), loads, standing(DAY, 10), List.of()))
                .hasMessage("the pseudonym key (fingerprint k2) differs from that of release 2016-01-12.1 (k1):"
                        + " every item would look new. Set FPW_PSEUDONYM_KEY to the key of that release, or "
                        + "replace it: fpw rekey");
    }

    @Test
    void candidateWithoutOneOfTheTablesIsOfAnotherVersion() {
        tables.removeIf(table -> !table.table().startsWith("core."));

        assertThatThrownBy(() -> gate.pass(candidate(null), loads, null, List.of()))
                .hasMessageStartingWith("release 2016-01-12.1: the candidate has the tables"
                        + " [core.ahead, core.event, core.exclusion, core.grading, core.irregularity, core.spell,"
                        + " core.staffing], the models are ");
    }
}

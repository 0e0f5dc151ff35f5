package uk.fpw.publish;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import uk.fpw.layout.ReleasedFeed;
import uk.fpw.model.Family;
import uk.fpw.model.Model;
import uk.fpw.model.Models;
import uk.fpw.text.Plural;
import uk.fpw.warehouse.failure.ExitCode;
import uk.fpw.warehouse.failure.FpwException;
import uk.fpw.warehouse.force.Force;
import uk.fpw.warehouse.force.feed.Feed;
import uk.fpw.warehouse.message.AuditResult;
import uk.fpw.warehouse.message.MetricsResult;
import uk.fpw.warehouse.store.ledger.Release;
import uk.fpw.warehouse.store.ledger.ResultLedger.AccountedLoad;

/** Decides whether a candidate may become a release. */
record ReleaseGate(Force force, List<Model> models) {

    /**
     * Returns if the candidate may be released.
     *
     * @param loads the latest complete load of each feed for the candidate's business date
     * @param current the release that readers see; null before the first
     * @param changes how the candidate differs from that release
     * @throws FpwException with {@code AUDIT_FAILED} listing every reason against it
     */
    void pass(
            ReleaseCandidate candidate,
            List<AccountedLoad> loads,
            @Nullable Release current,
            List<ReleaseLimits.Verdict> changes) {
        requireComplete(candidate);
        List<Finding> findings = new ArrayList<>();
        findings.addAll(failedTests(candidate.result()));
        findings.addAll(loadsThatAreMissing(candidate, loads));
        findings.addAll(loadsThatDoNotAddUp(loads));
        findings.addAll(accountsThatDoNotAddUp(candidate));
        if (current != null) {
            requireSameKey(candidate, current);
            findings.addAll(stepsBack(candidate, current));
        }
        changes.stream()
                .filter(ReleaseLimits.Verdict::stops)
                .map(verdict -> new Finding(
                        verdict.queue(),
                        verdict.code(),
                        null,
                        verdict.message() + ". If it is correct, accept it once: fpw accept " + verdict.queue() + ":"
                                + verdict.limit() + " --date " + candidate.businessDate()
                                + " --reason \"...\", and run again"))
                .forEach(findings::add);
        if (!findings.isEmpty()) {
            throw new FpwException(
                    ExitCode.AUDIT_FAILED,
                    "the audit failed, so nothing was published; "
                            + (current == null
                                    ? "there is no earlier release"
                                    : "release " + current.releaseId() + " stays current")
                            + remedy(findings)
                            + findings.stream().map(Finding::line).collect(Collectors.joining("\n")));
        }
    }

    private static String remedy(List<Finding> findings) {
        boolean isOfSoftware = findings.stream().anyMatch(finding -> AuditResult.isOfSoftware(finding.code()));
        return isOfSoftware
                ? ". The recount does not match. This is a bug that cannot be fixed in the sources "
                        + "or the force folder: keep the folder of this run and report it. Found:\n"
                : ". Fix what is listed here in the source or the force folder, then run again:\n";
    }

    /** The audit does not check incomplete work of the Spark process, so the run must have completed. */
    private void requireComplete(ReleaseCandidate candidate) {
        MetricsResult result = candidate.result();
        if (result.failure() != null || !result.errors().isEmpty()) {
            throw new FpwException(
                    ExitCode.INTERNAL,
                    "release " + candidate.releaseId() + ": the Spark process produced no candidate: "
                            + (result.failure() != null
                                    ? result.failure()
                                    : result.errors().size() + " errors in the force folder"));
        }
        if (!result.isAudited()) {
            throw FpwException.configuration("candidate " + candidate.releaseId()
                    + " was not audited: its run was interrupted, or used an "
                    + "earlier version; recompute it: fpw metrics --date "
                    + candidate.businessDate());
        }
        Set<String> expected = models.stream().map(Model::table).collect(Collectors.toCollection(TreeSet::new));
        Set<String> given = result.tables().stream()
                .map(MetricsResult.TableVersion::table)
                .collect(Collectors.toCollection(TreeSet::new));
        if (!expected.equals(given)) {
            throw new FpwException(
                    ExitCode.INTERNAL,
                    "release " + candidate.releaseId() + ": the candidate has the tables " + given + ", the models are "
                            + expected + "; the application and the Spark process have different versions");
        }
    }

    private static List<Finding> failedTests(MetricsResult result) {
        return result.quality().stream()
                .filter(test -> test.severity().equals("stop") && test.failedCount() > 0)
                .map(test -> new Finding(test.table(), test.code(), test.failedCount(), test.message()))
                .toList();
    }

    /** Feeds that the candidate was computed without. A feed that was never loaded always stops the release. */
    private List<Finding> loadsThatAreMissing(ReleaseCandidate candidate, List<AccountedLoad> loads) {
        List<Finding> findings = new ArrayList<>();
        List<ReleasedFeed> feeds = candidate.feeds(force, loads, Map.of());
        for (Feed feed : force.feeds()) {
            ReleasedFeed known = feeds.stream()
                    .filter(covered -> covered.name().equals(feed.name()))
                    .findFirst()
                    .orElse(null);
            boolean isLoadedSince = loads.stream()
                    .anyMatch(load -> load.feed().equals(feed.name())
                            && (known == null || load.sourceDate().isAfter(known.completeTo())));
            if (isLoadedSince) {
                findings.add(new Finding(
                        feed.name(),
                        "LOADED_AFTER_CANDIDATE",
                        null,
                        "it was loaded after the candidate was computed; recompute it: fpw metrics --date "
                                + candidate.businessDate()));
            } else if (known == null) {
                findings.add(missing(feed, "it was never loaded", candidate, ""));
            } else if (known.isMissing()
                    && !feed.hasUndeclaredDelivery()
                    && !candidate.request().allowsMissingFeeds()) {
                findings.add(missing(
                        feed,
                        "it was not loaded for " + known.dueTo() + " but last for " + known.completeTo(),
                        candidate,
                        ", or release without it: fpw release --incomplete"));
            }
        }
        if (findings.isEmpty() && feeds.stream().allMatch(ReleasedFeed::isMissing)) {
            findings.add(new Finding(
                    "release " + candidate.releaseId(),
                    "NOTHING_LOADED",
                    null,
                    "no feed was loaded for " + candidate.businessDate()));
        }
        return findings;
    }

    private static Finding missing(Feed feed, String problem, ReleaseCandidate candidate, String alternative) {
        return new Finding(
                feed.name(),
                "LOAD_MISSING",
                null,
                problem + "; load it: fpw ingest " + feed.name() + " --date " + candidate.businessDate() + alternative);
    }

    private static List<Finding> loadsThatDoNotAddUp(List<AccountedLoad> loads) {
        return loads.stream()
                .filter(load -> load.received() == null || !Objects.equals(load.received(), load.accounted()))
                .map(load -> new Finding(
                        load.feed(),
                        "LOAD_DOES_NOT_ADD_UP",
                        null,
                        "received " + orUnknown(load.received())
                                + ", but loaded + unchanged + repeated + superseded + refused "
                                + "+ kept out = "
                                + orUnknown(load.accounted())))
                .toList();
    }

    private List<Finding> accountsThatDoNotAddUp(ReleaseCandidate candidate) {
        List<Finding> findings = new ArrayList<>();
        List<MetricsResult.FeedAccount> accounts = candidate.result().accounts();
        for (Feed feed : force.feeds()) {
            if (accounts.stream().noneMatch(account -> account.feed().equals(feed.name()))) {
                findings.add(new Finding(
                        feed.name(),
                        "ACCOUNT_MISSING",
                        null,
                        "there is no account of its current rows: their number is unknown, not zero"));
            }
        }
        for (MetricsResult.FeedAccount account : accounts) {
            if (account.currentCount() != account.accountedCount()) {
                findings.add(new Finding(
                        account.feed(),
                        "ACCOUNT_DOES_NOT_ADD_UP",
                        Math.abs(account.currentCount() - account.accountedCount()),
                        account.describe() + " = " + account.accountedCount()));
            }
        }
        findings.addAll(listed(
                candidate, "core.exclusion", "EXCLUSIONS_DO_NOT_ADD_UP", MetricsResult.FeedAccount::rowsExcluded));
        findings.addAll(
                listed(candidate, "core.ahead", "ROWS_AHEAD_DO_NOT_ADD_UP", MetricsResult.FeedAccount::aheadCount));
        return findings;
    }

    /** Checks that a table lists as many rows as the accounts of the feeds say. */
    private static List<Finding> listed(
            ReleaseCandidate candidate, String table, String code, ToLongFunction<MetricsResult.FeedAccount> count) {
        long counted = candidate.result().accounts().stream().mapToLong(count).sum();
        long listed = candidate.table(table).rowCount();
        return listed == counted
                ? List.of()
                : List.of(new Finding(
                        table,
                        code,
                        Math.abs(listed - counted),
                        "it lists " + listed + " rows, but the row counts of the feeds add up to " + counted));
    }

    private static void requireSameKey(ReleaseCandidate candidate, Release current) {
        String fingerprint = candidate.request().keyFingerprint();
        if (fingerprint != null && current.keyFingerprint() != null && !fingerprint.equals(current.keyFingerprint())) {
            throw FpwException.configuration(
                    "the pseudonym key (fingerprint " + fingerprint + ") differs from that of release "
                            + current.releaseId() + " (" + current.keyFingerprint()
                            + "): every item would look new. Set FPW_PSEUDONYM_KEY to the key of that release, or "
                            + "replace it: fpw rekey");
        }
    }

    private static List<Finding> stepsBack(ReleaseCandidate candidate, Release current) {
        List<Finding> findings = new ArrayList<>();
        if (candidate.businessDate().isBefore(current.businessDate())) {
            findings.add(new Finding(
                    "release " + candidate.releaseId(),
                    "BUSINESS_DATE_GOES_BACK",
                    null,
                    "the business date " + candidate.businessDate() + " is earlier than that of release "
                            + current.releaseId() + ", " + current.businessDate()
                            + "; business dates must not decrease"));
        }
        for (Release.Table table : candidate.tables()) {
            Release.Table before = current.table(table.name());
            if (table.name().startsWith("mart.")
                    && !Models.countedBy(Family.COMPARISON)
                            .contains(table.name()) // empty if the audit could not compare
                    && table.rowCount() == 0
                    && before != null
                    && before.rowCount() > 0) {
                findings.add(new Finding(
                        table.name(),
                        "EMPTY",
                        null,
                        "it has no rows, but " + before.rowCount() + " in release " + current.releaseId()
                                + "; the data looks truncated"));
            }
        }
        return findings;
    }

    private static String orUnknown(@Nullable Long count) {
        return count == null ? "unknown" : count.toString();
    }

    /** One reason against a release; {@code rows} is null if it is not about rows. */
    private record Finding(
            String subject, String code, @Nullable Long rows, String message) {
        String line() {
            String count = rows == null ? "" : " (" + Plural.of(rows, "row") + ")";
            return "  " + subject + " " + code + count + ": " + message;
        }
    }
}

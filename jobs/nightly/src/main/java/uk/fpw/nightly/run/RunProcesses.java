package uk.fpw.nightly.run;

import uk.fpw.nightly.audit.AuditProcess;
import uk.fpw.nightly.site.Sites;
import uk.fpw.nightly.spark.SparkClient;

/** The child processes of a run: they compute and audit its candidate and write the pages of its release. */
record RunProcesses(SparkClient spark, AuditProcess audit, Sites sites) {}

package uk.fpw.nightly.run;

import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Import;
import uk.fpw.ingest.IngestConfiguration;
import uk.fpw.publish.PublishConfiguration;

/**
 * Spring configuration of a run. The force, its database and its catalog are provided by {@link RunExecutor}.
 */
@SpringBootConfiguration(proxyBeanMethods = false)
@EnableAutoConfiguration
@Import({IngestConfiguration.class, PublishConfiguration.class, NightlyJob.class})
class NightlyApplication {}

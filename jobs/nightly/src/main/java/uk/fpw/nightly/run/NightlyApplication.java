package uk.fpw.nightly.run;

import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.batch.jdbc.autoconfigure.BatchJdbcAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceTransactionManagerAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.JdbcTemplateAutoConfiguration;
import org.springframework.context.annotation.Import;
import uk.fpw.ingest.IngestConfiguration;
import uk.fpw.publish.PublishConfiguration;

/**
 * Spring configuration of a run. The force, its database and its catalog are provided by {@link RunExecutor}. Only the
 * parts of Spring Boot that a run needs are listed, because examining the others would slow each start.
 */
@SpringBootConfiguration(proxyBeanMethods = false)
@ImportAutoConfiguration({
    BatchJdbcAutoConfiguration.class,
    DataSourceTransactionManagerAutoConfiguration.class,
    JdbcTemplateAutoConfiguration.class
})
@Import({IngestConfiguration.class, PublishConfiguration.class, NightlyJob.class})
class NightlyApplication {}

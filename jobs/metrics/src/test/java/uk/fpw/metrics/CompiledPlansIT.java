package uk.fpw.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.sql.catalyst.expressions.codegen.CodeAndComment;
import org.apache.spark.sql.catalyst.expressions.codegen.CodeGenerator$;
import org.apache.spark.sql.catalyst.expressions.codegen.GeneratedClass;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class CompiledPlansIT {

    /** More than the 100 that Spark caches by default. */
    private static final int PLANS = 400;

    @BeforeAll
    static void startSpark() {
        assertThat(TestSpark.session().conf().get("spark.sql.codegen.cache.maxEntries"))
                .isEqualTo("5000");
    }

    @Test
    void planOfTheFirstTableIsStillCompiledAfterThoseOfAllOthers() {
        List<GeneratedClass> first = compileAll();

        assertThat(compileAll())
                .usingElementComparator((one, other) -> one == other ? 0 : 1)
                .isEqualTo(first);
    }

    private static List<GeneratedClass> compileAll() {
        return IntStream.range(0, PLANS)
                .mapToObj(plan -> CodeGenerator$.MODULE$
                        .compile(new CodeAndComment(
                                "public Object generate(Object[] references) { return \"plan " + plan + "\"; }",
                                scala.collection.immutable.Map$.MODULE$.empty()))
                        ._1())
                .toList();
    }
}

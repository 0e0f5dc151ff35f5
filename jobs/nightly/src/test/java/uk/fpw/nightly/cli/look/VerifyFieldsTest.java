package uk.fpw.nightly.cli.look;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import uk.fpw.layout.file.WrittenFile;
import uk.fpw.nightly.CommandOutput;
import uk.fpw.nightly.cli.option.JsonOutput;
import uk.fpw.warehouse.store.maintenance.FileVerification;

class VerifyFieldsTest {

    @Test
    void damagedFilesOfAWarehouseAreNamedWithTheirProblem() {
        List<WrittenFile.Comparison> damaged = List.of(new WrittenFile.Comparison(
                new WrittenFile(Path.of("/w/a.parquet")), WrittenFile.State.DAMAGED, "it is missing"));
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        JsonOutput.print(
                new PrintStream(out, true, StandardCharsets.UTF_8),
                VerifyFields.ofFiles(new FileVerification.Result(3, 900, 2, 600, 1, damaged), damaged));
        JsonNode files = CommandOutput.of("verify", out.toString(StandardCharsets.UTF_8));

        assertThat(files.toString())
                .isEqualTo("{\"is_sound\":false,\"file_count\":3,\"bytes\":900,\"read_count\":2,\"read_bytes\":600,"
                        + "\"unchecked_count\":1,\"damaged_files\":[{\"file\":\"/w/a.parquet\",\"problem\":"
                        + "\"it is missing\"}]}");
    }
}

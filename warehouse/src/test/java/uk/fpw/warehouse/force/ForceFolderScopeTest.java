package uk.fpw.warehouse.force;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import uk.fpw.warehouse.force.feed.Scope;

/** Declarations of which rows of a feed are within the force's remit. */
class ForceFolderScopeTest extends ConfigErrorTesting {

    @Test
    void scopeIsReadAsWritten(@TempDir Path folder) {
        assertThat(new TinyFolder(folder)
                        .edit(
                                FEED,
                                "item: device_id",
                                "item: device_id\nscope: {where: device_type <> 'car', fixed: [device_type]}")
                        .read()
                        .feed("devices")
                        .scope())
                .isEqualTo(new Scope("device_type <> 'car'", List.of("device_type")));
    }

    @TestFactory
    Stream<DynamicTest> errors() {
        return Stream.of(
                edit(
                        "scope over a column that is not there",
                        FEED,
                        "item: device_id",
                        "item: device_id\nscope: {where: device_tipe = 'phone', fixed: [device_tipe]}",
                        "feeds/devices.yml:9: scope.fixed[0]: 'device_tipe' is not among the columns; did you mean "
                                + "'device_type'?"),
                edit(
                        "scope of two statements",
                        FEED,
                        "item: device_id",
                        "item: device_id\nscope: {where: \"true; drop table x\", fixed: [device_type]}",
                        "feeds/devices.yml:9: scope.where: is not a single condition; write a condition that is true "
                                + "for rows in scope, without ';'"),
                edit(
                        "scope that promises nothing",
                        FEED,
                        "item: device_id",
                        "item: device_id\nscope: {where: device_type = 'phone'}",
                        "feeds/devices.yml:9: scope.fixed: is missing; add it: Columns that the condition uses. Their "
                                + "values must not change in the life of a row: a row that leaves the scope takes "
                                + "what it did before out of the figures. Each run says how many rows have changed."));
    }
}

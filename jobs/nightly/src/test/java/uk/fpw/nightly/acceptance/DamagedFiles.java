package uk.fpw.nightly.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every command on every kind of damage to every kind of file: {@code damaged-files.sh} next to the sources runs it.
 * {@code -Dfpw.damage.only} selects combinations by an expression such as {@code raw.*ingest}.
 */
class DamagedFiles {

    @TempDir
    private static Path folder;

    @Test
    void everyCommandWorksOrNamesTheFileAndTheWayBack() throws IOException {
        String only = System.getProperty("fpw.damage.only", "");
        DamagedWarehouse warehouse = new DamagedWarehouse(folder);
        List<String> wrong = new ArrayList<>();
        for (String file : DamagedWarehouse.FILES) {
            for (String damage : DamagedWarehouse.DAMAGES) {
                if (damage.equals("older") && !file.equals("database")) {
                    continue;
                }
                for (String command : DamagedWarehouse.COMMANDS) {
                    String cell = file + ", " + damage + ", " + command;
                    if (cell.matches(".*" + only + ".*")) {
                        String ending = warehouse.ending(file, damage, command);
                        System.out.println(cell + ": " + ending);
                        if (!isRight(file, damage, command, ending)) {
                            wrong.add(cell + ": " + ending);
                        }
                    }
                }
            }
        }
        assertThat(wrong).isEmpty();
    }

    private static boolean isRight(String file, String damage, String command, String ending) {
        return switch (ending) {
            case "0", "10" -> true;
            // without the database nobody knows whose folder it is; a part may be from before a relocation
            case "2" -> file.equals("database") && (damage.equals("gone") || damage.equals("cut"));
            // released, but not compared with the damaged release; withdrawn, but not every file is up to date
            case "8" -> command.equals("nightly") || command.equals("release");
            default -> false;
        };
    }
}

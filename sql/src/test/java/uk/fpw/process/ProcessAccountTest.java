package uk.fpw.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProcessAccountTest {

    @TempDir
    private Path process;

    @Test
    void propertyOfJavaDoesNotSayWhoItIs() throws IOException {
        String real = System.getProperty("user.name");
        System.setProperty("user.name", "somebody.else");
        try {
            assertThat(ProcessAccount.name().orElseThrow())
                    .isEqualTo(Files.getOwner(Path.of("/proc/self")).getName());
        } finally {
            System.setProperty("user.name", real);
        }
    }

    @Test
    void loginIsAddedWhereItWasAnotherAccount() throws IOException {
        long uid = ((Number) Files.getAttribute(process, "unix:uid")).longValue();

        assertThat(ProcessAccount.withLogin("fpw", process)).isEqualTo("fpw");
        login(uid + "\n");
        assertThat(ProcessAccount.withLogin("fpw", process)).isEqualTo("fpw");
        login("4294967295");
        assertThat(ProcessAccount.withLogin("fpw", process)).isEqualTo("fpw");
        login("?");
        assertThat(ProcessAccount.withLogin("fpw", process)).isEqualTo("fpw");
        login(String.valueOf(uid + 1));
        assertThat(ProcessAccount.withLogin("fpw", process)).isEqualTo("fpw (login uid " + (uid + 1) + ")");
    }

    private void login(String text) throws IOException {
        Files.writeString(process.resolve("loginuid"), text);
    }
}

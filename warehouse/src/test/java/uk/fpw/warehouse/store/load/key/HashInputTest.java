package uk.fpw.warehouse.store.load.key;

import static org.assertj.core.api.Assertions.assertThat;

import com.dynatrace.hash4j.hashing.HashStream128;
import com.dynatrace.hash4j.hashing.Hashing;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("time-zone")
class HashInputTest {

    private static final long SEED = 20240501;

    private final Random random = new Random(SEED);

    /** Stored hashes were computed with the library's stream. */
    @Test
    void hashIsThatOfAStreamOfTheSameValues() {
        HashInput input = new HashInput();
        for (int row = 0; row < 2000; row++) {
            HashStream128 stream = Hashing.xxh3_128().hashStream();
            input.reset();
            for (int value = random.nextInt(30); value > 0; value--) {
                switch (random.nextInt(6)) {
                    case 0 -> {
                        byte one = (byte) random.nextInt();
                        stream.putByte(one);
                        input.put(one);
                    }
                    case 1 -> {
                        boolean truth = random.nextBoolean();
                        stream.putBoolean(truth);
                        input.put(truth);
                    }
                    case 2 -> {
                        int number = random.nextInt();
                        stream.putInt(number);
                        input.put(number);
                    }
                    case 3 -> {
                        long number = random.nextLong();
                        stream.putLong(number);
                        input.put(number);
                    }
                    case 4 -> {
                        byte[] bytes = new byte[random.nextInt(20)];
                        random.nextBytes(bytes);
                        stream.putByteArray(bytes);
                        input.put(bytes);
                    }
                    default -> {
                        String text = text(random.nextInt(row % 100 == 0 ? 3000 : 40));
                        stream.putString(text);
                        input.put(text);
                    }
                }
            }
            assertThat(input.hash()).as("row " + row + ", seed " + SEED).isEqualTo(stream.get());
        }
    }

    /** With single-byte characters, or with any. */
    private String text(int length) {
        int bound = random.nextBoolean() ? 128 : Character.MAX_VALUE;
        StringBuilder text = new StringBuilder();
        for (int index = 0; index < length; index++) {
            text.append((char) random.nextInt(bound));
        }
        return text.toString();
    }
}

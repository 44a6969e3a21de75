package dev.darkroom.httpclient;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LimitedBodyTest {

    private static final int LARGEST = 3_000_000;

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 8_191, 8_192, 8_193, 1_048_575, 1_048_576, 2_999_999, LARGEST})
    void aBodyIsReadToItsEnd(int length) throws IOException {
        var body = bytes(length);

        assertThat(LimitedBody.read(new ByteArrayInputStream(body), LARGEST)).isEqualTo(body);
    }

    @ParameterizedTest
    @ValueSource(ints = {LARGEST + 1, LARGEST + 2, 10_000_000})
    void ofALargerBodyOneByteMoreIsRead(int length) throws IOException {
        var in = new ByteArrayInputStream(bytes(length));

        var read = LimitedBody.read(in, LARGEST);

        assertThat(read).hasSize(LARGEST + 1);
        assertThat(in.available()).isEqualTo(length - LARGEST - 1);
    }

    private static byte[] bytes(int length) {
        var bytes = new byte[length];
        new Random(length).nextBytes(bytes);
        return bytes;
    }
}

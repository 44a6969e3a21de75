package dev.darkroom.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GatewayRequestTest {

    @ParameterizedTest
    @CsvSource({
        "/api/v3/a/b?x=1, /api/v3/a/b",
        "//api/v3/a/b?x=1, //api/v3/a/b",
        "///api/v3/a/b, ///api/v3/a/b",
        "//api, //api",
        "/, /",
        "/api//v3/a%20b, /api//v3/a b",
        "//api/v3/a%20b, //api/v3/a b"
    })
    void thePathHasAllItsSlashes(URI target, String path) {
        assertThat(GatewayRequest.path(target)).isEqualTo(path);
    }
}

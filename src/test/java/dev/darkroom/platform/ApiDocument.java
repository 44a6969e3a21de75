package dev.darkroom.platform;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;

/** The provider's API document for imagen4. */
final class ApiDocument {

    /** The example request body, verbatim. */
    static final String REQUEST = read();

    private ApiDocument() {}

    private static String read() {
        try {
            return Files.readString(RunningPlatform.PROJECT.resolve("src/test/resources/api-document-request.json"));
        } catch (IOException e) {
            throw new UncheckedIOException("the example of the API document is missing", e);
        }
    }
}

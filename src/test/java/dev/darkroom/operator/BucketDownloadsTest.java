package dev.darkroom.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import dev.darkroom.core.InMemoryImageArchive;
import dev.darkroom.core.archive.ImageArchive;
import dev.darkroom.core.archive.ImageKey;
import dev.darkroom.core.generation.GenerationId;
import dev.darkroom.core.image.ImageBytes;
import dev.darkroom.core.image.ImageFacts;
import dev.darkroom.local.net.Http;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BucketDownloadsTest {

    private static final ImageKey KEY = new ImageKey(new GenerationId("a".repeat(32)), 2);
    private static final byte[] IMAGE = {1, 2, 3, 4};

    @TempDir
    private Path folder = Path.of("");

    private HttpHandler bucket = exchange -> Http.answer(exchange, 200, Map.of(), IMAGE);
    private final HttpServer server = Http.serve(0, exchange -> bucket.handle(exchange));

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @Test
    void anImageIsDownloadedByItsLink() throws IOException {
        bucket = exchange -> Http.answer(
                exchange,
                exchange.getRequestURI().toString().equals("/images/%s/2?valid=900".formatted(KEY.row())) ? 200 : 500,
                Map.of(),
                IMAGE);
        Files.write(folder.resolve("file"), new byte[100]);

        assertThat(download()).isTrue();

        assertThat(folder.resolve("file")).hasBinaryContent(IMAGE);
    }

    @Test
    void anImageThatTheBucketHasNoLongerIsNotThere() throws IOException {
        refuse(404, "NoSuchKey");

        assertThat(download()).isFalse();
    }

    @ParameterizedTest
    @CsvSource({"404, NoSuchBucket", "403, AccessDenied", "503, SlowDown", "301, PermanentRedirect"})
    void anyOtherAnswerIsAnErrorThatSaysWhich(int status, String code) {
        refuse(status, code);

        assertThatThrownBy(this::download)
                .isInstanceOf(IOException.class)
                .hasMessage("the bucket answered %d %s", status, code);
    }

    @Test
    void anAnswerThatIsCutOffIsAnError() {
        bucket = exchange -> {
            exchange.sendResponseHeaders(200, 100);
            exchange.getResponseBody().write(IMAGE);
            exchange.close();
        };

        assertThatThrownBy(this::download)
                .isInstanceOf(IOException.class)
                .hasMessageStartingWith("the bucket did not send the image");
    }

    private void refuse(int status, String code) {
        var body = "<Error><Code>%s</Code></Error>".formatted(code).getBytes(StandardCharsets.UTF_8);
        bucket = exchange -> Http.answer(exchange, status, Map.of(), body);
    }

    private boolean download() throws IOException {
        try (var downloads = new BucketDownloads(new AtServer())) {
            return downloads.download(KEY, folder.resolve("file"));
        }
    }

    /** Its links lead to the server. */
    private final class AtServer implements ImageArchive {

        private final ImageArchive links = new InMemoryImageArchive();

        @Override
        public URI link(ImageKey key, Duration valid, Optional<String> downloadName) {
            return Http.address(server)
                    .resolve(links.link(key, valid, downloadName).toString().replaceFirst("^https://[^/]+", ""));
        }

        @Override
        public URI linkOfHead(ImageKey key, Duration valid) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Stored store(ImageKey key, ImageBytes bytes, ImageFacts facts) {
            throw new UnsupportedOperationException();
        }

        @Override
        public ImageBytes read(ImageKey key) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void delete(ImageKey key) {
            throw new UnsupportedOperationException();
        }
    }
}

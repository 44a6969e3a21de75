package dev.darkroom.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.darkroom.core.archive.ArchiveUnavailableException;
import dev.darkroom.core.archive.ImageArchive;
import dev.darkroom.core.archive.ImageArchiveContract;
import dev.darkroom.core.archive.ImageKey;
import dev.darkroom.core.image.ImageBytes;
import dev.darkroom.httpclient.ByteCalls;
import dev.darkroom.httpclient.ByteRequest;
import dev.darkroom.httpclient.ByteRequest.Method;
import dev.darkroom.httpclient.HttpOutcome.Answered;
import dev.darkroom.local.Platform;
import dev.darkroom.local.bucket.S3IamProxy;
import dev.darkroom.local.bucket.S3Proxy;
import dev.darkroom.local.declared.ServerlessFile;
import dev.darkroom.sigv4.AwsSigner;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;

/** The archive on the bucket of the local platform, with the roles of the functions. */
class S3ProxyIT extends ImageArchiveContract {

    private static final Path PROJECT = Path.of("").toAbsolutePath();
    private static final String BUCKET = Platform.BUCKET;
    private static final String REGION = "us-east-1";
    private static final Duration VALID = Duration.ofMinutes(15);

    private record Config(Optional<String> bucket, Optional<URI> endpoint, Duration retention)
            implements ImagesConfig {}

    @SuppressWarnings("NullAway.Init")
    private static S3Proxy storage;

    @SuppressWarnings("NullAway.Init")
    private static S3IamProxy proxy;

    @BeforeAll
    static void start() {
        storage = S3Proxy.launch(PROJECT, BUCKET);
        storage.awaitListening();
        proxy = new S3IamProxy(new ServerlessFile(PROJECT).iam(), storage.address());
    }

    @AfterAll
    static void end() {
        proxy.close();
        storage.close();
    }

    @BeforeEach
    void empty() {
        archive().delete(KEY);
        archive().delete(new ImageKey(KEY.row(), 1));
    }

    @Override
    protected ImageArchive archive() {
        return archiveOf("poll-generations", "local");
    }

    private static ImageArchive archiveOf(String function, String secret) {
        return new S3ImageArchive(
                new Config(Optional.of(BUCKET), Optional.of(proxy.address()), Duration.ofDays(30)),
                REGION,
                StaticCredentialsProvider.create(AwsBasicCredentials.create(function, secret)),
                InstantSource.system());
    }

    @Test
    void anImageIsAFileOfItsName() throws IOException {
        archive().store(KEY, IMAGE, facts(IMAGE));

        assertThat(Files.readAllBytes(storage.folder().resolve(KEY.objectName())))
                .isEqualTo(IMAGE.array());
    }

    @Test
    void aLargeImageArrivesByteForByte() {
        var large = new byte[ImageBytes.MAX_BYTES];
        large[large.length - 1] = 7;
        var image = new ImageBytes(large);

        archive().store(KEY, image, facts(image));

        assertThat(archive().read(KEY)).isEqualTo(image);
    }

    @Test
    void aBodyOfAnotherHashIsRefused() {
        var signer = new AwsSigner(
                StaticCredentialsProvider.create(AwsBasicCredentials.create("poll-generations", "local")),
                "s3",
                REGION,
                InstantSource.system());
        var address = URI.create("%s/%s/%s".formatted(proxy.address(), BUCKET, KEY.objectName()));
        var signed = signer.signed(new ByteRequest(Method.PUT, address, Map.of(), IMAGE.array()));

        var answer = ByteCalls.withNewConnections()
                .send(
                        new ByteRequest(Method.PUT, address, signed.headers(), OTHER.array()),
                        10_000,
                        Duration.ofSeconds(10));

        assertThat(answer)
                .isInstanceOfSatisfying(
                        Answered.class, it -> assertThat(it.status()).isEqualTo(400));
        assertThatThrownBy(() -> archive().read(KEY)).isInstanceOf(ArchiveUnavailableException.class);
    }

    @Test
    void aWrongSecretIsRefused() {
        var archive = archiveOf("poll-generations", "another");

        assertThatThrownBy(() -> archive.store(KEY, IMAGE, facts(IMAGE)))
                .isInstanceOf(ArchiveUnavailableException.class)
                .hasMessageContaining("403 SignatureDoesNotMatch");
    }

    @Test
    void aFunctionWithoutThePermissionIsRefused() {
        var archive = archiveOf("get-image", "local");

        assertThatThrownBy(() -> archive.store(KEY, IMAGE, facts(IMAGE)))
                .isInstanceOf(ArchiveUnavailableException.class)
                .hasMessageContaining("403 AccessDenied");
    }

    @Test
    void aLinkOfTheFunctionThatSignsLinksLeadsToTheImage() throws IOException, InterruptedException {
        archive().store(KEY, IMAGE, facts(IMAGE));

        var answer = get(archiveOf("get-image", "local").link(KEY, VALID, Optional.of("cat.png")));

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).isEqualTo(IMAGE.array());
        assertThat(answer.headers().firstValue("Content-Type")).contains("image/png");
        assertThat(answer.headers().firstValue("Content-Disposition")).contains("attachment; filename=\"cat.png\"");
    }

    @Test
    void aLinkForHeadLeadsToTheHeadersOfTheImage() throws IOException, InterruptedException {
        archive().store(KEY, IMAGE, facts(IMAGE));
        var link = archiveOf("get-image", "local").linkOfHead(KEY, VALID);

        try (var client = HttpClient.newHttpClient()) {
            var answer = client.send(HttpRequest.newBuilder(link).HEAD().build(), BodyHandlers.discarding());
            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(answer.headers().firstValueAsLong("Content-Length")).hasValue(IMAGE.size());
        }
    }

    @Test
    void anAddressWithoutASignatureIsRefused() throws IOException, InterruptedException {
        archive().store(KEY, IMAGE, facts(IMAGE));
        var link = archiveOf("get-image", "local").link(KEY, VALID, Optional.empty());

        assertThat(get(URI.create(link.toString().replaceFirst("\\?.*", ""))).statusCode())
                .isEqualTo(403);
        assertThat(get(URI.create(link.toString().replaceFirst("Signature=.", "Signature=x")))
                        .statusCode())
                .isEqualTo(403);
    }

    @Test
    void ofManyWritesAtOnceOneWins() {
        var stored = IntStream.range(0, 20)
                .parallel()
                .mapToObj(number -> bytes("image " + number))
                .map(image -> archive().store(KEY, image, facts(image)))
                .toList();

        assertThat(stored)
                .filteredOn(ImageArchive.Stored.Written.class::isInstance)
                .hasSize(1);
    }

    private static HttpResponse<byte[]> get(URI address) throws IOException, InterruptedException {
        try (var client = HttpClient.newHttpClient()) {
            return client.send(HttpRequest.newBuilder(address).build(), BodyHandlers.ofByteArray());
        }
    }
}

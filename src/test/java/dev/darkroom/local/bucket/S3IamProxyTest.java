package dev.darkroom.local.bucket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.darkroom.core.archive.ArchiveUnavailableException;
import dev.darkroom.core.archive.ImageArchive;
import dev.darkroom.core.archive.ImageArchive.Stored;
import dev.darkroom.core.archive.ImageKey;
import dev.darkroom.core.generation.GenerationId;
import dev.darkroom.core.image.ContentHash;
import dev.darkroom.core.image.ContentType;
import dev.darkroom.core.image.ImageBytes;
import dev.darkroom.core.image.ImageFacts;
import dev.darkroom.local.Platform;
import dev.darkroom.local.declared.Arns;
import dev.darkroom.local.declared.ServerlessFile;
import dev.darkroom.local.iam.Iam;
import dev.darkroom.local.iam.Permission;
import dev.darkroom.local.net.Http;
import dev.darkroom.s3.ImagesConfig;
import dev.darkroom.s3.S3ImageArchive;
import dev.darkroom.s3.SignedBucket;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;

/** The local bucket refuses what the calling role does not allow, and leaves signatures as they are. */
class S3IamProxyTest {

    private static final ImageKey KEY = new ImageKey(new GenerationId("0".repeat(32)), 0);
    private static final ImageBytes IMAGE = new ImageBytes(new byte[] {1, 2, 3, -1});
    private static final ImageFacts FACTS = new ImageFacts(4, ContentType.PNG, ContentHash.of(IMAGE), 1, 1, List.of());

    private record Config(Optional<String> bucket, Optional<URI> endpoint, Duration retention)
            implements ImagesConfig {}

    private final Iam iam = new ServerlessFile(Path.of("").toAbsolutePath()).iam();
    private final SignedBucket bucket = new SignedBucket();
    private final S3IamProxy proxy = new S3IamProxy(iam, bucket.address());

    @AfterEach
    void close() {
        proxy.close();
        bucket.close();
    }

    private ImageArchive archiveOf(String function) {
        return new S3ImageArchive(
                new Config(Optional.of(Platform.BUCKET), Optional.of(proxy.address()), Duration.ofDays(30)),
                SignedBucket.REGION,
                StaticCredentialsProvider.create(AwsBasicCredentials.create(function, SignedBucket.SECRET)),
                InstantSource.system());
    }

    @Test
    void whatTheRoleAllowsReachesTheBucket() {
        var archive = archiveOf("poll-generations");

        var stored = archive.store(KEY, IMAGE, FACTS);

        assertThat(stored).isEqualTo(new Stored.Written());
        assertThat(archive.read(KEY)).isEqualTo(IMAGE);
        assertThat(iam.used())
                .containsExactlyInAnyOrder(
                        permission("poll-generations", "s3:PutObject"), permission("poll-generations", "s3:GetObject"));
    }

    @Test
    void whatTheRoleDoesNotAllowIsRefused() {
        var archive = archiveOf("get-image");

        assertThatThrownBy(() -> archive.store(KEY, IMAGE, FACTS))
                .isInstanceOf(ArchiveUnavailableException.class)
                .hasMessageContaining("403 AccessDenied");
        assertThat(bucket.requests()).isEmpty();
        assertThat(iam.denied()).hasSize(1);
    }

    @Test
    void aLinkCountsAsAReadByTheFunctionThatSignedIt() throws IOException, InterruptedException {
        archiveOf("poll-generations").store(KEY, IMAGE, FACTS);

        int status = status(archiveOf("get-image").link(KEY, Duration.ofMinutes(1), Optional.of("a.png")));

        assertThat(status).isEqualTo(200);
        assertThat(iam.used()).contains(permission("get-image", "s3:GetObject"));
    }

    @Test
    void aLinkOfAFunctionThatMayNotReadIsRefused() throws IOException, InterruptedException {
        archiveOf("poll-generations").store(KEY, IMAGE, FACTS);

        int status = status(archiveOf("get-generation").link(KEY, Duration.ofMinutes(1), Optional.empty()));

        assertThat(status).isEqualTo(403);
    }

    @Test
    void aDisturbanceAnswersInsteadOfTheBucket() {
        proxy.disturb(exchange -> {
            Http.answer(exchange, 503, Map.of(), new byte[0]);
            return S3IamProxy.Course.HELD_BACK;
        });

        assertThatThrownBy(() -> archiveOf("poll-generations").store(KEY, IMAGE, FACTS))
                .isInstanceOf(ArchiveUnavailableException.class)
                .hasMessageContaining("503");
        assertThat(bucket.requests()).isEmpty();
    }

    @Test
    void anAnswerCanGetLostAfterItsEffect() {
        var first = new AtomicBoolean(true);
        proxy.disturb(_ -> first.getAndSet(false) ? S3IamProxy.Course.ANSWER_LOST : S3IamProxy.Course.NORMAL);

        var stored = archiveOf("poll-generations").store(KEY, IMAGE, FACTS);

        assertThat(stored).isEqualTo(new Stored.Exists());
        assertThat(bucket.requests()).containsExactly("PUT 200", "PUT 412");
    }

    private static Permission permission(String principal, String action) {
        return new Permission(principal, action, Arns.object(Platform.BUCKET, "images/*"));
    }

    private static int status(URI address) throws IOException, InterruptedException {
        try (var client = HttpClient.newHttpClient()) {
            return client.send(HttpRequest.newBuilder(address).build(), BodyHandlers.discarding())
                    .statusCode();
        }
    }
}

package dev.darkroom.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.darkroom.core.archive.ArchiveUnavailableException;
import dev.darkroom.core.archive.ImageArchive;
import dev.darkroom.core.archive.ImageArchive.Stored;
import dev.darkroom.core.archive.ImageArchiveContract;
import dev.darkroom.core.image.ImageBytes;
import dev.darkroom.httpclient.ByteCalls;
import dev.darkroom.httpclient.ByteRequest;
import dev.darkroom.httpclient.ByteRequest.Method;
import dev.darkroom.httpclient.HttpOutcome.Answered;
import dev.darkroom.s3.SignedBucket.Fault;
import dev.darkroom.sigv4.AwsSigner;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;

class S3ImageArchiveTest extends ImageArchiveContract {

    private static final Duration VALID = Duration.ofMinutes(15);
    private static final AwsCredentials CREDENTIALS = AwsBasicCredentials.create("a-key", SignedBucket.SECRET);

    private record Config(Optional<String> bucket, Optional<URI> endpoint, Duration retention)
            implements ImagesConfig {}

    private final SignedBucket bucket = new SignedBucket();

    @AfterEach
    void close() {
        bucket.close();
    }

    @Override
    protected ImageArchive archive() {
        return archive(CREDENTIALS, InstantSource.system());
    }

    private ImageArchive archive(AwsCredentials credentials, InstantSource clock) {
        return new S3ImageArchive(
                new Config(Optional.of("images"), Optional.of(bucket.address()), Duration.ofDays(30)),
                SignedBucket.REGION,
                StaticCredentialsProvider.create(credentials),
                clock);
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
                StaticCredentialsProvider.create(CREDENTIALS), "s3", SignedBucket.REGION, InstantSource.system());
        var address = bucket.address().resolve("/images/" + KEY.objectName());
        var signed = signer.signed(new ByteRequest(Method.PUT, address, Map.of(), IMAGE.array()));

        var answer = ByteCalls.withNewConnections()
                .send(
                        new ByteRequest(Method.PUT, address, signed.headers(), OTHER.array()),
                        1_000,
                        Duration.ofSeconds(10));

        assertThat(answer)
                .isInstanceOfSatisfying(
                        Answered.class, it -> assertThat(it.status()).isEqualTo(400));
    }

    @Test
    void otherCredentialsAreRefused() {
        var archive = archive(AwsBasicCredentials.create("a-key", "another-secret"), InstantSource.system());

        assertThatThrownBy(() -> archive.store(KEY, IMAGE, facts(IMAGE)))
                .isInstanceOf(ArchiveUnavailableException.class)
                .hasMessageContaining("403 SignatureDoesNotMatch");
    }

    @Test
    void temporaryCredentialsSendTheirToken() {
        var archive =
                archive(AwsSessionCredentials.create("a-key", SignedBucket.SECRET, "a-token"), InstantSource.system());

        var stored = archive.store(KEY, IMAGE, facts(IMAGE));

        assertThat(stored).isEqualTo(new Stored.Written());
        assertThat(bucket.tokens()).containsExactly("a-token");
    }

    @Test
    void anOverloadedBucketIsAskedOnceMore() {
        bucket.fail(Fault.OVERLOADED);

        var stored = archive().store(KEY, IMAGE, facts(IMAGE));

        assertThat(stored).isEqualTo(new Stored.Written());
        assertThat(bucket.requests()).containsExactly("PUT 503", "PUT 200");
    }

    @Test
    void aBucketThatStaysOverloadedIsUnavailable() {
        bucket.fail(Fault.OVERLOADED, Fault.OVERLOADED);

        assertThatThrownBy(() -> archive().store(KEY, IMAGE, facts(IMAGE)))
                .isInstanceOf(ArchiveUnavailableException.class)
                .hasMessage("the bucket cannot be used: the answer is 503 SlowDown");
        assertThat(bucket.requests()).hasSize(2);
    }

    @Test
    void aMissingPermissionIsNotAskedForTwice() {
        bucket.fail(Fault.FORBIDDEN);

        assertThatThrownBy(() -> archive().delete(KEY))
                .isInstanceOf(ArchiveUnavailableException.class)
                .hasMessageContaining("403 AccessDenied");
        assertThat(bucket.requests()).containsExactly("DELETE 403");
    }

    /** The first PUT took effect, so the second one finds its image. */
    @Test
    void aWriteWithoutAnAnswerIsFoundByItsRepetition() {
        bucket.fail(Fault.NO_ANSWER);

        var stored = archive().store(KEY, IMAGE, facts(IMAGE));

        assertThat(stored).isEqualTo(new Stored.Exists());
        assertThat(bucket.requests()).containsExactly("PUT 412");
    }

    /** As S3 answers a role that may not list the bucket. */
    @Test
    void anImageThatIsNotThereIsAnsweredLikeAMissingPermission() {
        assertThatThrownBy(() -> archive().read(KEY))
                .isInstanceOf(ArchiveUnavailableException.class)
                .hasMessageContaining("403 AccessDenied");
    }

    @Test
    void aBucketThatCannotBeReachedIsUnavailable() {
        var archive = archive();
        bucket.close();

        assertThatThrownBy(() -> archive.read(KEY))
                .isInstanceOf(ArchiveUnavailableException.class)
                .hasMessageStartingWith("the bucket cannot be used: no connection");
    }

    @Test
    void aLinkLeadsToTheImage() throws IOException, InterruptedException {
        archive().store(KEY, IMAGE, facts(IMAGE));

        var answer = get(archive().link(KEY, VALID, Optional.empty()));

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).isEqualTo(IMAGE.array());
        assertThat(answer.headers().firstValue("Content-Type")).contains("image/png");
        assertThat(answer.headers().firstValue("Content-Disposition")).isEmpty();
        assertThat(answer.headers().firstValue("Cache-Control")).contains("private, max-age=600");
    }

    @Test
    void aLinkForHeadIsSignedForHead() throws IOException, InterruptedException {
        archive().store(KEY, IMAGE, facts(IMAGE));
        var link = archive().linkOfHead(KEY, VALID);

        try (var client = HttpClient.newHttpClient()) {
            var head = client.send(HttpRequest.newBuilder(link).HEAD().build(), BodyHandlers.discarding());
            assertThat(head.statusCode()).isEqualTo(200);
        }
        assertThat(get(link).statusCode()).isEqualTo(403);
    }

    /** A browser sends no header for the signature. */
    @Test
    void onlyTheHostIsSignedInALink() {
        var link = archive().link(KEY, VALID, Optional.empty());

        assertThat(link.getRawQuery()).contains("X-Amz-SignedHeaders=host&").contains("X-Amz-Expires=900");
    }

    @Test
    void aLinkNamesTheFile() throws IOException, InterruptedException {
        archive().store(KEY, IMAGE, facts(IMAGE));

        var answer = get(archive().link(KEY, VALID, Optional.of("a cat\"\r\n.png")));

        assertThat(answer.headers().firstValue("Content-Disposition"))
                .contains("attachment; filename=\"a_cat___.png\"");
        assertThat(answer.body()).isEqualTo(IMAGE.array());
    }

    @Test
    void aLinkEndsAfterItsTime() throws IOException, InterruptedException {
        archive().store(KEY, IMAGE, facts(IMAGE));
        InstantSource earlier =
                () -> InstantSource.system().instant().minus(VALID).minusSeconds(5);

        var answer = get(archive(CREDENTIALS, earlier).link(KEY, VALID, Optional.empty()));

        assertThat(answer.statusCode()).isEqualTo(403);
    }

    @Test
    void aLinkToAnotherImageIsRefused() throws IOException, InterruptedException {
        archive().store(KEY, IMAGE, facts(IMAGE));
        var link = archive().link(KEY, VALID, Optional.empty()).toString();

        var answer = get(URI.create(link.replace("/0?", "/1?")));

        assertThat(answer.statusCode()).isEqualTo(403);
    }

    @Test
    void withoutABucketThereIsNoArchive() {
        var config = new Config(Optional.empty(), Optional.empty(), Duration.ofDays(30));

        assertThatThrownBy(() -> new S3ImageArchive(
                        config,
                        SignedBucket.REGION,
                        StaticCredentialsProvider.create(CREDENTIALS),
                        InstantSource.system()))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("DARKROOM_IMAGES_BUCKET is not set");
    }

    private static HttpResponse<byte[]> get(URI address) throws IOException, InterruptedException {
        try (var client = HttpClient.newHttpClient()) {
            return client.send(HttpRequest.newBuilder(address).build(), BodyHandlers.ofByteArray());
        }
    }
}

package dev.darkroom.s3;

import dev.darkroom.core.archive.ImageArchive;
import dev.darkroom.core.archive.ImageKey;
import dev.darkroom.core.image.ImageBytes;
import dev.darkroom.core.image.ImageFacts;
import dev.darkroom.httpclient.ByteRequest;
import dev.darkroom.httpclient.ByteRequest.Method;
import dev.darkroom.httpclient.HttpOutcome.Answered;
import dev.darkroom.sigv4.AwsSigner;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.http.SdkHttpMethod;

/** Keeps images in a bucket of S3. Each image is one object, which is written once. */
public final class S3ImageArchive implements ImageArchive {

    /** In bytes: an error is an XML document of a few hundred. */
    private static final int MAX_ANSWER = 64 * 1024;

    /** For all of a call with its repetition: within it, 32 MB need 22 Mbit/s. */
    private static final Duration TIMEOUT = Duration.ofSeconds(12);

    private static final byte[] NO_BODY = {};

    /** No proxy that several people use keeps an image, which may be deleted. */
    private static final String CACHED = "private, max-age=600";

    private final BucketAddress bucket;
    private final AwsSigner signer;
    private final S3Calls calls;

    /** Throws an {@link IllegalStateException} when the settings name no bucket. */
    public S3ImageArchive(ImagesConfig config, String region, AwsCredentialsProvider credentials, InstantSource clock) {
        this.bucket = new BucketAddress(
                config.bucket().orElseThrow(() -> new IllegalStateException("DARKROOM_IMAGES_BUCKET is not set")),
                region,
                config.endpoint());
        this.signer = new AwsSigner(credentials, "s3", region, clock);
        this.calls = new S3Calls(signer, TIMEOUT);
    }

    @Override
    public Stored store(ImageKey key, ImageBytes bytes, ImageFacts facts) {
        var headers = Map.of("If-None-Match", "*", "Content-Type", facts.type().mediaType());
        var answer = send(Method.PUT, key, headers, bytes.array());
        return switch (answer.status()) {
            case 200 -> new Stored.Written();
            // Perhaps by an earlier attempt whose answer did not come.
            case 412 -> new Stored.Exists();
            default -> throw S3Calls.unexpected(answer);
        };
    }

    @Override
    public ImageBytes read(ImageKey key) {
        var answer = calls.send(ByteRequest.get(address(key), Map.of()), ImageBytes.MAX_BYTES);
        if (answer.status() != 200) {
            throw S3Calls.unexpected(answer);
        }
        return new ImageBytes(answer.body());
    }

    @Override
    public void delete(ImageKey key) {
        var answer = send(Method.DELETE, key, Map.of(), NO_BODY);
        switch (answer.status()) {
            case 200, 204, 404 -> {}
            default -> throw S3Calls.unexpected(answer);
        }
    }

    @Override
    public URI link(ImageKey key, Duration valid, Optional<String> downloadName) {
        var query = new HashMap<>(Map.of("response-cache-control", CACHED));
        downloadName.ifPresent(name ->
                query.put("response-content-disposition", "attachment; filename=\"%s\"".formatted(plain(name))));
        return signer.presigned(SdkHttpMethod.GET, address(key), query, valid);
    }

    @Override
    public URI linkOfHead(ImageKey key, Duration valid) {
        return signer.presigned(SdkHttpMethod.HEAD, address(key), Map.of(), valid);
    }

    /** A quoted string of a header cannot have every character. */
    private static String plain(String name) {
        return name.replaceAll("[^A-Za-z0-9._-]", "_");
    }

    private Answered send(Method method, ImageKey key, Map<String, String> headers, byte[] body) {
        return calls.send(new ByteRequest(method, address(key), headers, body), MAX_ANSWER);
    }

    private URI address(ImageKey key) {
        return bucket.of(key.objectName());
    }
}

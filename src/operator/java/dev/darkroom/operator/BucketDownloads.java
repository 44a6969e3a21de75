package dev.darkroom.operator;

import dev.darkroom.core.archive.ImageArchive;
import dev.darkroom.core.archive.ImageKey;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.ProxySelector;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodySubscribers;
import java.nio.charset.StandardCharsets;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Pattern;
import software.amazon.awssdk.core.exception.SdkException;

/** Downloads images from the bucket by presigned addresses, which may take longer than the archive's own calls. */
final class BucketDownloads implements ImageDownloads, AutoCloseable {

    private static final Duration VALID = Duration.ofMinutes(15);
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(10);

    /** For one image: 32 MB at 0.5 Mbit/s. */
    private static final Duration TIMEOUT = Duration.ofMinutes(10);

    private static final Pattern CODE = Pattern.compile("<Code>([A-Za-z0-9]{1,64})</Code>");
    private static final String NO_IMAGE = "NoSuchKey";

    private final ImageArchive archive;
    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(CONNECT_TIMEOUT)
            .proxy(ProxySelector.getDefault())
            .build();

    BucketDownloads(ImageArchive archive) {
        this.archive = archive;
    }

    @Override
    public boolean download(ImageKey key, Path file) throws IOException {
        var answer = send(HttpRequest.newBuilder(link(key)).timeout(TIMEOUT).build(), into(file));
        if (answer.statusCode() == 200) {
            return true;
        }
        var code = CODE.matcher(answer.body());
        var name = code.find() ? code.group(1) : "";
        if (answer.statusCode() == 404 && name.equals(NO_IMAGE)) {
            return false;
        }
        throw new IOException(
                "the bucket answered %d %s".formatted(answer.statusCode(), name).strip());
    }

    private URI link(ImageKey key) throws IOException {
        try {
            return archive.link(key, VALID, Optional.empty());
        } catch (SdkException e) {
            throw new IOException("there are no AWS credentials any more", e);
        }
    }

    /** The body of an error is the text of the answer; an image goes to the file and leaves an empty text. */
    private static BodyHandler<String> into(Path file) {
        return answer -> answer.statusCode() == 200
                ? BodySubscribers.mapping(
                        BodySubscribers.ofFile(
                                file,
                                StandardOpenOption.CREATE,
                                StandardOpenOption.WRITE,
                                StandardOpenOption.TRUNCATE_EXISTING,
                                LinkOption.NOFOLLOW_LINKS),
                        _ -> "")
                : BodySubscribers.ofString(StandardCharsets.UTF_8);
    }

    /** The client's own time limit ends with the headers. */
    private HttpResponse<String> send(HttpRequest request, BodyHandler<String> body) throws IOException {
        var answer = client.sendAsync(request, body);
        try {
            return answer.get(TIMEOUT.toSeconds(), TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            throw new IOException("the bucket did not send the image: %s".formatted(e.getCause()), e);
        } catch (TimeoutException e) {
            answer.cancel(true);
            throw new IOException("the bucket did not send the image within ten minutes", e);
        } catch (InterruptedException e) {
            answer.cancel(true);
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("the export was stopped");
        }
    }

    @Override
    public void close() {
        client.shutdownNow();
    }
}

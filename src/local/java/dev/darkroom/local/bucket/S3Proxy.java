package dev.darkroom.local.bucket;

import dev.darkroom.local.functions.AotCache;
import dev.darkroom.local.net.ServerJvm;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;

/**
 * S3Proxy, which has the API of S3 and checks signatures, in a JVM of its own. Its buckets are folders: an object is
 * the file of its name.
 */
public final class S3Proxy implements AutoCloseable {

    /**
     * The one access key that it knows. It is that of the function that signs links, because an access key is a part of
     * what is signed only there.
     */
    static final String ACCESS_KEY = "get-image";

    private static final String BUCKETS = "buckets";

    private final ServerJvm server;
    private final String bucket;

    private S3Proxy(ServerJvm server, String bucket) {
        this.server = server;
        this.bucket = bucket;
    }

    /** Starts it with an empty bucket, and does not wait for it. */
    public static S3Proxy launch(Path project, String bucket) {
        return launch(project, bucket, AotCache.ofS3Proxy(project).options());
    }

    /** Starts it with further options of the JVM. */
    public static S3Proxy launch(Path project, String bucket, List<String> options) {
        var server = ServerJvm.launch(
                "S3Proxy",
                project.resolve("target/local/s3proxy.classpath"),
                options,
                (port, folder) -> List.of(
                        "-Xmx512m",
                        "-DLOG_LEVEL=warn",
                        "-DJETTY_LOG_LEVEL=warn",
                        "org.gaul.s3proxy.Main",
                        "--properties",
                        properties(port, folder, bucket).toString()));
        return new S3Proxy(server, bucket);
    }

    private static Path properties(int port, Path folder, String bucket) throws IOException {
        var buckets = folder.resolve(BUCKETS);
        Files.createDirectories(buckets.resolve(bucket));
        // A 32 MB image is one request, whose hash it computes before it stores the image.
        return Files.writeString(folder.resolve("s3proxy.properties"), """
                s3proxy.endpoint=http://127.0.0.1:%d
                s3proxy.authorization=aws-v4
                s3proxy.identity=%s
                s3proxy.credential=local
                s3proxy.v4-max-non-chunked-request-size=33554432
                jclouds.provider=filesystem-nio2
                jclouds.identity=local
                jclouds.credential=local
                jclouds.filesystem.basedir=%s
                """.formatted(port, ACCESS_KEY, buckets));
    }

    /** Waits until it accepts connections. */
    public void awaitListening() {
        server.awaitListening();
    }

    public URI address() {
        return server.address();
    }

    /** The folder of the bucket. */
    public Path folder() {
        return server.folder().resolve(BUCKETS).resolve(bucket);
    }

    /** As {@link ServerJvm#onEnd}. */
    public void onEnd(Consumer<String> listener) {
        server.onEnd(listener);
    }

    public ProcessHandle process() {
        return server.process();
    }

    @Override
    public void close() {
        server.close();
    }
}

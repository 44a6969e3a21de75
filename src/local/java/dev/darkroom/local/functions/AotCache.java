package dev.darkroom.local.functions;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * The JDK's ahead-of-time cache: classes that an earlier process has loaded and linked, which halves the time and the
 * CPU of a start. {@link RecordClasses} writes it during the build. Without a cache, processes only start more slowly.
 *
 * @param file the path of the cache, which may not exist
 */
public record AotCache(Path file) {

    /** The cache for processes of the functions. */
    static AotCache ofZip(Path zip) {
        return new AotCache(zip.resolveSibling(zip.getFileName().toString().replaceFirst("\\.zip$", ".aot")));
    }

    public static AotCache ofDynamoDbLocal(Path project) {
        return new AotCache(project.resolve("target/local/dynamodb-local.aot"));
    }

    public static AotCache ofS3Proxy(Path project) {
        return new AotCache(project.resolve("target/local/s3proxy.aot"));
    }

    /** The options of a JVM that use the cache. The JVM ignores a cache of another class path. */
    public List<String> options() {
        return Files.exists(file) ? List.of("-XX:AOTCache=" + file, "-Xlog:aot*=off", "-Xlog:cds*=off") : List.of();
    }
}

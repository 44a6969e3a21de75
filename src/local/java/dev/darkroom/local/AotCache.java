package dev.darkroom.local;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * The JDK's ahead-of-time cache: the classes of a process as an earlier one has loaded and linked them, which halves the time and
 * the CPU of a start. The build writes it, see {@link RecordClasses}; without one everything works, only slower.
 *
 * @param file where it is, or is not
 */
record AotCache(Path file) {

    /** For processes of a function. */
    static AotCache ofZip(Path zip) {
        return new AotCache(zip.resolveSibling(zip.getFileName().toString().replaceFirst("\\.zip$", ".aot")));
    }

    static AotCache ofDynamoDbLocal(Path project) {
        return new AotCache(project.resolve("target/local/dynamodb-local.aot"));
    }

    /** What a JVM is started with; one whose class path has changed since then ignores the cache. */
    List<String> options() {
        return Files.exists(file) ? List.of("-XX:AOTCache=" + file, "-Xlog:aot*=off", "-Xlog:cds*=off") : List.of();
    }
}

package dev.darkroom.local;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * The JDK's ahead-of-time cache: the classes of a process as an earlier one has loaded and linked them, which halves the time and
 * the CPU of a start. The build writes it, see {@link RecordClasses}; without one everything works, only slower.
 */
final class AotCache {

    private AotCache() {}

    /** Where the cache for processes of {@code zip} is. */
    static Path of(Path zip) {
        return zip.resolveSibling(zip.getFileName().toString().replaceFirst("\\.zip$", ".aot"));
    }

    /** What a JVM is started with to read the cache; one whose class path has changed since then ignores it. */
    static List<String> options(Path zip) {
        var cache = of(zip);
        return Files.exists(cache) ? List.of("-XX:AOTCache=" + cache, "-Xlog:aot*=off", "-Xlog:cds*=off") : List.of();
    }

    /** What a JVM is started with to write it into a folder, when it ends by SIGTERM: to a file that is named for its process id. */
    static String recordingOptions(Path folder) {
        return "-XX:AOTCacheOutput=%s/%%p.aot".formatted(folder);
    }

    /** What the process has written. */
    static Path recordedBy(long pid, Path folder) {
        return folder.resolve("pid%1$d.aot".formatted(pid));
    }
}

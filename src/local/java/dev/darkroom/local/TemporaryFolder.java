package dev.darkroom.local;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** A folder that is deleted with its content when it is closed. */
public record TemporaryFolder(Path path) implements AutoCloseable {

    private static final Set<TemporaryFolder> OPEN = ConcurrentHashMap.newKeySet();

    public static TemporaryFolder create() {
        try {
            var folder = new TemporaryFolder(Files.createTempDirectory("darkroom"));
            OPEN.add(folder);
            return folder;
        } catch (IOException e) {
            throw new UncheckedIOException("a temporary folder cannot be created", e);
        }
    }

    /** Deletes all open folders, also when the JVM is stopped in the middle of something. */
    public static void closeAll() {
        List.copyOf(OPEN).forEach(TemporaryFolder::close);
    }

    @Override
    public void close() {
        OPEN.remove(this);
        if (!Files.exists(path)) {
            return;
        }
        try (var files = Files.walk(path)) {
            for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(path + " cannot be deleted", e);
        }
    }
}

package dev.darkroom.core;

import dev.darkroom.core.archive.ArchiveUnavailableException;
import dev.darkroom.core.archive.ImageArchive;
import dev.darkroom.core.archive.ImageKey;
import dev.darkroom.core.image.ImageBytes;
import dev.darkroom.core.image.ImageFacts;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The fake of the archive. */
public final class InMemoryImageArchive implements ImageArchive {

    private final Map<String, ImageBytes> objects = new TreeMap<>();
    private boolean unavailable;
    private int writes;
    private int reads;
    private Runnable beforeWrite = () -> {};

    @Override
    public synchronized Stored store(ImageKey key, ImageBytes bytes, ImageFacts facts) {
        beforeWrite.run();
        checkAvailable();
        var before = objects.putIfAbsent(key.objectName(), bytes);
        writes += before == null ? 1 : 0;
        return before == null ? new Stored.Written() : new Stored.Exists();
    }

    @Override
    public synchronized ImageBytes read(ImageKey key) {
        checkAvailable();
        reads++;
        return Optional.ofNullable(objects.get(key.objectName()))
                .orElseThrow(() -> new ArchiveUnavailableException("there is no such image"));
    }

    @Override
    public synchronized void delete(ImageKey key) {
        checkAvailable();
        objects.remove(key.objectName());
    }

    @Override
    public URI link(ImageKey key, Duration valid, Optional<String> downloadName) {
        return URI.create("https://archive.example/%s?valid=%d%s"
                .formatted(
                        key.objectName(),
                        valid.toSeconds(),
                        downloadName.map(name -> "&name=" + name).orElse("")));
    }

    @Override
    public URI linkOfHead(ImageKey key, Duration valid) {
        return URI.create("%s&method=HEAD".formatted(link(key, valid, Optional.empty())));
    }

    private void checkAvailable() {
        if (unavailable) {
            throw new ArchiveUnavailableException("the archive is down", new IllegalStateException("down"));
        }
    }

    /** While it is down, every call fails. */
    public synchronized void setUnavailable(boolean down) {
        unavailable = down;
    }

    /** The action runs before an image is stored. */
    public synchronized void beforeWrite(Runnable action) {
        beforeWrite = action;
    }

    /** How many objects were read. */
    public synchronized int reads() {
        return reads;
    }

    public synchronized Map<String, ImageBytes> objects() {
        return Map.copyOf(objects);
    }

    /** How many objects were written, each once. */
    public synchronized int writes() {
        return writes;
    }
}

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

    @Override
    public synchronized Stored store(ImageKey key, ImageBytes bytes, ImageFacts facts) {
        checkAvailable();
        var before = objects.putIfAbsent(key.objectName(), bytes);
        writes += before == null ? 1 : 0;
        if (before == null) {
            return new Stored.Written();
        }
        return before.equals(bytes) ? new Stored.Already() : new Stored.Conflict();
    }

    @Override
    public synchronized Optional<ImageBytes> read(ImageKey key) {
        checkAvailable();
        return Optional.ofNullable(objects.get(key.objectName()));
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

    public synchronized Map<String, ImageBytes> objects() {
        return Map.copyOf(objects);
    }

    /** How many objects were written, each once. */
    public synchronized int writes() {
        return writes;
    }
}

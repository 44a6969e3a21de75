package dev.darkroom.core;

import dev.darkroom.core.account.Owner;
import dev.darkroom.core.archive.ImageIndex;
import dev.darkroom.core.archive.ImageKey;
import dev.darkroom.core.image.ContentHash;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** The fake of the index of images. It passes the same contract suite as the real one. */
public final class InMemoryImageIndex implements ImageIndex {

    private record Entry(Owner owner, ContentHash content) {}

    private final Map<Entry, ImageKey> images = new ConcurrentHashMap<>();

    @Override
    public void add(Owner owner, ContentHash content, ImageKey image) {
        images.put(new Entry(owner, content), image);
    }

    @Override
    public Optional<ImageKey> find(Owner owner, ContentHash content) {
        return Optional.ofNullable(images.get(new Entry(owner, content)));
    }
}
